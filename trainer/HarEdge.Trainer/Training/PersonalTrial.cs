using HarEdge.Core;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>
/// Decides how much of other people's data to blend into one wearer's, by cross-validation over blocks of the wearer's time, and tells
/// what more recording would bring. Linear students by labels alone: they are the ones that learn from little.
/// </summary>
internal sealed class PersonalTrial
{
    private const int Blocks = 3;
    private static readonly int[] CurveSeconds = [0, 15, 30, 60];

    private readonly TrainingOptions options;
    private readonly PersonalSplit split;
    private readonly OwnWindows windows;
    private readonly DistillationInput trainingSet;
    private readonly IProgress<StepProgress>? progress;
    private readonly CancellationToken cancellation;
    private int fits;

    private PersonalTrial(TrainingOptions options, PersonalSplit split, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        this.options = options;
        this.split = split;
        this.progress = progress;
        this.cancellation = cancellation;
        windows = OwnWindows.Of(split.Others, split.Own, split.Classes, options);
        if (windows.Table.Rows == windows.PublicRows || windows.Later.Rows == 0)
        {
            throw new InputException(
                $"{split.Wearer} has no window to learn from or to judge: too little of each activity is recorded.",
                "Record 15 to 60 seconds of each activity, without a pause inside.");
        }

        var prices = FeaturePrices.Measure(windows.Layout, [.. split.Own.Train], options.WindowSamples, options.HopSamples);
        float[][] labels = [.. windows.Table.Labels.Select(label => OneHot(label, split.Classes.Count))];
        trainingSet = options.DistillationOf(windows.Layout, windows.Table, labels, inContext: false, prices, hasUnknownRule: false) with { DistillationWeight = 0 };
    }

    /// <summary>Runs the study.</summary>
    /// <param name="options">Window, budget and recipe.</param>
    /// <param name="split">The wearer's recordings and everybody else's.</param>
    /// <param name="progress">Receives the share of the fits done.</param>
    /// <param name="cancellation">Checked between fits.</param>
    /// <exception cref="InputException">The wearer recorded too little.</exception>
    public static PersonalStudy Run(TrainingOptions options, PersonalSplit split, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        new PersonalTrial(options, split, progress, cancellation).Run();

    private PersonalStudy Run()
    {
        var tried = PersonalBlend.Shares.Where(share => share == 0 || windows.PublicRows > 0).Select(share => (Share: share, Said: CrossValidated(share))).ToList();
        var blends = tried.Select(blend => new BlendScore(blend.Share, Accuracy(windows.Table, blend.Said))).ToList();
        var best = PersonalBlend.Choose(blends, windows.Own.Count(row => windows.IsJudged[row]));
        OwnClass[] classes = [.. OwnClasses(tried.First(blend => blend.Share == best).Said)];
        return new PersonalStudy
        {
            Wearer = split.Wearer,
            PublicShare = best,
            Blends = blends,
            Curve = [.. Curve(best)],
            Classes = classes,
            Advice = RecordingAdvice.Of(classes),
        };
    }

    // Row → class, over all blocks.
    private Dictionary<int, int> CrossValidated(double share)
    {
        if (share == 1)
        {
            return Say(Learn([], share)!, windows.Table, windows.Own.Where(row => windows.IsJudged[row]));
        }

        var said = new Dictionary<int, int>();
        foreach (var (judged, learned) in windows.Blocks(Blocks))
        {
            if (judged.Count > 0 && Learn(learned, share) is { } model)
            {
                foreach (var (row, label) in Say(model, windows.Table, judged))
                {
                    said[row] = label;
                }
            }
        }

        return said;
    }

    private IEnumerable<CurvePoint> Curve(double share)
    {
        var most = windows.Own.Max(windows.EndSeconds);
        var steps = CurveSeconds.Where(seconds => seconds < most && (seconds > 0 || windows.PublicRows > 0)).Append((int)Math.Round(most)).Distinct();
        foreach (var seconds in steps)
        {
            var own = windows.Own.Where(row => windows.EndSeconds(row) <= seconds + 0.5).ToList();
            var alone = Learn(own, 0);
            var blended = share == 0 && own.Count > 0 ? alone : Learn(own, own.Count == 0 ? 1 : share);
            yield return new CurvePoint(
                seconds,
                alone is null ? null : Accuracy(windows.Later, Say(alone, windows.Later, Enumerable.Range(0, windows.Later.Rows))),
                Accuracy(windows.Later, Say(blended!, windows.Later, Enumerable.Range(0, windows.Later.Rows))));
        }
    }

    private FixedPointModel? Learn(List<int> own, double share)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new StepProgress($"{split.Wearer}: what own recordings are worth", Math.Min(0.99, fits++ / 22.0)));
        int[] rows = [.. share == 0 ? [] : windows.Public, .. share == 1 ? [] : own];
        if (rows.Length == 0)
        {
            return null;
        }

        var selected = trainingSet.Select(rows);
        return new LinearStudent(options.Recipe.Linear).Distil(selected with { Weights = new PersonalBlend(split.Wearer, share).WeightsOf(selected.Table) }).Model;
    }

    private Dictionary<int, int> Say(FixedPointModel model, WindowTable table, IEnumerable<int> rows)
    {
        var evaluator = new ModelEvaluator(model, windows.Layout);
        return rows.ToDictionary(row => row, row => evaluator.Evaluate(table.Row(row)).WindowClass);
    }

    private static double Accuracy(WindowTable table, Dictionary<int, int> said) =>
        said.Count == 0 ? 0 : said.Average(answer => answer.Value == table.Labels[answer.Key] ? 1.0 : 0.0);

    private IEnumerable<OwnClass> OwnClasses(Dictionary<int, int> said)
    {
        for (var c = 0; c < split.Classes.Count; c++)
        {
            var own = windows.Own.Where(row => windows.Table.Labels[row] == c).ToList();
            var answers = said.Where(answer => windows.Table.Labels[answer.Key] == c).Select(answer => answer.Value).ToList();
            var taken = answers.Where(answer => answer != c).GroupBy(answer => answer).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault();
            yield return new OwnClass(
                split.Classes[c],
                own.Count == 0 ? 0 : own.Max(windows.EndSeconds),
                answers.Count == 0 ? double.NaN : answers.Average(answer => answer == c ? 1.0 : 0.0),
                taken is null ? null : split.Classes[taken.Key]);
        }
    }

    private static float[] OneHot(int label, int classes)
    {
        var labels = new float[classes];
        labels[label] = 1;
        return labels;
    }
}

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
