using System.Globalization;
using System.Text.Json;
using HarEdge.Trainer.Experiments;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Learning.Learners;

namespace HarEdge.Trainer.Tables;

/// <summary>
/// Looks for the best learner and its settings by the tree-structured Parzen estimator, on the parts that fit the table (people, or blocks of rows); hopeless trials end early, and a search that
/// is stopped goes on. The accuracy it reports is honest about the choice: each part is judged by the trial that was best on the others.
/// </summary>
internal static class TableSearch
{
    /// <summary>Name of the file of trials.</summary>
    public const string TrialsFileName = "table-trials.jsonl";

    // A trial so far behind the median of earlier ones on the same parts is given up, once there are some to compare with.
    private const int TrialsBeforePruning = 5;
    private const double PrunedBehind = 0.01;

    private static readonly TableLearnerKind[] Kinds =
        [TableLearnerKind.Linear, TableLearnerKind.Svc, TableLearnerKind.ExtraTrees, TableLearnerKind.Forest, TableLearnerKind.LightGbm, TableLearnerKind.Logistic];

    /// <summary>What is chosen.</summary>
    public static readonly IReadOnlyList<Parameter> Parameters =
    [
        Parameter.Choice("learner", Kinds.Length),
        new("shrinkage", 0.005, 0.9, IsLogarithmic: true),
        new("cost", 0.3, 300, IsLogarithmic: true),
        new("width", 0.1, 10, IsLogarithmic: true),
        new("columnShare", 0.02, 0.6, IsLogarithmic: true),
        new("leastLeaf", 1, 12, IsLogarithmic: true),
        new("leaves", 4, 40, IsLogarithmic: true),
        new("rate", 0.03, 0.3, IsLogarithmic: true),
        new("iterations", 60, 400, IsLogarithmic: true),
        new("penalty", 0.03, 30, IsLogarithmic: true),
    ];

    /// <summary>The learner of a trial's values.</summary>
    public static TableLearner LearnerOf(IReadOnlyList<double> values) => Kinds[(int)values[0]] switch
    {
        TableLearnerKind.Linear => new DiscriminantLearner(values[1]),
        TableLearnerKind.Svc => new SupportVectorLearner(values[2], values[3]),
        TableLearnerKind.ExtraTrees => new ForestLearner(isExtra: true, columnShare: values[4], leastLeaf: (int)Math.Round(values[5])),
        TableLearnerKind.Forest => new ForestLearner(isExtra: false, columnShare: values[4], leastLeaf: (int)Math.Round(values[5])),
        TableLearnerKind.LightGbm => new BoostingLearner((int)Math.Round(values[8]), (int)Math.Round(values[6]), values[7], values[4]),
        _ => new LogisticLearner(values[9]),
    };

