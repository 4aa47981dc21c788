using System.Globalization;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Teachers;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Experiments;

/// <summary>
/// Searches students for every goal of the ladder in turn, on training people only: test people are never used. Stopped and
/// started again it goes on with the next trial and comes to the same end.
/// </summary>
internal static class SearchRun
{
    // Of a trial's time, where windows of its length are cut first.
    private const double SetsShare = 0.1;

    /// <summary>Runs trials until there are <paramref name="trials"/> in the log.</summary>
    /// <param name="options">Data, seed, test people and the like; its budget and recipe are what is searched.</param>
    /// <param name="log">Trials so far; each further one is added as it ends.</param>
    /// <param name="trials">Trials in all.</param>
    /// <param name="progress">Receives the number of trials done, and the best so far.</param>
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
            var step = StepOf(log.Trials, number, trials);
            progress?.Report(step);
            var job = new JobProgress(progress, step, 1.0 / trials);
            var goal = Goal.Ladder[number % Goal.Ladder.Count];
            var values = number < Goal.Ladder.Count ? SearchPoint.Defaults : estimator.Propose(HistoryOf(log.Trials), options.Seed, number);
            var window = SearchPoint.Of(values).WindowSamples;
            if (!trainingSet.TryGetValue(window, out var shared))
            {
                shared = new SearchTrainingSets(options with { WindowSamples = window, HopSamples = window / 2 }, split, classes, new JobProgress(progress, step, SetsShare / trials));
                trainingSet[window] = shared;
            }

            log.Add(new TrialRun(shared, log.Trials).Run(number, goal, SearchPoint.Of(values), values, job, cancellation));
        }

        progress?.Report(StepOf(log.Trials, trials, trials));
    }

    /// <summary>What a search is on: equal for equal searches.</summary>
    public static string SubjectOf(TrainingOptions options)
    {
        var classes = ClassUnion.Choose(options.Data, options.Classes);
        var data = string.Join(" + ", options.Data.Select(DataManifest.Of).Select(manifest => $"{manifest.Name} {manifest.ContentSha256[..12]}"));
        return string.Create(CultureInfo.InvariantCulture, $"{data}; {string.Join(' ', classes)}; {SplitOf(options, classes).Name}; seed {options.Seed}");
    }

    /// <summary>People to learn from and people never used.</summary>
    internal static DataSplit SplitOf(TrainingOptions options, IReadOnlyList<string> classes)
    {
        var split = DataSplit.Of(
            options.Data, [.. options.Data.Select(set => ClassUnion.Relabel(set, classes))], options.TestSubjects, options.WindowSamples);
        return CalibratedWear.Chosen(options, split, classes, WearCalibration.NominalGravity(split.Train, classes));
    }

    // Goals differ in what can be reached: a trial is as good as its rank among those of its own goal. One given up counts with
    // what it had, one that failed is last.
    private static List<(IReadOnlyList<double> Values, double Score)> HistoryOf(IReadOnlyList<Trial> trials) =>
        [.. trials.GroupBy(trial => trial.Goal).SelectMany(group =>
        {
            var ranked = group.OrderBy(trial => trial.IsComplete).ThenBy(trial => trial.Accuracy).ThenByDescending(trial => trial.Number).ToList();
            return ranked.Select((trial, rank) => (trial.Number, trial.Values, Score: (rank + 1.0) / ranked.Count));
        }).OrderBy(entry => entry.Number).Select(entry => (entry.Values, entry.Score))];

    private static StepProgress StepOf(IReadOnlyList<Trial> trials, int number, int all) =>
        new("search", (double)number / all, string.Create(CultureInfo.InvariantCulture, $"trial {Math.Min(number + 1, all)} of {all}"))
        {
            Best = trials.Where(trial => trial.IsComplete).MaxBy(trial => trial.Accuracy)?.Accuracy,
        };
}

/// <summary>Runs one trial fold by fold on training people, until it is done or hopeless.</summary>
/// <param name="trainingSet">What trials with this window length share.</param>
/// <param name="earlier">Trials before this one.</param>
internal sealed class TrialRun(SearchTrainingSets trainingSet, IReadOnlyList<Trial> earlier)
{
    // Of a fold's time, where a teacher learns first.
    private const double TeacherShare = 0.3;

