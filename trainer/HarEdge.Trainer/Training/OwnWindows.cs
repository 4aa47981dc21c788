using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>
/// Windows of everybody else at the device's hop, then the wearer's own at a quarter of it: half a minute holds few windows that do not
/// overlap. Judged are only those of the device's hop.
/// </summary>
internal sealed class OwnWindows
{
    private const int OwnPerHop = 4;

    private readonly int windowSamples;
    private readonly double[] endSeconds;

    private OwnWindows(WindowExtractor extractor, WindowTable table, int publicRows, WindowTable later, int windowSamples, bool[] isJudged, double[] endSeconds)
    {
        Layout = extractor.Layout;
        Table = table;
        PublicRows = publicRows;
        Later = later;
        this.windowSamples = windowSamples;
        IsJudged = isJudged;
        this.endSeconds = endSeconds;
    }

    public FeatureLayout Layout { get; }

    /// <summary>Labelled windows: everybody else's, then the wearer's earlier ones.</summary>
    public WindowTable Table { get; }

    /// <summary>Rows of <see cref="Table"/> that are not the wearer's; they come first.</summary>
    public int PublicRows { get; }

    /// <summary>The wearer's later windows at the device's hop, for judging what was learned from the earlier ones.</summary>
    public WindowTable Later { get; }

    /// <summary>For each row of the table whether the device would decide on it.</summary>
    public bool[] IsJudged { get; }

    public IEnumerable<int> Public => Enumerable.Range(0, PublicRows);

    public IEnumerable<int> Own => Enumerable.Range(PublicRows, Table.Rows - PublicRows);

    /// <summary>Seconds of an activity that the wearer had recorded at a row's end.</summary>
    public double EndSeconds(int row) => endSeconds[row];

    /// <summary>Cuts them.</summary>
    /// <param name="others">Everybody else's recordings, labels as classes.</param>
    /// <param name="own">The wearer's, divided by time.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="options">Window and hop.</param>
    public static OwnWindows Of(IReadOnlyList<Recording> others, DataSplit own, IReadOnlyList<string> classes, TrainingOptions options)
    {
        // As in a training: where an activity has no window wholly inside, the majority of samples decides for all.
        var whole = Of(others, own, classes, options, WindowLabel.Whole);
        return Enumerable.Range(0, classes.Count).All(c => whole.Own.Any(row => whole.Table.Labels[row] == c) && whole.Later.Labels.Contains(c))
            ? whole
            : Of(others, own, classes, options, WindowLabel.Majority);
    }

    private static OwnWindows Of(
        IReadOnlyList<Recording> others, DataSplit own, IReadOnlyList<string> classes, TrainingOptions options, double labelShare)
    {
        var coarse = new WindowExtractor(options.WindowSamples, options.HopSamples, labelShare);
        var fine = WindowExtractor.Finer(options.WindowSamples, options.HopSamples, OwnPerHop, labelShare);

        // The same people in both, so that the tables can follow each other; without labels nothing is cut.
        var theirs = coarse.Extract([.. others, .. own.Train.Select(Silent)], classes, keepUnlabelled: false);
        var mine = fine.Extract([.. others.Select(Silent), .. own.Train], classes, keepUnlabelled: false);
        var later = coarse.Extract(own.Test, classes, keepUnlabelled: false);
        var ends = EndSecondsOf(own.Train);
        return new OwnWindows(
            coarse,
            theirs.Append(mine),
            theirs.Rows,
            later,
            options.WindowSamples,
            [
                .. Enumerable.Repeat(false, theirs.Rows),
                .. Enumerable.Range(0, mine.Rows).Select(row => WindowExtractor.IsOnHop(
                    own.Train[mine.RecordingOfRow[row] - others.Count], mine.StartSample[row], options.HopSamples)),
            ],
            [
                .. Enumerable.Repeat(0.0, theirs.Rows),
                .. Enumerable.Range(0, mine.Rows).Select(row =>
                {
                    var recording = mine.RecordingOfRow[row] - others.Count;
                    var inWindow = own.Train[recording].Labels.AsSpan(mine.StartSample[row], options.WindowSamples).LastIndexOf((short)mine.Labels[row]);
                    return ends[recording][mine.StartSample[row] + inWindow];
                }),
            ]);
    }

    /// <summary>
    /// Divides the wearer's windows into blocks of time within each activity: for a block its judged rows, and all rows that share no
    /// sample with any window of it.
    /// </summary>
    public IEnumerable<(List<int> Judged, List<int> Learned)> Blocks(int count)
    {
        var block = new int[Table.Rows];
        foreach (var rows in Own.OrderBy(row => Table.RecordingOfRow[row]).ThenBy(row => Table.StartSample[row]).GroupBy(row => Table.Labels[row]).Select(g => g.ToList()))
        {
            for (var i = 0; i < rows.Count; i++)
            {
                block[rows[i]] = (int)((long)i * count / rows.Count);
            }
        }

        for (var b = 0; b < count; b++)
        {
            var inside = Own.Where(row => block[row] == b).ToLookup(row => Table.RecordingOfRow[row]);
            yield return (
                [.. Own.Where(row => block[row] == b && IsJudged[row])],
                [
                    .. Own.Where(row => block[row] != b
                        && inside[Table.RecordingOfRow[row]].All(other => Math.Abs(Table.StartSample[other] - Table.StartSample[row]) >= windowSamples)),
                ]);
        }
    }

    private static Recording Silent(Recording recording)
    {
        var labels = new short[recording.SampleCount];
        Array.Fill(labels, (short)-1);
        return recording with { Labels = labels };
    }

    // For each sample how much of its activity there is up to and including it.
    private static double[][] EndSecondsOf(IReadOnlyList<Recording> recordings)
    {
        var samples = new Dictionary<short, int>();
        return
        [
            .. recordings.Select(recording => Array.ConvertAll(recording.Labels, label =>
            {
                var sofar = samples.GetValueOrDefault(label) + 1;
                samples[label] = sofar;
                return (double)sofar / SensorScale.SampleRateHz;
            })),
        ];
    }
}
