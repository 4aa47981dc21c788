using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Distillation.Calibration;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Teachers;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Experiments;

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
    private readonly Dictionary<(int Variation, int Fold), float[][]> taught = [];
    private readonly int[] present;

    /// <param name="options">Data, seed, window and hop of the search.</param>
    /// <param name="split">People to learn from.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="progress">Told what is computed.</param>
    public SearchTrainingSets(TrainingOptions options, DataSplit split, IReadOnlyList<string> classes, IProgress<StepProgress>? progress)
    {
        this.options = options;
        this.split = split;
        this.classes = classes;
        Windows = TrainingWindows.Of(split, classes, options with { Recipe = options.Recipe with { Variation = WearAugmentation.None } }, progress);
        FoldsOfPeople = new CrossFitFolds(Windows.TrainingSet, Folds, options.Seed);
        Prices = FeaturePrices.Measure(split.Train, options.WindowSamples, options.HopSamples, split.Upright);
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
            ? TeacherPredictions.InContext(trainingSet, Taught(variation, fold, trainingSet, progress, cancellation), point.Recipe)
            : (Labels(trainingSet), null);
        var wanted = options with { Recipe = point.Recipe, MostBytes = goal.MostBytes, MostInstructions = goal.MostInstructions };
        return wanted.DistillationOf(Windows.Layout, trainingSet, softLabels, context is not null, Prices) with { Upright = split.Upright };
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
    private float[][] Taught(int variation, int fold, WindowTable trainingSet, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        if (!taught.TryGetValue((variation, fold), out var soft))
        {
            var device = Windows.Device;
            var known = FoldsOfPeople.Rows(device, fold).Learned.Where(row => device.Labels[row] >= 0).ToList();
            var inner = new CrossFitFolds(trainingSet, InnerFolds, options.Seed);
            var result = TeacherChoice.Auto.Make(Windows.Layout, options.Range)
                .TrainAndCrossFit(device.Select(known), inner, options.Seed, trainingSet, progress, cancellation);
            result.Teacher.Dispose();
            taught[(variation, fold)] = soft = result.FurtherSoftLabels!;
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
