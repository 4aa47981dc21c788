using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Tests.Calibration;

public class ConfidenceTableTests
{
    [Fact]
    public void Percents_never_fall_as_the_margin_grows() =>
        Gen.Select(Gen.Int[0, 500], Gen.Bool).Array[1, 600].Sample(answers =>
        {
            var steps = ConfidenceTable.Of(answers.Select(a => (a.Item1, a.Item2)));
            return steps.Count is >= 1 and <= 8
                && steps.Zip(steps.Skip(1), (a, b) => a.Margin < b.Margin && a.Percent <= b.Percent).All(ok => ok);
        });

    [Fact]
    public void The_table_tells_sure_windows_from_guesses()
    {
        var answers = Enumerable.Range(0, 1000).Select(i => (Margin: i, IsRight: i >= 300 || i % 2 == 0));
        var steps = ConfidenceTable.Of(answers);
        Assert.InRange(steps[0].Percent, 45, 60);
        Assert.Equal(100, steps[^1].Percent);
    }

    [Fact]
    public void Few_windows_give_one_step_with_the_overall_share() =>
        Assert.Equal(75, Assert.Single(ConfidenceTable.Of([(1, true), (2, true), (3, false), (4, true)])).Percent);
}
