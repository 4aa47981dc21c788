using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Tests.FixedPoint;

public class ModelValidatorTests
{
    private static readonly FixedPointModel Good = SmallModel.Create();
    private static readonly LinearStage Linear = (LinearStage)Good.Stages[1];
    private static readonly TreeStage Trees = (TreeStage)Good.Stages[2];

    public static TheoryData<string, FixedPointModel> Broken => new()
    {
        { "$.format is 9", Good with { Format = 9 } },
        { "$.signal.windowSamples is 100", Good with { Signal = Good.Signal with { WindowSamples = 100 } } },
        { "$.signal.hopSamples is 2", Good with { Signal = Good.Signal with { HopSamples = 2 } } },
        { "$.signal.hopSamples is 48", Good with { Signal = Good.Signal with { HopSamples = 48 } } },
        { "$.signal.hopSamples is 256", Good with { Signal = Good.Signal with { HopSamples = 256 } } },
        { "$.signal.sampleRateHz is 100", Good with { Signal = Good.Signal with { SampleRateHz = 100 } } },
        { "$.signal.range.accelG is 3", Good with { Signal = Good.Signal with { Range = new SensorRange(3, 500) } } },
        { "$.signal.range.gyroDps is 300", Good with { Signal = Good.Signal with { Range = new SensorRange(4, 300) } } },
        { "$.classes has 1 entries", Good with { Classes = ["A"] } },
        { "$.classes[1] is \"b c\"", Good with { Classes = ["A", "b c", "C", "D"] } },
        { "$.classes[3] is \"A\" a second time", Good with { Classes = ["A", "B", "C", "A"] } },
        { "$.features[0] is \"foo.ax\"", Good with { Features = ["foo.ax", .. Good.Features.Skip(1)] } },
        { "$.features[0] is \"lean\", which windows of 128 samples without $.nominalGravity do not have", Good with { Features = ["lean", .. Good.Features.Skip(1)] } },
        { "$.features[7] is \"dev.ax\" a second time", Good with { Features = [.. Good.Features.SkipLast(1), "dev.ax"] } },
        { "$.nominalGravity has 2 entries", Good with { NominalGravity = [1, 2] } },
        { "$.nominalGravity[1] is 8388609", Good with { NominalGravity = [0, (1 << 23) + 1, 0] } },
        { "$.nominalGravity is 0, 0, 0", Good with { NominalGravity = [0, 0, 0] } },
        { "$.gate has no node", Good with { Gate = [] } },
        { "$.gate[0].feature is 8", WithGate(0, Good.Gate[0] with { Feature = 8 }) },
        { "$.gate[0].right is 5", WithGate(0, Good.Gate[0] with { Right = 5 }) },
        { "$.gate[1].left is 1", WithGate(1, Good.Gate[1] with { Left = 1 }) },
        { "$.gate[2] is the child of 2 nodes", WithGate(1, Good.Gate[1] with { Right = 2 }) },
        { "$.gate[5] is the child of 0 nodes", Good with { Gate = [.. Good.Gate, GateNode.Leaf(0)] } },
        { "$.gate[0].threshold is -1", WithGate(0, Good.Gate[0] with { Threshold = -1 }) },
        { "$.gate[1].threshold is 4096", WithGate(1, Good.Gate[1] with { Threshold = 4096 }) },
        { "$.gate[1].threshold is 50000", WithGate(1, GateNode.Split(0, 50000, 2, 3)) },
        { "$.gate[0].stage is 1 on a split", WithGate(0, Good.Gate[0] with { Stage = 1 }) },
        { "$.gate[2].stage is 3", WithGate(2, GateNode.Leaf(3)) },
        { "$.gate[2] is a leaf", WithGate(2, GateNode.Leaf(0) with { Threshold = 4 }) },
        { "$.stages[0] is not reached", WithGate(2, GateNode.Leaf(1)) },
        { "$.stages[1].name", WithLinear(Linear with { Name = "a\nb" }) },
        { "$.stages[1].classes is empty", WithLinear(Linear with { Classes = [] }) },
        { "$.stages[1].classes[2] is 4", WithLinear(Linear with { Classes = [1, 2, 4] }) },
        { "$.stages[1].classes[1] is 1", WithLinear(Linear with { Classes = [1, 1, 2] }) },
        { "$.stages[1].confidence is empty", WithLinear(Linear with { Confidence = [] }) },
        { "$.stages[1].confidence[0].percent is 101", WithLinear(Linear with { Confidence = [new(1, 101)] }) },
        { "$.stages[1].confidence[1].margin is 1", WithLinear(Linear with { Confidence = [new(1, 50), new(1, 60)] }) },
        { "$.stages[1].scoreShift is 0", WithLinear(Linear with { ScoreShift = 0 }) },
        { "$.stages[1].bias has 2 entries", WithLinear(Linear with { Bias = [1, 2] }) },
        { "$.stages[1].weights has 2 entries", WithLinear(Linear with { Weights = [.. Linear.Weights.Take(2)] }) },
        { "$.stages[1].weights[1] has 3 entries", WithLinear(Linear with { Weights = [Linear.Weights[0], [1, 2, 3], Linear.Weights[2]] }) },
        { "$.stages[1].weights[0][3] is 32768", WithLinear(Linear with { Weights = [[1, 2, 3, 32768], Linear.Weights[1], Linear.Weights[2]] }) },
        { "$.stages[1].inputs[1].feature is -1", WithInput(1, Linear.Inputs[1] with { Feature = -1 }) },
        { "$.stages[1].inputs[0].shift is 31", WithInput(0, Linear.Inputs[0] with { Shift = 31 }) },
        { "$.stages[1].inputs[0].low is 2000", WithInput(0, Linear.Inputs[0] with { Low = 2000 }) },
        { "$.stages[1].weights[0] can add up to", WithInput(1, new LinearInput(3, InputTransform.Identity, 0, int.MinValue, int.MaxValue)) },
        { "$.stages[1].weights[0] can add up to", WithLinear(Linear with { Bias = [int.MaxValue, 0, 0] }) },
        { "$.stages[1].weights[0] can add up to", WithLinear(Linear with { Bias = [int.MinValue, 0, 0] }) },
        { "$.stages[1].weights[0] can give a score of", WithLinear(Linear with { Bias = [200_000_000, 0, 0] }) },
        { "$.stages[2].trees[1].class is 2", WithTree(1, Trees.Trees[1] with { Class = 2 }) },
        { "$.stages[2].trees[0].nodes[2].threshold is 255", WithTree(0, Trees.Trees[0] with { Nodes = [.. Trees.Trees[0].Nodes.Select(n => n.Feature == 5 ? n with { Threshold = 255 } : n)] }) },
        { "$.stages[2].trees[2].nodes has no node", WithTree(2, Trees.Trees[2] with { Nodes = [] }) },
        { "$.stages[2].trees[1].nodes[0].score is 3 on a split", WithTree(1, Trees.Trees[1] with { Nodes = [Trees.Trees[1].Nodes[0] with { Score = 3 }, .. Trees.Trees[1].Nodes.Skip(1)] }) },
        { "$.stages[2].trees can give class 0 a score of", WithTree(2, new ScoreTree(0, [ScoreNode.Leaf(-(1 << 20))])) },
        { "$.stages[2].trees can give class 0 a score of", WithTree(2, new ScoreTree(0, [ScoreNode.Leaf(int.MinValue)])) },
        { "$.stages[0].classes has 2 entries", Good with { Stages = [Good.Stages[0] with { Classes = [2, 3] }, Linear, Trees] } },
        { "$.unknown.limits[0].feature is 8", Good with { Unknown = Good.Unknown with { Limits = [new FeatureLimit(8, 0)] } } },
        { "$.unknown.limits[1].feature is 1 a second time", Good with { Unknown = Good.Unknown with { Limits = [new FeatureLimit(1, 5), new FeatureLimit(1, 6)] } } },
        { "$.unknown.limits[0] has neither", Good with { Unknown = Good.Unknown with { Limits = [new FeatureLimit(1)] } } },
        { "$.unknown.limits[0].stage is 9", Good with { Unknown = Good.Unknown with { Limits = [new FeatureLimit(1, 5, Stage: 9)] } } },
        { "$.unknown.limits[0].lowest is 2147483647", Good with { Unknown = Good.Unknown with { Limits = [new FeatureLimit(1, Lowest: int.MaxValue)] } } },
        { "$.unknown.limits[0].highest is -1", Good with { Unknown = Good.Unknown with { Limits = [new FeatureLimit(1, -1)] } } },
        { "$.unknown.leastMarginOfStage has 2 entries", Good with { Unknown = Good.Unknown with { LeastMarginOfStage = [0, 0] } } },
        { "$.unknown.leastMarginOfStage[1] is -1", Good with { Unknown = Good.Unknown with { LeastMarginOfStage = [0, -1, 0] } } },
        { "$.transitions has 1 entries", Good with { Transitions = [[0, 0, 0, 0]] } },
        { "$.transitions[2] has 3 entries", Good with { Transitions = [.. Good.Transitions.Take(2), [0, 0, 0], Good.Transitions[3]] } },
        { "$.transitions[0][1] is 1", Good with { Transitions = [[0, 1, 0, 0], .. Good.Transitions.Skip(1)] } },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void A_broken_model_is_refused_by_the_path_of_the_fault(string message, FixedPointModel model)
    {
        var e = Assert.Throws<InputException>(() => ModelValidator.Validate(model, "model.json"));
        Assert.StartsWith($"model.json: {message}", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_models_are_valid() =>
        Gen.Int[0, int.MaxValue - 1].Sample(seed => ModelValidator.Validate(RandomModel.Create(seed)), iter: 300);

    [Fact]
    public void A_split_behind_the_same_split_is_unreachable_on_one_side_only_when_it_repeats_the_threshold()
    {
        ModelValidator.Validate(WithGate(1, GateNode.Split(0, 39999, 2, 3)));
        Assert.Throws<InputException>(() => ModelValidator.Validate(WithGate(1, GateNode.Split(0, 40000, 2, 3))));
    }

    [Fact]
    public void The_largest_sum_that_fits_is_accepted_and_one_more_refused()
    {
        // A sum of bias, weights and rounding of exactly 2^31 − 1, scaled down so that the score fits too.
        var input = new LinearInput(2, InputTransform.Identity, 0, -4096, 4096);
        var edge = int.MaxValue - (1 << 11) - (4096 * 30000);
        ModelValidator.Validate(WithLinear(OneInput(edge)));
        Assert.Throws<InputException>(() => ModelValidator.Validate(WithLinear(OneInput(edge + 1))));

        LinearStage OneInput(int bias) => Linear with { Inputs = [input], Weights = [[30000], [0], [0]], Bias = [bias, 0, 0], ScoreShift = 12 };
    }

    [Fact]
    public void Corrections_of_a_linear_stage_count_in_the_largest_score()
    {
        var input = new LinearInput(2, InputTransform.Identity, 0, -1, 1);
        LinearStage Corrected(int leaf) => Linear with
        {
            Inputs = [input],
            Weights = [[1 << 10], [0], [0]],
            Bias = [0, 0, 0],
            ScoreShift = 1,
            Trees = [new ScoreTree(0, [ScoreNode.Split(3, 10, 1, 2), ScoreNode.Leaf(leaf), ScoreNode.Leaf(0)])],
        };
        var most = -Core.Classifier.NotScored - 1 - (1 << 9);
        ModelValidator.Validate(WithLinear(Corrected(most)));
        Assert.Throws<InputException>(() => ModelValidator.Validate(WithLinear(Corrected(most + 1))));
    }

    [Fact]
    public void Every_feature_of_every_window_length_can_be_used()
    {
        foreach (var length in new[] { 64, 128, 256 })
        {
            var upright = Good with { NominalGravity = [8000, -120, -1600] };
            var layout = new FeatureLayout(length, upright.Upright);
            var names = Enumerable.Range(0, layout.Count).Select(i => layout[i].Name).ToList();
            ModelValidator.Validate(upright with
            {
                Signal = Good.Signal with { WindowSamples = length, HopSamples = 64 },
                Features = [.. Good.Features, .. names.Except(Good.Features)],
            });
        }
    }

    private static FixedPointModel WithGate(int index, GateNode node) =>
        Good with { Gate = [.. Good.Gate.Select((old, i) => i == index ? node : old)] };

    private static FixedPointModel WithLinear(LinearStage stage) => Good with { Stages = [Good.Stages[0], stage, Trees] };

    private static FixedPointModel WithInput(int index, LinearInput input) =>
        WithLinear(Linear with { Inputs = [.. Linear.Inputs.Select((old, i) => i == index ? input : old)] });

    private static FixedPointModel WithTree(int index, ScoreTree tree) =>
        Good with { Stages = [Good.Stages[0], Linear, Trees with { Trees = [.. Trees.Trees.Select((old, i) => i == index ? tree : old)] }] };
}
