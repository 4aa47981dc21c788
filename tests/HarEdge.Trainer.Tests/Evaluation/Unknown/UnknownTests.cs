using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Tests.Evaluation.Unknown;

public class UnknownTests
{
    private static readonly UnknownRule Rule = new([new FeatureLimit(0, 100), new FeatureLimit(1, Lowest: -50, Stage: 1)], [0, 0]);

    [Theory]
    [InlineData(0, 100, -999, 0)]
    [InlineData(0, 150, 0, 0.5)]
    [InlineData(1, 100, -50, 0)]
    [InlineData(1, 50, -75, 0.5)]
    [InlineData(1, 0, 0, -1)]
    public void Strangeness_is_the_excess_over_the_tightest_limit_of_the_windows_stage(int stage, int first, int second, double expected) =>
        Assert.Equal(expected, NoveltyScore.Of(Rule, stage, [first, second]), 12);

    [Fact]
    public void A_window_lies_outside_exactly_when_the_rule_rejects_it()
    {
        for (var value = 90; value < 110; value++)
        {
            Assert.Equal(Rule.Limits.All(limit => limit.Allows(0, value)), NoveltyScore.Of(Rule, 0, [value, value]) <= 0);
        }
    }

    [Fact]
    public void Coverage_drops_the_least_sure_windows_first_by_margin_within_a_confidence()
    {
        var rows = CoverageAccuracy.Of(Enumerable.Range(0, 100).Select(i => (i < 50 ? 60 : 99, i, i is >= 10 or 3)), CoverageAccuracy.Coverages);
        Assert.Equal([1, 0.98, 0.95, 0.90], rows.Select(row => row.Coverage));
        Assert.Equal([100, 98, 95, 90], rows.Select(row => row.Windows));
        Assert.Equal([91, 91, 90, 90], rows.Select(row => row.Right));
        Assert.All(rows, row => Assert.Equal(60, row.LeastConfidencePercent));
    }

    [Fact]
    public void The_allowed_share_of_known_windows_sets_the_threshold()
    {
        var known = new RuleOutcome([.. Enumerable.Range(0, 100).Select(i => (double)i)], 0);
        var outOfClass = new RuleOutcome([96.5, 97.5, 98.5, 99.5], 1);
        var trial = new UnknownTrial(known, outOfClass, outOfClass);
        Assert.Equal(0.75, trial.InsideAtAllowedShare);
        Assert.Equal(0.25, trial.Inside.RejectedShare);
    }
}
