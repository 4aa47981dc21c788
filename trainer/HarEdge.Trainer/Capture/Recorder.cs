using System.Globalization;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Capture;

/// <summary>Puts samples, gaps and labels into a file that begins with the first sample, and counts them.</summary>
internal sealed class Recorder : IDisposable
{
    private readonly Func<RecordingFile> open;
    private readonly LabelTimeline labels;
    private readonly Dictionary<string, long> samplesOf = new(StringComparer.Ordinal);

    /// <param name="capture">Where they come from.</param>
    /// <param name="labels">By the clock of its source.</param>
    /// <param name="open">Makes the file.</param>
    public Recorder(SampleCapture capture, LabelTimeline labels, Func<RecordingFile> open)
    {
        this.labels = labels;
        this.open = open;
        capture.Sampled += Take;
        capture.Interrupted += Take;
    }

    /// <summary>The file; null before the first sample.</summary>
    public RecordingFile? File { get; private set; }

    /// <summary>Samples taken.</summary>
    public long Samples { get; private set; }

    /// <summary>Gaps.</summary>
    public int Gaps { get; private set; }

    /// <summary>Samples missing in gaps of known length.</summary>
    public long Missing { get; private set; }

    /// <summary>Gaps of unknown length.</summary>
    public int UnknownGaps { get; private set; }

    /// <summary>When the last sample was taken, by the clock of the source; null before the first.</summary>
    public double? LastHostMs { get; private set; }

    /// <summary>Samples of each label, by name; those without one are not among them.</summary>
    public IReadOnlyDictionary<string, long> SamplesOf => samplesOf;

    /// <summary>Receives each gap.</summary>
    public event Action<CapturedGap>? Interrupted;

    /// <inheritdoc/>
    public void Dispose() => File?.Dispose();

    private void Take(CapturedSample sample)
    {
        File ??= open();
        var label = labels.At(sample.HostMs);
        File.Add(sample, label);
        Samples++;
        LastHostMs = sample.HostMs;
        if (label is not null)
        {
            samplesOf[label] = samplesOf.GetValueOrDefault(label) + 1;
        }
    }

    private void Take(CapturedGap gap)
    {
        File?.Add(gap);
        Gaps++;
        Missing += gap.MissingSamples ?? 0;
        UnknownGaps += gap.MissingSamples is null ? 1 : 0;
        Interrupted?.Invoke(gap);
    }
}

/// <summary>
/// What to do when: <c>walking 60s, stairs-up 30 s, sitting 2min</c>. Before each activity there is time to get ready, which has no label.
/// </summary>
internal sealed partial class LabelScript
{
    // Ten hours: more is a slip of the pen.
    private const double LongestSeconds = 36000;

    private static readonly string[] Pauses = ["PAUSE", "REST"];

    private LabelScript(IReadOnlyList<ScriptStep> steps, double totalMs)
    {
        Steps = steps;
        TotalMs = totalMs;
    }

    /// <summary>The activities, in order.</summary>
    public IReadOnlyList<ScriptStep> Steps { get; }

    /// <summary>Length of all of it.</summary>
    public double TotalMs { get; }

    /// <summary>Reads a script.</summary>
    /// <param name="text">Activities with their length in s or min, separated by commas; <c>pause</c> is time without a label.</param>
    /// <param name="getReadySeconds">Time before each activity.</param>
    /// <exception cref="InputException">A part cannot be read (exit code 2).</exception>
    public static LabelScript Parse(string text, double getReadySeconds)
    {
        var steps = new List<ScriptStep>();
        var ms = 0.0;
        foreach (var part in text.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var match = Step().Match(part);
            var seconds = match.Success
                ? double.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture) * (match.Groups["unit"].Value[0] is 'm' or 'M' ? 60 : 1)
                : 0;
            if (seconds is not (> 0 and <= LongestSeconds))
            {
                throw new InputException($"'{part}' is no step of a script.", "Write an activity and its length: --script \"walking 60s, stairs-up 30s, sitting 2min\".", 2);
            }

            var label = ClassNames.Normalize(match.Groups["label"].Value);
            var isPause = Pauses.Contains(label);
            ms += isPause ? 0 : getReadySeconds * 1000;
            steps.Add(new ScriptStep(isPause ? null : label, ms, ms + (seconds * 1000)));
            ms += seconds * 1000;
        }

        return steps.Any(step => step.Label is not null)
            ? new LabelScript(steps, ms)
            : throw new InputException("The script names no activity.", "Write for example --script \"walking 60s, sitting 30s\".", 2);
    }

    /// <summary>Puts the script on a timeline.</summary>
    /// <param name="timeline">Has no later change.</param>
    /// <param name="startMs">When the script begins.</param>
    public void Schedule(LabelTimeline timeline, double startMs)
    {
        foreach (var step in Steps)
        {
            timeline.Change(startMs + step.StartMs, step.Label);
            timeline.Change(startMs + step.EndMs, null);
        }
    }

    /// <summary>The step at a time since the start, or the next one while getting ready; null at the end.</summary>
    public ScriptStep? StepAt(double ms) => Steps.FirstOrDefault(step => ms < step.EndMs);

    [GeneratedRegex(@"^(?<label>\p{L}([\p{L}\p{N}_ -]*?[\p{L}\p{N}_])??)[\s:=]*(?<time>\d{1,6}(\.\d{1,3})?)\s*(?<unit>s|sec|seconds|m|min|minutes)$", RegexOptions.IgnoreCase)]
    private static partial Regex Step();
}

/// <summary>An activity of a script.</summary>
/// <param name="Label">Normalized; null for a pause.</param>
/// <param name="StartMs">When it begins, after the time to get ready.</param>
/// <param name="EndMs">When it ends.</param>
internal sealed record ScriptStep(string? Label, double StartMs, double EndMs);

/// <summary>Which label holds when, by the clock of the source. Changes are added in order of time.</summary>
internal sealed class LabelTimeline
{
    private readonly List<(double FromMs, string? Label)> changes = [];

    /// <summary>From a time on another label holds.</summary>
    /// <param name="fromMs">Not before the last change.</param>
    /// <param name="label">Null for none.</param>
    public void Change(double fromMs, string? label) => changes.Add((fromMs, label));

    /// <summary>The label at a time; null for none.</summary>
    public string? At(double ms)
    {
        // The last changes are the ones asked for.
        for (var i = changes.Count - 1; i >= 0; i--)
        {
            if (changes[i].FromMs <= ms)
            {
                return changes[i].Label;
            }
        }

        return null;
    }
}