    /// <summary>Runs trials until there are so many, each written when it ends.</summary>
    /// <param name="train">Labelled examples to learn from.</param>
    /// <param name="folder">Folder of the search.</param>
    /// <param name="subject">What is searched on; equal for equal searches.</param>
    /// <param name="trials">Trials in all.</param>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="progress">Receives the best so far.</param>
    /// <param name="cancellation">Ends the search between parts.</param>
    public static IReadOnlyList<TableTrial> Execute(
        FeatureTable train, string folder, string subject, int trials, int seed, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        var log = Open(folder, subject);
        var folds = TableFolds.Of(train, TableTraining.FoldCount(train), seed);
        var estimator = new TreeParzenEstimator(Parameters);
        while (log.Count < trials)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("searching", (double)log.Count / trials, string.Create(CultureInfo.InvariantCulture, $"trial {log.Count + 1} of {trials}"))
            {
                Best = log.Where(trial => trial.IsComplete).MaxBy(trial => trial.Accuracy)?.Accuracy,
            });
            var values = estimator.Propose([.. log.Select(trial => ((IReadOnlyList<double>)trial.Values, trial.Accuracy))], seed, log.Count);
            var trial = RunTrial(train, folds, values, log, seed, cancellation);
            File.AppendAllText(Path.Combine(folder, TrialsFileName), JsonSerializer.Serialize(trial) + "\n");
            log.Add(trial);
        }

        return log;
    }

    /// <summary>The trial to train: the most accurate complete one.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static TableTrial Best(IReadOnlyList<TableTrial> trials) => trials.Where(trial => trial.IsComplete).MaxBy(trial => (trial.Accuracy, -trial.Number))
        ?? throw new InputException("The search has no complete trial.", "Run it with more --trials.");

    /// <summary>Accuracy when each part is judged by the trial that was best on the others: free of the luck of choosing among many, but for the parameters proposed by all parts.</summary>
    public static double HonestAccuracy(IReadOnlyList<TableTrial> trials)
    {
        var complete = trials.Where(trial => trial.IsComplete).ToList();
        var rows = complete[0].FoldRows;
        double right = 0;
        for (var fold = 0; fold < rows.Count; fold++)
        {
            var chosen = complete.MaxBy(trial => (Enumerable.Range(0, rows.Count).Where(other => other != fold).Sum(other => trial.FoldRight[other]), -trial.Number))!;
            right += chosen.FoldRight[fold];
        }

        return right / rows.Sum();
    }

    /// <summary>Reads the trials of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="subject">What is searched on; null accepts any.</param>
    /// <exception cref="InputException">They are of another search, or damaged.</exception>
    public static List<TableTrial> Open(string folder, string? subject)
    {
        var path = Path.Combine(folder, TrialsFileName);
        if (!File.Exists(path))
        {
            if (subject is null)
            {
                throw new InputException($"'{folder}' holds no search on a table: {TrialsFileName} is missing.", "Make one with haredge search --data TABLE --label COLUMN --out FOLDER.", 2);
            }

            Directory.CreateDirectory(folder);
            File.WriteAllText(path, JsonSerializer.Serialize(subject) + "\n");
            return [];
        }

        // A last line without its end was being written when the search was stopped.
        var text = File.ReadAllText(path);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            var found = JsonSerializer.Deserialize<string>(lines.FirstOrDefault("\"\""))!;
            if (subject is not null && found != subject)
            {
                throw new InputException($"'{path}' belongs to another search ({found}).", "Give another folder with --out, or the data and the seed of that search.", 2);
            }

            if (whole.Length < text.Length)
            {
                File.WriteAllText(path, whole);
            }

            return [.. lines.Skip(1).Select(line => JsonSerializer.Deserialize<TableTrial>(line)!)];
        }
        catch (JsonException e)
        {
            throw new InputException($"'{path}' is damaged: {JsonFault.Words(e)}.", "Remove the damaged line, or give another folder with --out.", inner: e);
        }
    }

    /// <summary>The best trials as a table.</summary>
    public static IEnumerable<ReportTable> Tables(string name, IReadOnlyList<TableTrial> trials)
    {
        const int Shown = 10;
        yield return new ReportTable(
            $"Search on {name}: {trials.Count} trials, {trials.Count(trial => trial.IsPruned)} given up early; the choice is honestly worth {ReportTable.Percent(HonestAccuracy(trials))}",
            ["trial", "accuracy", "learner", "settings"],
            [.. trials.Where(trial => trial.IsComplete).OrderByDescending(trial => trial.Accuracy).ThenBy(trial => trial.Number).Take(Shown).Select(trial => (string[])
                [trial.Number.ToString(CultureInfo.InvariantCulture), ReportTable.Percent(trial.Accuracy), LearnerOf(trial.Values).Name, Settings(trial.Values)])]);
    }

    private static string Settings(IReadOnlyList<double> values)
    {
        int[] used = Kinds[(int)values[0]] switch
        {
            TableLearnerKind.Linear => [1],
            TableLearnerKind.Svc => [2, 3],
            TableLearnerKind.ExtraTrees or TableLearnerKind.Forest => [4, 5],
            TableLearnerKind.LightGbm => [4, 6, 7, 8],
            _ => [9],
        };
        return string.Join(", ", used.Select(p => FormattableString.Invariant($"{Parameters[p].Name} {values[p]:0.###}")));
    }

    private static TableTrial RunTrial(FeatureTable train, TableFolds folds, double[] values, List<TableTrial> earlier, int seed, CancellationToken cancellation)
    {
        var learner = LearnerOf(values);
        List<int> right = [], rows = [];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (judged, learned) = folds.Rows(fold);
            using var trained = learner.Learn(
                RowSample.PickColumns(train.Values, learned), RowSample.Pick(train.Labels, learned), train.Classes.Count, seed, cancellation);
            var best = trained.Score(RowSample.PickColumns(train.Values, judged)).BestClasses();
            right.Add(best.Where((c, i) => c == train.Labels[judged[i]]).Count());
            rows.Add(judged.Length);
            if (fold + 1 < folds.Count && IsHopeless(right, rows, earlier))
            {
                return new TableTrial(earlier.Count, values, right, rows, IsPruned: true);
            }
        }

        return new TableTrial(earlier.Count, values, right, rows, IsPruned: false);
    }

    private static bool IsHopeless(List<int> right, List<int> rows, List<TableTrial> earlier)
    {
        double[] sofar = [.. earlier.Where(trial => trial.FoldRight.Count >= right.Count).Select(trial => trial.FoldRight.Take(right.Count).Sum() / (double)rows.Sum()).Order()];
        return sofar.Length >= TrialsBeforePruning && right.Sum() / (double)rows.Sum() < sofar[sofar.Length / 2] - PrunedBehind;
    }
}

/// <summary>One trial of a search.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Values">In the order of <see cref="TableSearch.Parameters"/>.</param>
/// <param name="FoldRight">Rows right in each part it was tried on.</param>
/// <param name="FoldRows">Rows of these parts.</param>
/// <param name="IsPruned">Given up early.</param>
internal sealed record TableTrial(int Number, IReadOnlyList<double> Values, IReadOnlyList<int> FoldRight, IReadOnlyList<int> FoldRows, bool IsPruned)
{
    /// <summary>Share of the rows it was tried on.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double Accuracy => FoldRows.Count == 0 ? 0 : FoldRight.Sum() / (double)FoldRows.Sum();

    /// <summary>Tried on all parts.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsComplete => !IsPruned;
}
