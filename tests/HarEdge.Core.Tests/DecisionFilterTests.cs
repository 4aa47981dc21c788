namespace HarEdge.Core.Tests;

public class DecisionFilterTests
{
    private const int Classes = 3;

    private static readonly Gen<(int[] Scores, bool IsKnown)[]> Windows =
        Gen.Select(
            Gen.OneOf(Gen.Int[-3000, 3000], Gen.Int[-200_000, 200_000], Gen.Int[-2, 2], Gen.Const(Classifier.NotScored)).Array[Classes],
            Gen.Int[0, 9].Select(dice => dice > 0)).Array[1, 30];

    [Fact]
    public void Beliefs_follow_the_plain_recursion_for_every_table() =>
        Gen.Select(Gen.Int[-6000, 0].Array[Classes * Classes], Windows).Sample((table, windows) =>
        {
            var filter = new DecisionFilter(new TableModel(table));
            var beliefs = new long[Classes];
            foreach ((var scores, var isKnown) in windows)
            {
                var expected = Reference(beliefs, table, scores, isKnown);
                Assert.Equal(expected, filter.Update(scores, isKnown));
            }
        });

    [Fact]
    public void A_table_of_zeros_switches_the_filter_off() => Windows.Sample(windows =>
    {
        var filter = new DecisionFilter(new TableModel(new int[Classes * Classes]));
        foreach ((var scores, var isKnown) in windows)
        {
            Assert.Equal(isKnown ? ArgMax.Of(scores) : Classifier.Unknown, filter.Update(scores, isKnown));
        }
    });

    [Fact]
    public void The_scores_are_left_as_they_are() => Windows.Sample(windows =>
    {
        var filter = new DecisionFilter(new TableModel([0, -9, -9, -9, 0, -9, -9, -9, 0]));
        foreach ((var scores, var isKnown) in windows)
        {
            int[] before = [.. scores];
            filter.Update(scores, isKnown);
            Assert.Equal(before, scores);
        }
    });

    [Fact]
    public void After_a_restart_it_decides_as_a_new_filter_does() => Gen.Select(Windows, Windows).Sample((before, after) =>
    {
        var model = new TableModel([0, -500, -900, -500, 0, -500, -900, -500, 0]);
        var used = new DecisionFilter(model);
        foreach ((var scores, var isKnown) in before)
        {
            used.Update(scores, isKnown);
        }

        used.Restart();
        var fresh = new DecisionFilter(model);
        foreach ((var scores, var isKnown) in after)
        {
            Assert.Equal(fresh.Update(scores, isKnown), used.Update(scores, isKnown));
        }
    });

    [Fact]
    public void Weak_contradictions_are_outvoted_and_lasting_ones_believed()
    {
        var filter = new DecisionFilter(new TableModel([0, -1000, -1000, -1000, 0, -1000, -1000, -1000, 0]));
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(0, filter.Update([600, 0, 0], true));
        }

        Assert.Equal(0, filter.Update([0, 600, 0], true));
        Assert.Equal(1, filter.Update([0, 600, 0], true));
    }

    [Fact]
    public void Ties_go_to_the_lowest_class() => Assert.Equal(1, new DecisionFilter(new TableModel(new int[9])).Update([3, 5, 5], true));

    [Fact]
    public void Extreme_scores_do_not_overflow()
    {
        var filter = new DecisionFilter(new TableModel([0, -32768, -32768, -32768, 0, -32768, -32768, -32768, 0]));
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(2, filter.Update([Classifier.NotScored, -1_000_000_000, 1_000_000_000], true));
        }
    }

    private static int Reference(long[] beliefs, int[] table, int[] scores, bool isKnown)
    {
        long[] next = [.. Enumerable.Range(0, Classes).Select(to => Enumerable.Range(0, Classes).Max(from => beliefs[from] + table[from * Classes + to]))];
        if (isKnown)
        {
            next = [.. next.Select((value, i) => value + Math.Max(DecisionFilter.Floor, (long)scores[i] - scores.Max()))];
        }

        for (var i = 0; i < Classes; i++)
        {
            beliefs[i] = Math.Max(DecisionFilter.Floor, next[i] - next.Max());
        }

        return isKnown ? Array.IndexOf(next, next.Max()) : Classifier.Unknown;
    }

    private sealed class TableModel(int[] table) : Classifier
    {
        public override string ModelId => "000000000000";

        public override int WindowSamples => 64;

        public override int HopSamples => 64;

        public override int AccelRangeG => 4;

        public override int GyroRangeDps => 500;

        public override int ClassCount => Classes;

        public override int FeatureCount => 1;

        public override string ClassName(int classIndex) => "CLASS";

        public override int Classify(SampleWindow window, int[] features, int[] scores) => 0;

        public override bool IsKnown(int[] features, int stage, int margin) => true;

        public override int ConfidencePercent(int stage, int margin) => 50;

        public override int TransitionScore(int fromClass, int toClass) => table[fromClass * Classes + toClass];
    }
}
