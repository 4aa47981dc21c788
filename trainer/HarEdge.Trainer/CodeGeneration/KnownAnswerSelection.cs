using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Chooses few windows that exercise as much of a model as possible: greedily, the window that adds most comes next.</summary>
internal sealed class KnownAnswerSelection
{
    private readonly FixedPointModel model;
    private readonly FeatureLayout layout;
    private readonly ModelEvaluator evaluator;

    public KnownAnswerSelection(FixedPointModel model)
    {
        this.model = model;
        layout = model.NewLayout();
        evaluator = new ModelEvaluator(model, layout);
    }

    /// <summary>The extremes and up to so many windows of the recordings.</summary>
    public List<KnownAnswer> Choose(IReadOnlyList<Recording> recordings, int mostWindows)
    {
        var candidates = new CandidateWindows(model.Signal.WindowSamples);
        var chosen = candidates.Extremes().Select(Answer).ToList();
        var pool = candidates.FromRecordings(recordings).Select(Answer).ToList();
        var missing = pool.SelectMany(answer => answer.Exercised).ToHashSet();
        chosen.ForEach(answer => missing.ExceptWith(answer.Exercised));
        while (chosen.Count < mostWindows && missing.Count > 0)
        {
            // The first of the best, so that the choice does not depend on anything but the order.
            var best = pool.MaxBy(answer => Gain(answer, missing))!;
            chosen.Add(best);
            missing.ExceptWith(best.Exercised);
        }

        return chosen;
    }

    // A new stage outweighs any number of leaves, a new class any but the stage.
    private static int Gain(KnownAnswer answer, HashSet<ModelPart> missing) => answer.Exercised.Where(missing.Contains).Sum(part => part.Kind switch
    {
        ModelPartKind.Stage => 1_000_000,
        ModelPartKind.Class => 30_000,
        ModelPartKind.Known => 10_000,
        _ => 1,
    });

    private KnownAnswer Answer((short[] Samples, string Origin) candidate)
    {
        var text = SampleEncoder.Encode(candidate.Samples);
        var evaluation = evaluator.Evaluate(Row(SampleEncoder.Decode(text)));
        return new KnownAnswer(text, candidate.Origin, evaluation, ModelParts.Of(model, evaluation));
    }

    private int[] Row(short[] samples)
    {
        var window = new SampleWindow(model.Signal.WindowSamples, model.Signal.HopSamples);
        for (var i = 0; i < samples.Length; i += SensorScale.ChannelCount)
        {
            window.Push(samples[i], samples[i + 1], samples[i + 2], samples[i + 3], samples[i + 4], samples[i + 5]);
        }

        var row = new int[layout.Count];
        foreach (var column in evaluator.Columns)
        {
            row[column] = layout[column].Kernel(window, layout[column].Channel, layout[column].Parameter);
        }

        return row;
    }
}

/// <summary>Windows to choose known answers from: the wearer's, the same louder, softer or worn otherwise, and the scale's extremes.</summary>
/// <param name="windowSamples">Length.</param>
internal sealed class CandidateWindows(int windowSamples)
{
    private const int MostFromRecordings = 400;

    // A model of real people calls invented ones what it likes: the more they vary, the surer some window is of each class.
    private static readonly ChannelMix[] Mixes =
    [
        new("three times as strong", [0, 1, 2, 3, 4, 5], 3.0, 3.0),
        new("a quarter as strong", [0, 1, 2, 3, 4, 5], 0.25, 0.25),
        new("axes turned", [1, 2, 0, 4, 5, 3], 1, 1),
        new("upside down", [0, 1, 2, 3, 4, 5], -1, -1),
        new("axes turned back", [2, 0, 1, 5, 3, 4], -1, -1),
        new("turned half as fast", [0, 1, 2, 3, 4, 5], 1, 0.5),
        new("turned twice as fast", [0, 1, 2, 3, 4, 5], 1, 2),
        new("turned a quarter as fast", [0, 1, 2, 3, 4, 5], 1, 0.25),
        new("turned back", [0, 1, 2, 3, 4, 5], 1, -1),
        new("worn back to front", [0, 1, 2, 3, 4, 5], [1, -1, -1], [1, -1, -1]),
        new("worn the other way round", [0, 2, 1, 3, 5, 4], [1, 1, -1], [1, 1, -1]),
        new("moved half as far", [0, 1, 2, 3, 4, 5], [1, 0.5, 0.5], [0.5, 0.5, 0.5]),
    ];

