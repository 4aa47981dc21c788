using HarEdge.Core;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Windows;

/// <summary>
/// Cuts recordings into windows with Core's own SampleWindow, sample by sample as the device does, and computes every feature
/// with Core's kernels. Each run of a recording starts a fresh window.
/// </summary>
/// <param name="windowSamples">Samples in a window: 64, 128 or 256.</param>
/// <param name="hopSamples">Samples from one window to the next.</param>
/// <param name="leastLabelShare">
/// Share of a window's samples that must carry one label for it to be the window's: 1 wants the window wholly inside an
/// activity; 0.5 takes the majority, for activities shorter than a window.
/// </param>
/// <param name="upright">Where gravity points on a standing wearer, as Tilt.Pack gives it; 0 where nothing is measured from it.</param>
internal sealed class WindowExtractor(int windowSamples, int hopSamples, double leastLabelShare = 1, int upright = 0)
{
    // Hops below four samples are not a window's.
    private const int LeastHop = 4;

    private readonly FeatureLayout layout = new(windowSamples, upright);

    /// <summary>An extractor that cuts several windows for each hop.</summary>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <param name="hopSamples">The device's hop.</param>
    /// <param name="perHop">Windows for each hop of the device.</param>
    /// <param name="leastLabelShare">As for any extractor.</param>
    /// <param name="upright">As for any extractor.</param>
    internal static WindowExtractor Finer(int windowSamples, int hopSamples, int perHop, double leastLabelShare, int upright = 0) =>
        new(windowSamples, Math.Max(LeastHop, hopSamples / perHop), leastLabelShare, upright);

    /// <summary>Whether a window is one the device would decide on: those start whole hops after the start of their run.</summary>
    internal static bool IsOnHop(Recording recording, int startSample, int hopSamples)
    {
        var run = recording.Runs.First(r => startSample >= r.Start && startSample < r.End);
        return (startSample - run.Start) % hopSamples == 0;
    }

    /// <summary>The features, in the order of the columns.</summary>
    public FeatureLayout Layout => layout;

    /// <summary>All windows of the recordings, in order.</summary>
    /// <param name="recordings">Recordings whose labels index <paramref name="classes"/>.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="keepUnlabelled">False leaves out windows without a label of their own.</param>
    /// <param name="progress">Receives the share of recordings done.</param>
    /// <param name="step">What that is called.</param>
    public WindowTable Extract(
        IReadOnlyList<Recording> recordings, IReadOnlyList<string> classes, bool keepUnlabelled, IProgress<StepProgress>? progress = null, string step = "features")
    {
        // Which windows there are is known before any is computed: each feature is written where it stays.
        (int Start, int Label)[][] windows = [.. recordings.Select(recording => WindowsOf(recording, keepUnlabelled).ToArray())];
        var subjects = recordings.Select(SubjectKey).Distinct().Order(StringComparer.Ordinal).ToList();
        var firstRow = new int[windows.Length + 1];
        for (var i = 0; i < windows.Length; i++)
        {
            firstRow[i + 1] = firstRow[i] + windows[i].Length;
        }

        var rows = firstRow[^1];
        var table = new WindowTable
        {
            Features = new int[rows * layout.Count],
            Columns = layout.Count,
            Labels = new int[rows],
            SubjectOfRow = new int[rows],
            RecordingOfRow = new int[rows],
            StartSample = new int[rows],
            Subjects = subjects,
            Classes = classes,
            Recordings = recordings,
            WindowSamples = windowSamples,
        };
        var done = 0;
        Parallel.For(0, recordings.Count, index =>
        {
            var first = firstRow[index];
            var subject = subjects.IndexOf(SubjectKey(recordings[index]));
            for (var i = 0; i < windows[index].Length; i++)
            {
                table.Labels[first + i] = windows[index][i].Label;
                table.SubjectOfRow[first + i] = subject;
                table.RecordingOfRow[first + i] = index;
                table.StartSample[first + i] = windows[index][i].Start;
            }

            FillFeatures(table, first, windows[index], recordings[index]);
            progress?.Report(new StepProgress(step, (double)Interlocked.Increment(ref done) / recordings.Count));
        });

        return table;
    }

