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
    /// <param name="progress">Told the share of recordings done.</param>
    public WindowTable Extract(
        IReadOnlyList<Recording> recordings, IReadOnlyList<string> classes, bool keepUnlabelled, IProgress<StepProgress>? progress = null)
    {
        var parts = new List<Row>[recordings.Count];
        var done = 0;
        Parallel.For(0, recordings.Count, index =>
        {
            parts[index] = [.. RowsOf(recordings[index], keepUnlabelled)];
            progress?.Report(new StepProgress("features", (double)Interlocked.Increment(ref done) / recordings.Count));
        });

        var subjects = recordings.Select(SubjectKey).Distinct().Order(StringComparer.Ordinal).ToList();
        var rows = parts.Sum(part => part.Count);
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
        var at = 0;
        for (var index = 0; index < parts.Length; index++)
        {
            var subject = subjects.IndexOf(SubjectKey(recordings[index]));
            foreach (var row in parts[index])
            {
                row.Features.CopyTo(table.Features.AsSpan(at * layout.Count));
                table.Labels[at] = row.Label;
                table.SubjectOfRow[at] = subject;
                table.RecordingOfRow[at] = index;
                table.StartSample[at] = row.Start;
                at++;
            }
        }

        return table;
    }

    /// <summary>A wearer's name across data sets.</summary>
    public static string SubjectKey(Recording recording) => recording.DataSet + "/" + recording.Subject;

    private IEnumerable<Row> RowsOf(Recording recording, bool keepUnlabelled)
    {
        var window = new SampleWindow(windowSamples, hopSamples);
        var c = recording.Channels;
        foreach (var run in recording.Runs)
        {
            window.Restart();
            for (var i = run.Start; i < run.End; i++)
            {
                if (!window.Push(c[0][i], c[1][i], c[2][i], c[3][i], c[4][i], c[5][i]))
                {
                    continue;
                }

                var start = i + 1 - windowSamples;
                var label = WindowLabel.Of(recording.Labels.AsSpan(start, windowSamples), leastLabelShare);
                if (keepUnlabelled || label >= 0)
                {
                    var features = new int[layout.Count];
                    layout.ExtractInto(window, features);
                    yield return new Row(start, label, features);
                }

                window.Slide();
            }
        }
    }

    private sealed record Row(int Start, int Label, int[] Features);
}
