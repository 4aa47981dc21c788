using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Tests.Tables;

public sealed class LearnerTests
{
    public static TheoryData<string> Kinds => [.. Enum.GetNames<TableLearnerKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_learner_tells_classes_of_rows_apart_that_it_has_not_seen(string kind)
    {
        var (columns, labels) = Made(seed: 1);
        var (others, wanted) = Made(seed: 2);
        using var trained = TableLearner.Of(Enum.Parse<TableLearnerKind>(kind)).Learn(columns, labels, 3, 1, CancellationToken.None);
        Assert.InRange(trained.Score(others).Errors(wanted), 0, 6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_learner_written_and_read_gives_the_same_scores_and_the_same_seed_the_same_bytes(string kind)
    {
        var (columns, labels) = Made(seed: 1);
        var learner = TableLearner.Of(Enum.Parse<TableLearnerKind>(kind));
        using var trained = learner.Learn(columns, labels, 3, 1, CancellationToken.None);
        using var again = learner.Learn(columns, labels, 3, 1, CancellationToken.None);
        var bytes = Bytes(trained);
        Assert.Equal(bytes, Bytes(again));
        using var read = TrainedLearner.Read(trained.Kind, new BinaryReader(new MemoryStream(bytes)));
        var (scores, found) = (trained.Score(columns), read.Score(columns));
        for (var row = 0; row < labels.Length; row++)
        {
            Assert.Equal(scores[row].ToArray(), found[row].ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_class_without_rows_and_missing_values_are_no_obstacle(string kind)
    {
        var (columns, labels) = Made(seed: 1);
        for (var row = 0; row < labels.Length; row += 3)
        {
            columns[row % 5][row] = float.NaN;
        }

        using var trained = TableLearner.Of(Enum.Parse<TableLearnerKind>(kind)).Learn(columns, labels, 4, 1, CancellationToken.None);
        var scores = trained.Score(columns);
        Assert.InRange(scores.Errors(labels), 0, 12);
        Assert.DoesNotContain(3, scores.BestClasses());
        Assert.All(Enumerable.Range(0, labels.Length), row => Assert.DoesNotContain(double.NaN, scores[row].ToArray()));
    }

    [Fact]
    public void A_support_vector_machine_bends_where_a_line_cannot()
    {
        // Rings: class 1 around class 0.
        var random = new Random(1);
        var labels = Enumerable.Range(0, 200).Select(row => row % 2).ToArray();
        var angles = labels.Select(_ => 2 * Math.PI * random.NextDouble()).ToArray();
        float[][] columns =
        [
            [.. labels.Select((label, row) => (float)((label == 0 ? 0.5 : 2) * Math.Cos(angles[row])))],
            [.. labels.Select((label, row) => (float)((label == 0 ? 0.5 : 2) * Math.Sin(angles[row])))],
        ];
        using var svc = new SupportVectorLearner().Learn(columns, labels, 2, 1, CancellationToken.None);
        using var line = new DiscriminantLearner().Learn(columns, labels, 2, 1, CancellationToken.None);
        Assert.Equal(0, svc.Score(columns).Errors(labels));
        Assert.InRange(line.Score(columns).Errors(labels), 50, 150);
    }

    [Fact]
    public void Two_support_vectors_meet_the_margin_exactly()
    {
        // Of two points at −1 and 1 the solution is known: both on the margin, the border halfway between.
        using var trained = new SupportVectorLearner(cost: 1000).Learn([[-1, 1]], [0, 1], 2, 1, CancellationToken.None);
        var scores = trained.Score([[-1, 0, 1]]);
        Assert.Equal(0, scores[1][0] - scores[1][1], 3);
        Assert.Equal(2, scores[0][0] - scores[0][1], 2);
        Assert.Equal(-2, scores[2][0] - scores[2][1], 2);
    }

    [Fact]
    public void A_forest_splits_between_values_and_never_within_a_run_of_equal_ones()
    {
        float[] values = [.. Enumerable.Range(0, 600).Select(row => (float)(row % 300 < 290 ? 5 : row % 7))];
        int[] labels = [.. values.Select(value => value > 4.5 ? 1 : 0)];
        using var trained = new ForestLearner(isExtra: false, trees: 20).Learn([values], labels, 2, 1, CancellationToken.None);
        Assert.Equal(0, trained.Score([values]).Errors(labels));
    }

    [Fact]
    public void Two_stages_find_groups_and_answer_all_classes()
    {
        var (columns, labels) = Made(seed: 1);
        using var trained = new TwoStageLearner(new DiscriminantLearner()).Learn(columns, labels, 3, 1, CancellationToken.None);
        Assert.InRange(trained.Score(columns).Errors(labels), 0, 3);
    }

    [Fact]
    public void A_difference_by_chance_is_told_from_one_of_every_person()
    {
        int[] people = [.. Enumerable.Range(0, 96).Select(row => row / 12)];
        bool[] all = [.. people.Select(_ => true)];
        bool[] worseForAll = [.. people.Select((_, row) => row % 4 != 0)];
        bool[] worseForOne = [.. people.Select(person => person != 0)];
        Assert.InRange(PairedTest.Of(people, all, worseForAll, 1), 0, 0.02);
        Assert.InRange(PairedTest.Of(people, all, worseForOne, 1), 0.5, 1);
        Assert.Equal(1, PairedTest.Of(people, all, all, 1));
    }

    private static byte[] Bytes(TrainedLearner trained)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        trained.Write(writer);
        return stream.ToArray();
    }

    // Three classes, five columns, the last of them noise.
    private static (float[][] Columns, int[] Labels) Made(int seed)
    {
        var random = new Random(seed);
        int[] labels = [.. Enumerable.Range(0, 120).Select(row => row % 3)];
        return ([.. Enumerable.Range(0, 5).Select(column => labels.Select(label =>
            (float)((column == 4 ? 0 : (label == column % 3 ? 2 : 0) + (0.3 * column)) + (0.8 * (random.NextDouble() + random.NextDouble() - 1)))).ToArray())], labels);
    }
}
