using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Comparison;

/// <summary>Recordings replayed to a device: both sides' answers, against each other and against the labels.</summary>
internal sealed record ReplayReport
{
    /// <summary>Recordings replayed, the last perhaps in part.</summary>
    public required int Recordings { get; init; }

    /// <summary>Samples the device stepped.</summary>
    public required long Samples { get; init; }

    /// <summary>Windows both sides answered.</summary>
    public required int Windows { get; init; }

    /// <summary>Windows that differ in any bit, or that one side lacks although no line was lost.</summary>
    public required int Divergences { get; init; }

    /// <summary>Decisions that did not arrive because lines were lost on the wire.</summary>
    public required int LostDecisions { get; init; }

    /// <summary>Blocks sent more than once.</summary>
    public required int Resent { get; init; }

    /// <summary>The first divergence.</summary>
    public Divergence? First { get; init; }

    /// <summary>The device's answers against the labels; null when no window has a label the model knows.</summary>
    public SideScores? Device { get; init; }

    /// <summary>The desktop's answers on the same windows.</summary>
    public SideScores? Desktop { get; init; }

    /// <summary>From sending a block that completes a window to the decision's line.</summary>
    public LatencySummary? Decision { get; init; }

    /// <summary>From sending a block that completes none to its acknowledgement: the way there and back.</summary>
    public LatencySummary? Echo { get; init; }
}

/// <summary>Compares the device's decisions on replayed runs with the trainer's, and both with the labels.</summary>
/// <param name="model">The trainer's model.</param>
internal sealed class ReplayTally(FixedPointModel model)
{
    private readonly PipelineBackend trainer = new("trainer", new InterpretedClassifier(model));
    private readonly List<(int Label, string Subject, WindowVerdict Verdict)> device = [];
    private readonly List<(int Label, string Subject, WindowVerdict Verdict)> desktop = [];

    public int Windows { get; private set; }

    public int Divergences { get; private set; }

    public int LostDecisions { get; private set; }

    public Divergence? First { get; private set; }

    public SideScores? Device => device.Count == 0 ? null : SideScores.Of(model.Classes, device);

    public SideScores? Desktop => desktop.Count == 0 ? null : SideScores.Of(model.Classes, desktop);

    /// <summary>Takes in a run the device has stepped.</summary>
    /// <param name="set">The run's data set.</param>
    /// <param name="recording">Its recording, cut to what was sent.</param>
    /// <param name="firstSample">The device's number of the run's first sample.</param>
    /// <param name="said">Everything the device decided meanwhile.</param>
    /// <param name="hasLost">Whether lines were lost meanwhile.</param>
    public void Add(DataSet set, Recording recording, int firstSample, IEnumerable<DecisionRecord> said, bool hasLost)
    {
        var run = recording.Runs[0];
        var labels = ClassUnion.Relabel(recording, set.Classes, model.Classes).Labels;
        var decided = said.GroupBy(decision => decision.Sample).ToDictionary(group => group.Key, group => group.First());
        foreach (var answer in trainer.Run(recording))
        {
            var expected = WindowVerdict.Of(answer, firstSample + answer.StartSample - run.Start + model.Signal.WindowSamples - 1);
            if (decided.Remove(expected.Sample, out var decision))
            {
                Compare(recording, labels, answer, expected, decision);
            }
            else if (hasLost)
            {
                LostDecisions++;
            }
            else
            {
                Note(recording, answer.StartSample, expected, null);
            }
        }

        foreach (var surplus in decided.Values.Select(WindowVerdict.Of))
        {
            Note(recording, run.Start + surplus.Sample - firstSample + 1 - model.Signal.WindowSamples, null, surplus);
        }
    }

    private void Compare(Recording recording, short[] labels, WindowAnswer answer, WindowVerdict expected, DecisionRecord decision)
    {
        Windows++;
        var actual = WindowVerdict.Of(decision);
        if (!expected.Agrees(actual, withDecision: true))
        {
            Note(recording, answer.StartSample, expected, actual);
        }

        var label = WindowLabel.Of(labels.AsSpan(answer.StartSample, model.Signal.WindowSamples), WindowLabel.Whole);
        if (label >= 0)
        {
            desktop.Add((label, WindowExtractor.SubjectKey(recording), expected));
            device.Add((label, WindowExtractor.SubjectKey(recording), actual));
        }
    }

    private void Note(Recording recording, int startSample, WindowVerdict? expected, WindowVerdict? actual)
    {
        Divergences++;
        First ??= new Divergence(
            $"{recording.DataSet} {recording.Name}, window from sample {startSample}", (expected ?? actual)!.Sample, expected, actual);
    }
}

/// <summary>One side's answers against the labels, on windows of one activity.</summary>
/// <param name="Windows">Each window by itself.</param>
/// <param name="Decisions">After the temporal filter, where it gave a class.</param>
internal sealed record SideScores(ClassificationScores Windows, ClassificationScores Decisions)
{
    /// <summary>Counts right and wrong.</summary>
    /// <param name="classes">Class names.</param>
    /// <param name="answers">Label, person and verdict of each window.</param>
    internal static SideScores Of(IReadOnlyList<string> classes, IReadOnlyList<(int Label, string Subject, WindowVerdict Verdict)> answers)
    {
        return new SideScores(Score(answers, verdict => verdict.WindowClass), Score(answers, verdict => verdict.Decision));

        ClassificationScores Score(IEnumerable<(int Label, string Subject, WindowVerdict Verdict)> all, Func<WindowVerdict, int> prediction)
        {
            var known = all.Where(answer => prediction(answer.Verdict) != Classifier.Unknown && prediction(answer.Verdict) < classes.Count).ToList();
            return ClassificationScores.Of(
                classes, [.. known.Select(answer => answer.Label)], [.. known.Select(answer => prediction(answer.Verdict))], [.. known.Select(answer => answer.Subject)]);
        }
    }
}

/// <summary>Times in milliseconds.</summary>
/// <param name="Count">How many.</param>
/// <param name="MedianMs">Half of them are at most this.</param>
/// <param name="P95Ms">95 of a hundred are at most this.</param>
/// <param name="LongestMs">The longest.</param>
internal sealed record LatencySummary(int Count, double MedianMs, double P95Ms, double LongestMs)
{
    /// <summary>Of measured times; null when there is none.</summary>
    public static LatencySummary? Of(IEnumerable<double> timesMs)
    {
        var sorted = timesMs.Order().ToArray();
        return sorted.Length == 0 ? null : new LatencySummary(sorted.Length, At(sorted, 50), At(sorted, 95), sorted[^1]);
    }

    // The nearest rank: the smallest value that as many percent do not exceed.
    private static double At(double[] sorted, int percent) => sorted[Math.Max(0, ((sorted.Length * percent) + 99) / 100 - 1)];
}
