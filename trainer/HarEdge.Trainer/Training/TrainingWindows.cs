using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>The windows a training run works on.</summary>
/// <param name="Layout">Features of the columns.</param>
/// <param name="TrainingSet">Labelled windows of training people at half the device's hop or as the recipe says, and of further versions of their recordings: more to learn from.</param>
/// <param name="Device">All windows of training people at the device's hop, unlabelled ones included.</param>
/// <param name="Test">Labelled windows of test people at the device's hop.</param>
internal sealed record TrainingWindows(
    FeatureLayout Layout, WindowTable TrainingSet, WindowTable Device, WindowTable Test)
{
    /// <summary>For each row of <see cref="Device"/> whether it is known to be none of the classes.</summary>
    public required IReadOnlyList<bool> IsOutOfClass { get; init; }

    /// <summary>All windows of test people at the device's hop, unlabelled ones included.</summary>
    public required WindowTable TestStream { get; init; }

    /// <summary>Share of a window's samples that must carry one label; see <see cref="WindowLabel"/>.</summary>
    public required double LeastLabelShare { get; init; }

    /// <summary>What the user must know about the labels.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// Cuts them. A window must lie wholly inside an activity; where an activity has no such window, the majority of its samples
    /// decides for all windows, and a note says so.
    /// </summary>
    /// <exception cref="InputException">A class has no window to learn from or to test on.</exception>
    public static TrainingWindows Of(
        DataSplit split, IReadOnlyList<string> classes, TrainingOptions options, IProgress<StepProgress>? progress)
    {
        var whole = Of(split, classes, options, WindowLabel.Whole, progress);
        var empty = whole.EmptyClasses;
        if (empty.Count == 0)
        {
            return whole;
        }

        var note = $"Too few windows lie wholly inside {string.Join(", ", empty)}: every window counts for the activity that fills most of it.";
        var majority = Of(split, classes, options, WindowLabel.Majority, progress) with { Notes = [note] };
        majority.RequireEveryClass(options);
        return majority;
    }

    private IReadOnlyList<string> EmptyClasses =>
        [.. Enumerable.Range(0, TrainingSet.Classes.Count).Where(c => !TrainingSet.Labels.Contains(c) || !Test.Labels.Contains(c)).Select(c => TrainingSet.Classes[c])];

    private static TrainingWindows Of(
        DataSplit split, IReadOnlyList<string> classes, TrainingOptions options, double labelShare, IProgress<StepProgress>? progress)
    {
        var fine = TrainingSetExtractor(split, options, labelShare);
        var all = fine.Extract(split.Train, classes, keepUnlabelled: true, progress);
        var test = new WindowExtractor(options.WindowSamples, options.HopSamples, labelShare, split.Upright)
            .Extract(split.Test, classes, keepUnlabelled: true, progress);
        var trainingSet = all.Labelled();
        trainingSet = WithVersions(trainingSet, fine, split, options, progress);
        var device = all.Select([.. Enumerable.Range(0, all.Rows).Where(row => WindowExtractor.IsOnHop(split.Train[all.RecordingOfRow[row]], all.StartSample[row], options.HopSamples))]);
        return new TrainingWindows(fine.Layout, trainingSet, device, test.Labelled())
        {
            TestStream = test,
            LeastLabelShare = labelShare,
            IsOutOfClass = OutOfClassWindows.Find(device, split.Train, options.WindowSamples, ClassUnion.OutOfClass),
        };
    }

    /// <summary>These training windows, made without versions, and those of the further versions that a recipe asks for.</summary>
    /// <param name="split">The recordings the training windows were cut from.</param>
    /// <param name="options">The options they were cut by, with the recipe's variation.</param>
    /// <param name="progress">Told the share of recordings done.</param>
    public WindowTable TrainingSetWithAugmentation(DataSplit split, TrainingOptions options, IProgress<StepProgress>? progress) =>
        WithVersions(TrainingSet, TrainingSetExtractor(split, options, LeastLabelShare), split, options, progress);

    private static WindowExtractor TrainingSetExtractor(DataSplit split, TrainingOptions options, double labelShare) =>
        WindowExtractor.Finer(options.WindowSamples, options.HopSamples, options.Recipe.WindowsPerHop, labelShare, split.Upright);

    // Versions of one person's recordings would lie in the blocks of time they are judged on.
    private static WindowTable WithVersions(
        WindowTable trainingSet, WindowExtractor fine, DataSplit split, TrainingOptions options, IProgress<StepProgress>? progress)
    {
        if (options.Recipe.Variation.Copies == 0 || trainingSet.Subjects.Count <= 1)
        {
            return trainingSet;
        }

        // Another day's wearing is calibrated, too: what a tilt leaves is a turn about gravity, and what an offset does to it.
        var versions = options.Recipe.Variation.Of(split.Wear?.TrainAsWorn ?? split.Train, options.Range, options.Seed);
        var turned = split.Wear?.Turned(versions).All ?? versions;
        return trainingSet.Append(fine.Extract(turned, trainingSet.Classes, keepUnlabelled: false, progress));
    }

    private void RequireEveryClass(TrainingOptions options)
    {
        var empty = Enumerable.Range(0, TrainingSet.Classes.Count).Where(c => !TrainingSet.Labels.Contains(c)).ToList();
        if (empty.Count > 0 || Test.Rows == 0)
        {
            throw new InputException(
                empty.Count > 0
                    ? $"No window to learn from for class {string.Join(", ", empty.Select(c => TrainingSet.Classes[c]))}."
                    : "The test people have no window that lies in one labelled activity.",
                $"Each class needs stretches of about {options.WindowSamples} samples ({(double)options.WindowSamples / SensorScale.SampleRateHz:F2} s) "
                + "without a gap; record more, choose a shorter window with --window, or leave the class out with --classes.");
        }
    }
}