    /// <summary>A wearer's name across data sets.</summary>
    public static string SubjectKey(Recording recording) => recording.DataSet + "/" + recording.Subject;

    // A window ends every hop after the first of a run has filled.
    private IEnumerable<(int Start, int Label)> WindowsOf(Recording recording, bool keepUnlabelled)
    {
        foreach (var run in recording.Runs)
        {
            for (var start = run.Start; start + windowSamples <= run.End; start += hopSamples)
            {
                var label = WindowLabel.Of(recording.Labels.AsSpan(start, windowSamples), leastLabelShare);
                if (keepUnlabelled || label >= 0)
                {
                    yield return (start, label);
                }
            }
        }
    }

    private void FillFeatures(WindowTable table, int row, (int Start, int Label)[] windows, Recording recording)
    {
        var window = new SampleWindow(windowSamples, hopSamples);
        var features = new int[layout.Count];
        var next = 0;
        var c = recording.Channels;
        foreach (var run in recording.Runs)
        {
            window.Restart();
            for (var i = run.Start; i < run.End && next < windows.Length; i++)
            {
                if (!window.Push(c[0][i], c[1][i], c[2][i], c[3][i], c[4][i], c[5][i]))
                {
                    continue;
                }

                if (windows[next].Start == i + 1 - windowSamples)
                {
                    layout.ExtractInto(window, features);
                    features.CopyTo(table.Features.AsSpan((row + next) * layout.Count));
                    next++;
                }

                window.Slide();
            }
        }

        if (next != windows.Length)
        {
            throw new InvalidOperationException($"{windows.Length} windows were announced and {next} found.");
        }
    }
}

/// <summary>The label of a window from those of its samples.</summary>
internal static class WindowLabel
{
    /// <summary>Share of samples at which a window counts for an activity: all of them.</summary>
    public const double Whole = 1;

    /// <summary>At least half of the samples, for activities shorter than a window.</summary>
    public const double Majority = 0.5;

    /// <summary>The most frequent label if it covers enough of the window (the lowest on ties), or −1.</summary>
    /// <param name="labels">One label a sample; −1 where there is none.</param>
    /// <param name="leastShare">Share of the samples it must cover, 0 to 1.</param>
    public static int Of(ReadOnlySpan<short> labels, double leastShare)
    {
        if (labels.IndexOfAnyExcept(labels[0]) < 0)
        {
            return labels[0];
        }

        var counts = new SortedDictionary<short, int>();
        foreach (var label in labels)
        {
            counts[label] = counts.GetValueOrDefault(label) + 1;
        }

        var (best, count) = counts.MaxBy(entry => entry.Value);
        return count >= leastShare * labels.Length ? best : -1;
    }
}

/// <summary>Windows filled mostly by an activity that is none of the classes, for example a change of posture: the known unknowns.</summary>
internal static class OutOfClassWindows
{
    /// <summary>For each row whether at least half of its samples carry a label.</summary>
    /// <param name="table">Windows.</param>
    /// <param name="recordings">The recordings they were cut from.</param>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <param name="outOfClass">The label that stands for all other activities.</param>
    public static bool[] Find(WindowTable table, IReadOnlyList<Recording> recordings, int windowSamples, short outOfClass) =>
        [.. Enumerable.Range(0, table.Rows).Select(row =>
            2 * recordings[table.RecordingOfRow[row]].Labels.AsSpan(table.StartSample[row], windowSamples).Count(outOfClass) >= windowSamples)];
}

/// <summary>An uninterrupted stretch [Start, End) of samples with one label.</summary>
internal readonly record struct Bout(int Start, int End, short Label)
{
    /// <summary>Samples in the bout.</summary>
    public int Length => End - Start;

    /// <summary>Every stretch of a recording's labels, unlabelled ones included, in order of time.</summary>
    public static IEnumerable<Bout> Of(short[] labels)
    {
        var start = 0;
        for (var i = 1; i <= labels.Length; i++)
        {
            if (i == labels.Length || labels[i] != labels[start])
            {
                yield return new Bout(start, i, labels[start]);
                start = i;
            }
        }
    }
}
