using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.FixedPoint;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Calibration;

/// <summary>Random windows; out-of-class ones stand out in one feature that the stage they go to computes.</summary>
public class UnknownLimitsTests
{
    private const int Rows = 4000;
    private static readonly FeatureLayout Layout = new(128);
    private static readonly FixedPointModel Model = SmallModel.Create() with { Unknown = UnknownRule.None(3) };

    [Fact]
    public void Limits_are_set_on_what_separates_out_of_class_windows_for_their_stage_alone()
    {
        var (table, isOutOfClass) = Windows(outOfClass: 200);
        var rule = UnknownLimits.AddTo(Model, table, isOutOfClass, Layout).Unknown;
        var limit = Assert.Single(rule.Limits);
        Assert.Equal((1, "sum.ay"), (limit.Stage, Model.Features[limit.Feature]));
        Assert.NotNull(limit.Lowest);
        Assert.Null(limit.Highest);
        Assert.DoesNotContain("drift.ay4", UnknownLimits.AddTo(Model, table, isOutOfClass, Layout).Features);
    }

    [Fact]
    public void Few_known_windows_are_rejected()
    {
        var (table, isOutOfClass) = Windows(outOfClass: 200);
        var evaluator = new ModelEvaluator(UnknownLimits.AddTo(Model, table, isOutOfClass, Layout), Layout);
        var known = Enumerable.Range(0, Rows).Where(row => !isOutOfClass[row]).ToList();
        Assert.InRange(known.Count(row => !evaluator.Evaluate(table.Row(row)).IsKnown), 1, Rows / 200);
        Assert.All(Enumerable.Range(0, Rows).Where(row => isOutOfClass[row]), row => Assert.False(evaluator.Evaluate(table.Row(row)).IsKnown));
    }

    [Fact]
    public void Without_out_of_class_windows_the_plain_rule_limits_the_drift_of_every_window()
    {
        var (table, isOutOfClass) = Windows(outOfClass: 0);
        Assert.False(UnknownLimits.CanBeChosen(isOutOfClass));
        var model = UnknownLimits.AddTo(Model, table, isOutOfClass, Layout);
        Assert.Equal(UnknownLimits.Features, model.Unknown.Limits.Select(limit => model.Features[limit.Feature]));
        Assert.All(model.Unknown.Limits, limit => Assert.Null(limit.Stage));
    }

    // Every window goes to stage 1; sum.ay of known ones is above −100,000, of out-of-class ones below −300,000.
    private static (WindowTable Table, bool[] IsOutOfClass) Windows(int outOfClass)
    {
        var random = new Random(5);
        var features = new int[Rows * Layout.Count];
        for (var row = 0; row < Rows; row++)
        {
            foreach (var name in Model.Features)
            {
                features[(row * Layout.Count) + Layout.Find(name).Index] = random.Next(1000);
            }

            features[(row * Layout.Count) + Layout.Find("tilt.ax").Index] = 500;
            features[(row * Layout.Count) + Layout.Find("sum.ay").Index] = random.Next(100_000) - (row < outOfClass ? 400_000 : 100_000);
        }

        var table = new WindowTable
        {
            Features = features,
            Columns = Layout.Count,
            Labels = [.. Enumerable.Range(0, Rows).Select(row => row < outOfClass ? -1 : row % 2)],
            SubjectOfRow = new int[Rows],
            RecordingOfRow = new int[Rows],
            StartSample = [.. Enumerable.Range(0, Rows).Select(row => 64 * row)],
            Subjects = ["s/1"],
            Classes = Model.Classes,
        };
        return (table, [.. Enumerable.Range(0, Rows).Select(row => row < outOfClass)]);
    }
}
