using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Tests.FixedPoint;

/// <summary>A model small enough to read that has every kind of stage, input, limit and table.</summary>
internal static class SmallModel
{
    public static FixedPointModel Create() => ModelId.Stamp(new FixedPointModel
    {
        Signal = new SignalSettings(128, 64, 50, new SensorRange(4, 500)),
        Classes = ["WALKING", "SITTING", "STANDING", "LAYING"],
        Features = ["dev.ax", "drift.am4", "tilt.ax", "var.gx", "sum.ay", "cross.az", "quantile50.ay4", "cov.ax.gz"],
        Gate =
        [
            GateNode.Split(0, 40000, 1, 4),
            GateNode.Split(2, -1000, 2, 3),
            GateNode.Leaf(0),
            GateNode.Leaf(1),
            GateNode.Leaf(2),
        ],
        Stages = [Lying, Linear, Trees],
        Unknown = new UnknownRule([new FeatureLimit(1, 60000)], [0, 12, 0]),
        Transitions = [[-3, -900, -900, -900], [-900, -3, -500, -900], [-900, -500, -3, -900], [-900, -700, -900, -3]],
    });

    private static ClassStage Lying => new() { Name = "lying", Classes = [3], Confidence = [new ConfidenceStep(0, 98)] };

    private static LinearStage Linear => new()
    {
        Name = "static",
        Classes = [1, 2, 3],
        Confidence = [new ConfidenceStep(100, 55), new ConfidenceStep(800, 90), new ConfidenceStep(2000, 99)],
        Inputs =
        [
            new LinearInput(3, InputTransform.SignedLog2Q8, 2, 0, 1500),
            new LinearInput(4, InputTransform.Identity, 12, -500, 500),
            new LinearInput(6, InputTransform.Identity, 4, -4000, 1000),
            new LinearInput(2, InputTransform.Identity, 0, -5000, 5000),
        ],
        Bias = [1200, -3400, 0],
        Weights = [[12, -7, 1, 30], [-15, 9, 0, -21], [0, 0, 0, 0]],
        ScoreShift = 6,
    };

    private static TreeStage Trees => new()
    {
        Name = "dynamic",
        Classes = [0, 1],
        Confidence = [new ConfidenceStep(50, 60), new ConfidenceStep(400, 95)],
        Bias = [100, -100],
        Trees =
        [
            new ScoreTree(0, [ScoreNode.Split(3, 250000, 1, 2), ScoreNode.Leaf(-80), ScoreNode.Split(5, 20, 3, 4), ScoreNode.Leaf(40), ScoreNode.Leaf(0)]),
            new ScoreTree(1, [ScoreNode.Split(7, -30, 1, 2), ScoreNode.Leaf(66), ScoreNode.Leaf(-5)]),
            new ScoreTree(0, [ScoreNode.Leaf(7)]),
        ],
    };
}
