using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation;

/// <summary>Differences between the reference and the other legs on one recording: counts, and the first one in words.</summary>
/// <param name="model">For names.</param>
/// <param name="recording">For words.</param>
/// <param name="reference">Name of the reference.</param>
internal sealed class ParityTally(FixedPointModel model, Recording recording, string reference)
{
    public required int Windows { get; init; }

    public int FeatureMismatches { get; private set; }

    public int ScoreMismatches { get; private set; }

    public int LabelMismatches { get; private set; }

    public string? FirstMismatch { get; private set; }

    /// <summary>Compares two answers for the same window.</summary>
    public void Add(WindowAnswer expected, string leg, WindowAnswer actual)
    {
        FeatureMismatches += Compare(expected, leg, expected.Features, actual.Features, i => $"feature {model.Features[i]}");
        ScoreMismatches += Compare(expected, leg, expected.Scores, actual.Scores, i => $"score of {model.Classes[i]}");
        var differs = Differs("stage", expected.Stage, actual.Stage, StageName)
            | Differs("window class", expected.WindowClass, actual.WindowClass, ClassName)
            | Differs("confidence", expected.ConfidencePercent, actual.ConfidencePercent, percent => $"{percent} %")
            | Differs("decision", expected.Decision, actual.Decision, ClassName);
        LabelMismatches += differs ? 1 : 0;

        bool Differs(string what, int left, int right, Func<int, string> name)
        {
            if (left != right)
            {
                Remember(expected, what, name(left), leg, name(right));
            }

            return left != right;
        }
    }

    /// <summary>A window only the reference has.</summary>
    public void AddMissing(WindowAnswer expected, string leg) => AddLonely(expected, reference, leg);

    /// <summary>A window only the other leg has.</summary>
    public void AddSurplus(WindowAnswer actual, string leg) => AddLonely(actual, leg, reference);

    private void AddLonely(WindowAnswer answer, string present, string absent)
    {
        LabelMismatches++;
        FirstMismatch ??= $"{Place(answer)}: {present} has an answer, {absent} has none";
    }

    private int Compare(WindowAnswer expected, string leg, int[] left, int[] right, Func<int, string> name)
    {
        var mismatches = Math.Abs(left.Length - right.Length);
        if (mismatches > 0)
        {
            Remember(expected, "number of values where the first is " + name(0), $"{left.Length}", leg, $"{right.Length}");
        }

        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (left[i] != right[i])
            {
                mismatches++;
                Remember(expected, name(i), $"{left[i]}", leg, $"{right[i]}");
            }
        }

        return mismatches;
    }

    private void Remember(WindowAnswer expected, string what, string left, string leg, string right) =>
        FirstMismatch ??= $"{Place(expected)}, {what}: {reference} says {left}, {leg} says {right}";

    private string Place(WindowAnswer answer) => $"{recording.DataSet} {recording.Name}, window from sample {answer.StartSample}";

    private string StageName(int stage) => stage >= 0 && stage < model.Stages.Count ? $"{stage} ({model.Stages[stage].Name})" : $"{stage}";

    private string ClassName(int c) => c >= 0 && c < model.Classes.Count ? model.Classes[c] : c == Classifier.Unknown ? "unknown" : $"class {c}";
}
