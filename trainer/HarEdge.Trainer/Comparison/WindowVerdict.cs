using HarEdge.Core;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Comparison;

/// <summary>What one side says about one window, as far as the wire tells it.</summary>
/// <param name="Sample">Number of the window's last sample.</param>
/// <param name="WindowClass">Best class of the window alone.</param>
/// <param name="Decision">Class after the temporal filter, or Classifier.Unknown.</param>
/// <param name="Stage">The stage the gate chose.</param>
/// <param name="ConfidencePercent">Calibrated probability of <paramref name="WindowClass"/>.</param>
/// <param name="MarginQ8">Best score minus second best, 1/256 of a natural logarithm.</param>
/// <param name="FeatureCrc">CRC-16 of the features.</param>
/// <param name="ScoreCrc">CRC-16 of the scores.</param>
internal sealed record WindowVerdict(
    int Sample, int WindowClass, int Decision, int Stage, int ConfidencePercent, int MarginQ8, int FeatureCrc, int ScoreCrc)
{
    /// <summary>The device's side.</summary>
    public static WindowVerdict Of(DecisionRecord said) => new(
        said.Sample, said.WindowClass, said.Decision, said.Stage, said.ConfidencePercent, said.MarginQ8, said.FeatureCrc, said.ScoreCrc);

    /// <summary>The desktop's side.</summary>
    /// <param name="answer">Of the trainer's model.</param>
    /// <param name="sample">The device's number of the window's last sample.</param>
    public static WindowVerdict Of(WindowAnswer answer, int sample) => new(
        sample,
        answer.WindowClass,
        answer.Decision,
        answer.Stage,
        answer.ConfidencePercent,
        ArgMax.Margin(answer.Scores, answer.WindowClass),
        Crc16.OfInts(answer.Features),
        Crc16.OfInts(answer.Scores));

    /// <summary>Whether both sides are the same bit for bit.</summary>
    /// <param name="other">The other side.</param>
    /// <param name="withDecision">False when the temporal filter's past is not known, so that only the window itself can be compared.</param>
    public bool Agrees(WindowVerdict other, bool withDecision) => withDecision ? this == other : this == other with { Decision = Decision };

    /// <summary>In words, with the classes' names.</summary>
    public string Describe(IReadOnlyList<string> classes) =>
        $"{Name(WindowClass, classes)} at {ConfidencePercent} % (decision {Name(Decision, classes)}, stage {Stage}, margin {MarginQ8}, "
        + $"features CRC {FeatureCrc:X4}, scores CRC {ScoreCrc:X4})";

    private static string Name(int c, IReadOnlyList<string> classes) =>
        c == Classifier.Unknown ? "UNKNOWN" : c >= 0 && c < classes.Count ? classes[c] : $"class {c}";
}

/// <summary>A window on which device and desktop differ, or which only one of them has.</summary>
/// <param name="Place">Which window, in words: the beginning of a sentence.</param>
/// <param name="Sample">The device's number of the window's last sample.</param>
/// <param name="Desktop">The desktop's side; null when it has no such window.</param>
/// <param name="Device">The device's side; null when it said nothing.</param>
internal sealed record Divergence(string Place, int Sample, WindowVerdict? Desktop, WindowVerdict? Device)
{
    /// <summary>Both sides in one sentence.</summary>
    public string Describe(IReadOnlyList<string> classes) =>
        $"{Place}: the desktop says {Side(Desktop, classes)}, the device {Side(Device, classes)}";

    private static string Side(WindowVerdict? side, IReadOnlyList<string> classes) => side?.Describe(classes) ?? "nothing";
}
