using HarEdge.Trainer.Cost;
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