    /// <summary>Runs it.</summary>
    public Trial Run(
        int number, Goal goal, SearchPoint point, IReadOnlyList<double> values, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var student = point.Recipe.FormOf(point.Student);
        var accuracies = new List<double>();
        var instructions = new List<double>();
        var bytes = new List<double>();
        var isPruned = false;
        string? failure = null;
        for (var fold = 0; fold < trainingSet.FoldsOfPeople.Count && !isPruned && failure is null; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                // What is learned from is made first, and mostly by the first trials.
                var part = new JobProgress(progress, new StepProgress("", (double)fold / trainingSet.FoldsOfPeople.Count), 1.0 / trainingSet.FoldsOfPeople.Count);
                var input = trainingSet.Without(fold, point, goal, new JobProgress(part, new StepProgress("", 0), TeacherShare), cancellation);
                var model = student.Distil(input with { Progress = done => part.Report(new StepProgress(student.Kind, TeacherShare + ((1 - TeacherShare) * done))) }).Model;
                Judge(model, fold, accuracies, instructions);
                bytes.Add(ModelSize.Of(model).Bytes);
                isPruned = accuracies.Count < trainingSet.FoldsOfPeople.Count && MedianStopping.IsHopeless(accuracies, earlier.Where(trial => trial.Goal == goal));
            }
            catch (InputException e)
            {
                // A budget too small for this form, say: one trial's failure is not the search's.
                failure = e.Message;
            }
        }

        return new Trial
        {
            Number = number,
            Goal = goal,
            Values = values,
            FoldAccuracies = accuracies,
            Instructions = instructions.Count == 0 ? 0 : Math.Round(instructions.Average()),
            Bytes = bytes.Count == 0 ? 0 : Math.Round(bytes.Average()),
            IsPruned = isPruned,
            Failure = failure,
        };
    }

    private void Judge(FixedPointModel model, int fold, List<double> accuracies, List<double> instructions)
    {
        var device = trainingSet.Windows.Device;
        var evaluator = new ModelEvaluator(model, trainingSet.Windows.Layout);
        var ofStage = new int[model.Stages.Count];
        int right = 0, labelled = 0;
        foreach (var row in trainingSet.FoldsOfPeople.Rows(device, fold).Judged.Where(row => device.Labels[row] >= 0))
        {
            var answer = evaluator.Evaluate(device.Row(row));
            ofStage[answer.Stage]++;
            labelled++;
            right += answer.WindowClass == device.Labels[row] ? 1 : 0;
        }

        accuracies.Add(Math.Round((double)right / Math.Max(1, labelled), 6));
        instructions.Add(trainingSet.InstructionsOf(model, ofStage));
    }
}

/// <summary>
/// Gives up a trial whose accuracy so far is below the median of what complete trials of the same goal had at that point (Golovin
/// and others, Google Vizier, KDD 2017).
/// </summary>
internal static class MedianStopping
{
    // A median of fewer says nothing.
    private const int LeastComplete = 4;

    /// <summary>Whether to give up.</summary>
    /// <param name="foldAccuracies">Of the running trial, at least one.</param>
    /// <param name="earlier">Trials of the same goal.</param>
    public static bool IsHopeless(IReadOnlyList<double> foldAccuracies, IEnumerable<Trial> earlier)
    {
        var folds = foldAccuracies.Count;
        var there = earlier.Where(trial => trial.IsComplete).Select(trial => trial.FoldAccuracies.Take(folds).Average()).Order().ToList();
        return there.Count >= LeastComplete && foldAccuracies.Average() < there[there.Count / 2];
    }
}

/// <summary>
/// What every trial with one window length shares: windows, prices, and what teachers who never saw a fold's people say about the
/// others' windows. Everything is computed when a trial first asks for it.
/// </summary>
internal sealed class SearchTrainingSets
{
    private const int Folds = 4;
    private const int InnerFolds = 3;

