using HarEdge.Core;
using HarEdge.Core.Kernels;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Tests.FixedPoint;

/// <summary>Makes valid models of every shape from a seed; thresholds come from real windows, so that both sides are taken.</summary>
internal sealed class RandomModel
{
    private static readonly int[] WindowLengths = [64, 128, 128, 256];

    private readonly Random random;
    private readonly FeatureLayout layout;
    private readonly int[]? nominal;
    private readonly Feature[] features;
    private readonly List<int[]> rows;
    private readonly int classes;

    private RandomModel(int seed)
    {
        random = new Random(seed);
        var length = WindowLengths[random.Next(WindowLengths.Length)];
        Signal = new SignalSettings(length, 1 << random.Next(2, 1 + (int)Math.Log2(length)), 50, new SensorRange(4, 500));
        nominal = random.Next(2) == 0 ? null : [random.Next(-9000, 9000), random.Next(-9000, 9000), 1 + random.Next(9000)];
        layout = new FeatureLayout(length, nominal is null ? 0 : Tilt.Pack(nominal[0], nominal[1], nominal[2]));

        // Where there is a lean, which is the last feature, half of the models have it.
        features = [.. Enumerable.Range(0, random.Next(1, 14)).Select(_ => random.Next(layout.Count)).Append(layout.Count - 1 - random.Next(2)).Distinct().Select(i => layout[i])];
        rows = [.. Enumerable.Range(0, 12).Select(i => Row(TestWindows.Window(TestWindows.Signal(random, i, length), 4)))];
        classes = random.Next(2, 7);
    }

    private SignalSettings Signal { get; }

    public static FixedPointModel Create(int seed) => new RandomModel(seed).Make();

    /// <summary>A tree of so many splits (fewer when the features' bounds leave no more), each node a feature, threshold, left and right.</summary>
    public static List<(int Feature, int Threshold, int Left, int Right)> Tree(Random random, int splits, bool isChain, Func<int, (long Low, long High)> bounds, int featureCount, Func<int, int> typical)
    {
        var nodes = new List<(int, int, int, int)> { (-1, 0, -1, -1) };
        var open = new List<(int Node, Dictionary<int, (long Low, long High)> Path)> { (0, []) };
        for (var s = 0; s < splits && open.Count > 0; s++)
        {
            var pick = isChain ? open.Count - 1 : random.Next(open.Count);
            var (node, path) = open[pick];
            open.RemoveAt(pick);
            var feature = random.Next(featureCount);
            var (low, high) = path.TryGetValue(feature, out var narrowed) ? narrowed : bounds(feature);
            if (low >= high)
            {
                continue;
            }

            var threshold = (int)Math.Clamp(random.Next(4) > 0 ? typical(feature) : random.NextInt64(low, high), low, high - 1);
            nodes[node] = (feature, threshold, nodes.Count, nodes.Count + 1);
            nodes.Add((-1, 0, -1, -1));
            nodes.Add((-1, 0, -1, -1));
            open.Add((nodes.Count - 2, new(path) { [feature] = (low, threshold) }));
            open.Add((nodes.Count - 1, new(path) { [feature] = (threshold + 1L, high) }));
        }

        return nodes;
    }

