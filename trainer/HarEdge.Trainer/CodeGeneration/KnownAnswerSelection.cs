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
        layout = new FeatureLayout(model.Signal.WindowSamples, model.Upright);
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
