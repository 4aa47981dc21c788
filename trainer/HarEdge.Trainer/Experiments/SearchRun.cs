using System.Globalization;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Experiments;

/// <summary>
/// Searches students for every goal of the ladder in turn, on training people only: test people are never looked at. Stopped and
/// started again it goes on with the next trial and comes to the same end.
/// </summary>
internal static class SearchRun
{
    /// <summary>Runs trials until there are <paramref name="trials"/> in the log.</summary>
    /// <param name="options">Data, seed, test people and the like; its budget and recipe are what is searched.</param>
    /// <param name="log">Trials so far; each further one is added as it ends.</param>
    /// <param name="trials">Trials in all.</param>
    /// <param name="progress">Told the number of trials done, and the best so far.</param>
    /// <param name="cancellation">Stops between folds; the trial under way is dropped.</param>
    public static void Execute(TrainingOptions options, TrialLog log, int trials, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var classes = ClassUnion.Choose(options.Data, options.Classes);
        var split = SplitOf(options, classes);
        var trainingSet = new Dictionary<int, SearchTrainingSets>();
        var estimator = new TreeParzenEstimator(SearchPoint.Parameters);
        for (var number = log.Trials.Count; number < trials; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("search", (double)number / trials, BestSoFar(log.Trials, number, trials)));
            var goal = Goal.Ladder[number % Goal.Ladder.Count];
            var values = number < Goal.Ladder.Count ? SearchPoint.Defaults : estimator.Propose(HistoryOf(log.Trials), options.Seed, number);
            var window = SearchPoint.Of(values).WindowSamples;
            if (!trainingSet.TryGetValue(window, out var shared))
            {
                shared = new SearchTrainingSets(options with { WindowSamples = window, HopSamples = window / 2 }, split, classes, progress);
                trainingSet[window] = shared;
            }

            log.Add(new TrialRun(shared, log.Trials).Run(number, goal, SearchPoint.Of(values), values, progress, cancellation));
        }

        progress?.Report(new StepProgress("search", 1, BestSoFar(log.Trials, trials, trials)));
    }

    /// <summary>What a search is on: equal for equal searches.</summary>
    public static string SubjectOf(TrainingOptions options)
    {
        var classes = ClassUnion.Choose(options.Data, options.Classes);
        var data = string.Join(" + ", options.Data.Select(DataManifest.Of).Select(manifest => $"{manifest.Name} {manifest.ContentSha256[..12]}"));
        return string.Create(CultureInfo.InvariantCulture, $"{data}; {string.Join(' ', classes)}; {SplitOf(options, classes).Name}; seed {options.Seed}");
    }

    /// <summary>People to learn from and people never looked at.</summary>
    internal static DataSplit SplitOf(TrainingOptions options, IReadOnlyList<string> classes)
    {
        var split = DataSplit.Of(
            options.Data, [.. options.Data.Select(set => ClassUnion.Relabel(set, classes))], options.TestSubjects, options.WindowSamples);
        return options.WearCalibration
            ? CalibratedWear.Of(split, classes, WearCalibration.NominalGravity(split.Train, classes), options.Range)
            : split;
    }

    // Goals differ in what can be reached: a trial is as good as its rank among those of its own goal. One given up counts with
    // what it had, one that failed is last.
    private static List<(IReadOnlyList<double> Values, double Score)> HistoryOf(IReadOnlyList<Trial> trials) =>
        [.. trials.GroupBy(trial => trial.Goal).SelectMany(group =>
        {
            var ranked = group.OrderBy(trial => trial.IsComplete).ThenBy(trial => trial.Accuracy).ThenByDescending(trial => trial.Number).ToList();
            return ranked.Select((trial, rank) => (trial.Number, trial.Values, Score: (rank + 1.0) / ranked.Count));
        }).OrderBy(entry => entry.Number).Select(entry => (entry.Values, entry.Score))];

    private static string BestSoFar(IReadOnlyList<Trial> trials, int number, int all)
    {
        var best = trials.Where(trial => trial.IsComplete).MaxBy(trial => trial.Accuracy);
        return string.Create(CultureInfo.InvariantCulture, $"{number} of {all}")
            + (best is null ? "" : string.Create(CultureInfo.InvariantCulture, $", best {best.Accuracy:P2} at {best.Instructions:N0} instructions"));
    }
}