    /// <summary>Windows every known-answer set holds, whatever the model: the largest sums, and the largest differences.</summary>
    public IEnumerable<(short[] Samples, string Origin)> Extremes()
    {
        yield return (Fill((_, _) => short.MinValue), "every count at the lowest");
        yield return (Fill((sample, _) => sample % 2 == 0 ? short.MaxValue : short.MinValue), "every count from end to end");
    }

    /// <summary>Windows of recordings, evenly chosen, each followed by one mix.</summary>
    public IEnumerable<(short[] Samples, string Origin)> FromRecordings(IReadOnlyList<Recording> recordings)
    {
        var all = recordings.SelectMany(recording => Starts(recording).Select(start => (recording, start))).ToList();
        var stride = Math.Max(1, (all.Count + MostFromRecordings - 1) / MostFromRecordings);
        for (var i = 0; i < all.Count; i += stride)
        {
            var (recording, start) = all[i];
            var mix = Mixes[i / stride % Mixes.Length];
            var origin = $"{recording.DataSet} {recording.Name}, from sample {start}";
            yield return (Fill((sample, channel) => recording.Channels[channel][start + sample]), origin);
            yield return (Fill((sample, channel) => (int)(recording.Channels[mix.Order[channel]][start + sample] * mix.Gains[channel])), $"{origin}, {mix.Name}");
        }
    }

    private IEnumerable<int> Starts(Recording recording)
    {
        foreach (var run in recording.Runs)
        {
            for (var start = run.Start; start + windowSamples <= run.End; start += windowSamples)
            {
                yield return start;
            }
        }
    }

    private short[] Fill(Func<int, int, int> count)
    {
        var samples = new short[windowSamples * SensorScale.ChannelCount];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)Math.Clamp(count(i / SensorScale.ChannelCount, i % SensorScale.ChannelCount), short.MinValue, short.MaxValue);
        }

        return samples;
    }

    // Channel c is a recording's channel Order[c], times Gains[c].
    private sealed record ChannelMix(string Name, int[] Order, double[] Gains)
    {
        public ChannelMix(string name, int[] order, double accel, double gyro)
            : this(name, order, [accel, accel, accel, gyro, gyro, gyro])
        {
        }

        public ChannelMix(string name, int[] order, double[] accel, double[] gyro)
            : this(name, order, [.. accel, .. gyro])
        {
        }
    }
}

/// <summary>Finds out which parts of a model a window exercises.</summary>
internal static class ModelParts
{
    /// <summary>Parts behind one answer.</summary>
    public static HashSet<ModelPart> Of(FixedPointModel model, WindowEvaluation answer)
    {
        var parts = new HashSet<ModelPart>
        {
            new(ModelPartKind.Stage, answer.Stage),
            new(ModelPartKind.Class, answer.WindowClass),
            new(ModelPartKind.Known, answer.IsKnown ? 1 : 0),
            new(ModelPartKind.GateLeaf, GateLeaf(model.Gate, answer.Features)),
        };
        var stage = model.Stages[answer.Stage];
        parts.UnionWith(stage.ScoreTrees.Select((tree, t) => new ModelPart(ModelPartKind.TreeLeaf, answer.Stage, t, TreeLeaf(tree, answer.Features))));
        if (stage is LinearStage linear)
        {
            parts.UnionWith(linear.Inputs.Select((input, i) => new ModelPart(ModelPartKind.Limit, answer.Stage, i, Side(input, answer.Features))));
        }

        return parts;
    }

    private static int GateLeaf(IReadOnlyList<GateNode> gate, int[] features)
    {
        var at = 0;
        while (gate[at].Stage < 0)
        {
            at = features[gate[at].Feature] <= gate[at].Threshold ? gate[at].Left : gate[at].Right;
        }

        return at;
    }

    private static int TreeLeaf(ScoreTree tree, int[] features)
    {
        var at = 0;
        while (tree.Nodes[at].Feature >= 0)
        {
            at = features[tree.Nodes[at].Feature] <= tree.Nodes[at].Threshold ? tree.Nodes[at].Left : tree.Nodes[at].Right;
        }

        return at;
    }

    // −1 below the limits, 0 within, 1 above.
    private static int Side(LinearInput input, int[] features)
    {
        var unlimited = StageScorer.Input(input with { Low = int.MinValue, High = int.MaxValue }, features[input.Feature]);
        return unlimited < input.Low ? -1 : unlimited > input.High ? 1 : 0;
    }
}