    private FixedPointModel Make()
    {
        var stages = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Stage()).ToList();
        var gate = Nodes(random.Next(5)).Select(n => n.Feature < 0 ? GateNode.Leaf(random.Next(stages.Count)) : GateNode.Split(n.Feature, n.Threshold, n.Left, n.Right)).ToList();
        var reached = gate.Where(n => n.Stage >= 0).Select(n => n.Stage).Distinct().Order().ToList();
        var model = new FixedPointModel
        {
            Signal = Signal,
            Classes = [.. Enumerable.Range(0, classes).Select(c => $"CLASS_{c}")],
            Features = [.. features.Select(f => f.Name)],
            Gate = [.. gate.Select(n => n.Stage < 0 ? n : GateNode.Leaf(reached.IndexOf(n.Stage)))],
            Stages = [.. reached.Select(s => stages[s])],
            Unknown = new UnknownRule(
                [.. Enumerable.Range(0, features.Length).Where(_ => random.Next(4) == 0).Select(f => Limit(f, reached.Count))],
                [.. reached.Select(_ => random.Next(3) == 0 ? 0 : random.Next(600))]),
            Transitions = Transitions(),
            NominalGravity = nominal,
        };
        return ModelId.Stamp(model);
    }

    // Upper, lower or both, of every window or of one stage's.
    private FeatureLimit Limit(int feature, int stages)
    {
        var form = random.Next(3);
        int? stage = random.Next(2) == 0 ? null : random.Next(stages);
        return new FeatureLimit(feature, form == 1 ? null : Typical(feature), form == 0 ? null : Typical(feature), stage);
    }

    private Stage Stage()
    {
        var members = Enumerable.Range(0, classes).Where(_ => random.Next(3) > 0).DefaultIfEmpty(random.Next(classes)).ToList();
        ConfidenceStep[] confidence = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => new ConfidenceStep(random.Next(1, 100) + 300 * i, random.Next(101)))];
        return random.Next(5) switch
        {
            0 => new ClassStage { Name = "class", Classes = [members[0]], Confidence = confidence },
            1 or 2 => new TreeStage
            {
                Name = "trees",
                Classes = members,
                Confidence = confidence,
                Bias = [.. members.Select(_ => random.Next(-300, 300))],
                Trees = Trees(members.Count),
            },
            _ => Linear(members, confidence),
        };
    }

    // Inputs of at most 2,047 and 14 weights of at most 2,000 stay below 2^26; now and then one input takes the full scale.
    private LinearStage Linear(List<int> members, ConfidenceStep[] confidence)
    {
        var inputs = Enumerable.Range(0, random.Next(features.Length + 1)).Select(_ => Input(random.Next(features.Length))).ToList();
        return new LinearStage
        {
            Name = "linear",
            Classes = members,
            Confidence = confidence,
            Inputs = inputs,
            Bias = [.. members.Select(_ => random.Next(-1_000_000, 1_000_000))],
            Weights = [.. members.Select(_ => (IReadOnlyList<int>)[.. inputs.Select(input => Weight(input))])],
            ScoreShift = random.Next(8, 12),
            Trees = random.Next(2) == 0 ? null : Trees(members.Count),
        };
    }

    private List<ScoreTree> Trees(int members) =>
        [.. Enumerable.Range(0, random.Next(7)).Select(_ => new ScoreTree(random.Next(members), ScoreNodes()))];

    private LinearInput Input(int feature) => random.Next(4) switch
    {
        0 => new LinearInput(feature, InputTransform.SignedLog2Q8, random.Next(2, 5), int.MinValue, int.MaxValue),
        1 => new LinearInput(feature, InputTransform.Identity, random.Next(31), -7, 3),
        2 => new LinearInput(feature, InputTransform.Identity, random.Next(31), -2047, 2047),
        _ => new LinearInput(feature, InputTransform.SignedLog2Q8, random.Next(4), random.Next(-2000, 0), random.Next(0, 2000)),
    };

    private int Weight(LinearInput input) => random.Next(5) switch
    {
        0 => 0,
        1 => random.Next(-1, 2),
        2 when input.High == 3 => random.Next(2) == 0 ? short.MinValue : short.MaxValue,
        _ => random.Next(-2000, 2001),
    };

    private List<ScoreNode> ScoreNodes() =>
        [.. Nodes(random.Next(12)).Select(n => n.Feature < 0 ? ScoreNode.Leaf(random.Next(-200, 200)) : ScoreNode.Split(n.Feature, n.Threshold, n.Left, n.Right))];

    private List<(int Feature, int Threshold, int Left, int Right)> Nodes(int splits) =>
        Tree(random, splits, isChain: false, f => (features[f].Lowest, features[f].Highest), features.Length, Typical);

    // Uniform, general, or off.
    private IReadOnlyList<IReadOnlyList<int>> Transitions()
    {
        var kind = random.Next(3);
        var (stay, change) = (random.Next(-10, 1), random.Next(-2000, 0));
        return [.. Enumerable.Range(0, classes).Select(from => (IReadOnlyList<int>)
            [.. Enumerable.Range(0, classes).Select(to => kind == 0 ? 0 : kind == 1 ? from == to ? stay : change : random.Next(-4, 1) * 300)])];
    }

    private int Typical(int feature) => rows[random.Next(rows.Count)][feature];

    private int[] Row(SampleWindow window) => [.. features.Select(f => f.Kernel(window, f.Channel, f.Parameter))];
}
