using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Experiments;

/// <summary>
/// What each part of the recipe is worth: the default recipe, and the same with one thing left out or done otherwise, each by the
/// same cross-validation on training people.
/// </summary>
internal static class Ablation
{
    private static readonly Variant[] Variants =
    [
        new("the default recipe", new()),
        new("labels alone, no teacher", new StudentRecipe().WithDistillationWeight(0)),
        new("teacher alone, no labels", new StudentRecipe().WithDistillationWeight(1)),
        new("teacher without temporal context", new() { InContext = false }),
        new("teacher softened, temperature 2", new() { Temperature = 2 }),
        new("recordings alone, no further versions", new() { Variation = SearchPoint.Variations[1] }),
        new("one version instead of two", new() { Variation = SearchPoint.Variations[4] }),
        new("one mild version: 3°, 1 %, 10 mg, 1 °/s", new() { Variation = SearchPoint.Variations[2] }),
        new("versions at other speeds, too: 5 %", new() { Variation = SearchPoint.Variations[3] }),
        new("the device's own hop, no windows in between", new() { WindowsPerHop = 1 }),
        new("features judged on one halving of the people, not eight", new() { Linear = new() { Halvings = 1 } }),
        new("logistic regression alone, no discriminant", new() { Linear = new() { DiscriminantShare = 0 } }),
        new("linear discriminant alone", new() { Linear = new() { DiscriminantShare = 1 } }),
        new("trees that correct the linear scores", new(), StudentChoice.Mixed),
        new("no products of two channels", new() { WithoutKernels = ["Covariance"] }),
        new("no autocovariances", new() { WithoutKernels = ["Autocovariance"] }),
        new("no single frequencies", new() { WithoutKernels = ["Goertzel"] }),
    ];

    /// <summary>Runs every variant.</summary>
    /// <param name="options">Data, seed, window and hop.</param>
    /// <param name="profile">Budget of the students.</param>
    /// <param name="progress">Receives which variant runs.</param>
    /// <param name="cancellation">Checked between folds.</param>
    public static IReadOnlyList<AblationLine> Run(
        TrainingOptions options, Profile profile, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var classes = ClassUnion.Choose(options.Data, options.Classes);
        var split = SearchRun.SplitOf(options, classes);
        var trainingSet = new Dictionary<int, SearchTrainingSets>();
        double? best = null;
        return [.. Variants.Select((variant, number) =>
        {
            var step = new StepProgress("ablation", (double)number / Variants.Length, variant.Change) { Best = best };
            progress?.Report(step);
            var job = new JobProgress(progress, step, 1.0 / Variants.Length);
            if (!trainingSet.TryGetValue(variant.Recipe.WindowsPerHop, out var shared))
            {
                var cut = new StudentRecipe { WindowsPerHop = variant.Recipe.WindowsPerHop };
                trainingSet[variant.Recipe.WindowsPerHop] = shared = new SearchTrainingSets(options with { Recipe = cut }, split, classes, new JobProgress(progress, step, 0));
            }

            var point = new SearchPoint(options.WindowSamples, variant.Student, variant.Recipe);
            var trial = new TrialRun(shared, []).Run(number, profile.Budget, point, [], job, cancellation);
            best = best > trial.Accuracy ? best : trial.Accuracy;
            return new AblationLine(variant.Change, trial.Accuracy, trial.FoldAccuracies.DefaultIfEmpty().Min(), trial.Instructions, trial.Bytes);
        })];
    }

    private sealed record Variant(string Change, StudentRecipe Recipe, StudentChoice Student = StudentChoice.Linear);
}

/// <summary>A variant of the recipe and what came of it.</summary>
/// <param name="Change">What is different.</param>
/// <param name="Accuracy">Mean over the folds.</param>
/// <param name="WorstFold">Accuracy of the worst fold.</param>
/// <param name="Instructions">Mean instructions a decision.</param>
/// <param name="Bytes">Mean bytes of the models.</param>
internal sealed record AblationLine(string Change, double Accuracy, double WorstFold, double Instructions, double Bytes);