    private readonly TrainingOptions options;
    private readonly DataSplit split;
    private readonly IReadOnlyList<string> classes;
    private readonly Dictionary<int, WindowTable> versions = [];
    private readonly Dictionary<(int Variation, int Fold), float[][]> predicted = [];
    private readonly int[] present;

    /// <param name="options">Data, seed, window and hop of the search.</param>
    /// <param name="split">People to learn from.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="progress">Receives what is computed.</param>
    public SearchTrainingSets(TrainingOptions options, DataSplit split, IReadOnlyList<string> classes, IProgress<StepProgress>? progress)
    {
        this.options = options;
        this.split = split;
        this.classes = classes;
        Windows = TrainingWindows.Of(split, classes, options with { Recipe = options.Recipe with { Variation = WearAugmentation.None } }, progress);
        FoldsOfPeople = new CrossFitFolds(Windows.TrainingSet, Folds, options.Seed);
        Prices = FeaturePrices.Measure(Windows.Layout, split.Train, options.WindowSamples, options.HopSamples);
        present = [.. UnknownLimits.Features.Select(name => Windows.Layout.Find(name).Index)];
    }

    /// <summary>Windows of the recordings as they are.</summary>
    public TrainingWindows Windows { get; }

    /// <summary>Folds of training people.</summary>
    public CrossFitFolds FoldsOfPeople { get; }

    /// <summary>Prices of the features.</summary>
    public FeaturePrices Prices { get; }

    /// <summary>What a student learns from when a fold's people are left out.</summary>
    public DistillationInput Without(int fold, SearchPoint point, Goal goal, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var variation = SearchPoint.Variations.ToList().IndexOf(point.Recipe.Variation);
        var table = Of(variation, progress);
        var learned = FoldsOfPeople.Rows(table, fold).Learned;
        var trainingSet = table.Select(learned);
        var (softLabels, context) = point.Recipe.ShareOf(point.Recipe.InContext) > 0
            ? TeacherPredictions.InContext(trainingSet, Predicted(variation, fold, trainingSet, progress, cancellation), point.Recipe)
            : (Labels(trainingSet), null);
        var wanted = options with { Recipe = point.Recipe, MostBytes = goal.MostBytes, MostInstructions = goal.MostInstructions };
        return wanted.DistillationOf(Windows.Layout, trainingSet, softLabels, context is not null, Prices);
    }

    /// <summary>Instructions a decision of a model costs by the prices of its features.</summary>
    public double InstructionsOf(FixedPointModel model, IReadOnlyList<int> windowsOfStage) =>
        ModelPrice.Of(model, Windows.Layout, Prices, present, windowsOfStage);

    private WindowTable Of(int variation, IProgress<StepProgress>? progress)
    {
        if (!versions.TryGetValue(variation, out var table))
        {
            var recipe = options.Recipe with { Variation = SearchPoint.Variations[variation] };
            table = Windows.TrainingSetWithAugmentation(split, options with { Recipe = recipe }, progress);
            versions[variation] = table;
        }

        return table;
    }

    // The teacher of a fold's trial must not know the fold's people, nor the wearer of the window it speaks about.
    private float[][] Predicted(int variation, int fold, WindowTable trainingSet, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        if (!predicted.TryGetValue((variation, fold), out var soft))
        {
            var device = Windows.Device;
            var known = FoldsOfPeople.Rows(device, fold).Learned.Where(row => device.Labels[row] >= 0).ToList();
            var inner = new CrossFitFolds(trainingSet, InnerFolds, options.Seed);
            var result = TeacherChoice.Auto.Make(Windows.Layout, options.Range)
                .TrainAndCrossFit(device.Select(known), inner, options.Seed, trainingSet, progress, cancellation);
            result.Teacher.Dispose();
            predicted[(variation, fold)] = soft = result.FurtherSoftLabels!;
        }

        return soft;
    }

    private static float[][] Labels(WindowTable table) => [.. table.Labels.Select(label =>
    {
        var one = new float[table.Classes.Count];
        one[label] = 1;
        return one;
    })];
}
