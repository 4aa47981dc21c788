using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation;

/// <summary>Runs a model in several ways over recordings and compares every value of every window with the first way's.</summary>
public sealed class ParityCheck
{
    private readonly FixedPointModel model;
    private readonly IReadOnlyList<IParityLeg> legs;
    private int windows;
    private int featureMismatches;
    private int scoreMismatches;
    private int labelMismatches;
    private string? firstMismatch;

    private ParityCheck(FixedPointModel model, IReadOnlyList<IParityLeg> legs)
    {
        this.model = model;
        this.legs = legs;
    }

    /// <summary>Compares.</summary>
    /// <param name="model">Gives features and classes their names.</param>
    /// <param name="legs">At least two; the first is the reference.</param>
    /// <param name="recordings">What to run over.</param>
    /// <param name="progress">Told the share of recordings done.</param>
    public static ParityReport Run(
        FixedPointModel model, IReadOnlyList<IParityLeg> legs, IReadOnlyList<Recording> recordings, IProgress<StepProgress>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(legs.Count, 2);
        var check = new ParityCheck(model, legs);
        for (var i = 0; i < recordings.Count; i++)
        {
            check.Compare(recordings[i]);
            progress?.Report(new StepProgress("parity", (i + 1.0) / recordings.Count));
        }

        return new ParityReport(
            [.. legs.Select(leg => leg.Name)], check.windows, check.featureMismatches, check.scoreMismatches, check.labelMismatches, check.firstMismatch);
    }

    private void Compare(Recording recording)
    {
        var reference = legs[0].Run(recording).ToList();
        windows += reference.Count;
        foreach (var leg in legs.Skip(1))
        {
            Compare(recording, reference, leg);
        }
    }

    // Both sides ascend in time: walk them side by side, so that a window one of them lacks does not shift the rest.
    private void Compare(Recording recording, List<WindowAnswer> reference, IParityLeg leg)
    {
        var expected = 0;
        foreach (var actual in leg.Run(recording))
        {
            for (; expected < reference.Count && reference[expected].StartSample < actual.StartSample; expected++)
            {
                Missing(recording, reference[expected], legs[0], leg);
            }

            if (expected < reference.Count && reference[expected].StartSample == actual.StartSample)
            {
                Compare(recording, reference[expected], actual, leg);
                expected++;
            }
            else
            {
                Missing(recording, actual, leg, legs[0]);
            }
        }

        for (; expected < reference.Count; expected++)
        {
            Missing(recording, reference[expected], legs[0], leg);
        }
    }

    private void Compare(Recording recording, WindowAnswer expected, WindowAnswer actual, IParityLeg leg)
    {
        featureMismatches += CompareArrays(recording, expected, leg, expected.Features, actual.Features, i => $"feature {model.Features[i]}");
        scoreMismatches += CompareArrays(recording, expected, leg, expected.Scores, actual.Scores, i => $"score of {model.Classes[i]}");
        var differs = Differs("stage", expected.Stage, actual.Stage, StageName)
            | Differs("window class", expected.WindowClass, actual.WindowClass, ClassName)
            | Differs("confidence", expected.ConfidencePercent, actual.ConfidencePercent, percent => $"{percent} %")
            | Differs("decision", expected.Decision, actual.Decision, ClassName);
        labelMismatches += differs ? 1 : 0;

        bool Differs(string what, int left, int right, Func<int, string> name)
        {
            if (left != right)
            {
                Remember(recording, expected.StartSample, what, name(left), leg, name(right));
            }

            return left != right;
        }
    }

    private int CompareArrays(
        Recording recording, WindowAnswer expected, IParityLeg leg, int[] left, int[] right, Func<int, string> name)
    {
        var mismatches = Math.Abs(left.Length - right.Length);
        if (mismatches > 0)
        {
            Remember(recording, expected.StartSample, "number of values where the first is " + name(0), $"{left.Length}", leg, $"{right.Length}");
        }

        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (left[i] != right[i])
            {
                mismatches++;
                Remember(recording, expected.StartSample, name(i), $"{left[i]}", leg, $"{right[i]}");
            }
        }

        return mismatches;
    }

    private void Missing(Recording recording, WindowAnswer answer, IParityLeg present, IParityLeg absent)
    {
        labelMismatches++;
        firstMismatch ??= $"{recording.DataSet} {recording.Name}, window from sample {answer.StartSample}: {present.Name} has an answer, {absent.Name} has none";
    }

    private void Remember(Recording recording, int start, string what, string left, IParityLeg leg, string right) =>
        firstMismatch ??= $"{recording.DataSet} {recording.Name}, window from sample {start}, {what}: {legs[0].Name} says {left}, {leg.Name} says {right}";

    private string StageName(int stage) => stage >= 0 && stage < model.Stages.Count ? $"{stage} ({model.Stages[stage].Name})" : $"{stage}";

    private string ClassName(int c) => c >= 0 && c < model.Classes.Count ? model.Classes[c] : c == Core.Classifier.Unknown ? "unknown" : $"class {c}";
}
