using HarEdge.Trainer.Windows;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// A random forest for each class against the rest, by ML.NET's FastForest; shares of trees calibrated to probabilities. A small
/// draw of features for each tree keeps it affordable with a thousand of them.
/// </summary>
internal sealed class ForestTeacher : MlNetTeacher
{
    private const double ColumnsPerTree = 60;

    /// <inheritdoc/>
    public override string Name => "random forest";

    // Features are whole numbers up to 2^31; as floats the largest lose their last bits, which no split misses.
    private protected override Func<WindowTable, float[][]> Rows(WindowTable table) =>
        windows => [.. Enumerable.Range(0, windows.Rows).Select(row => Array.ConvertAll(windows.Row(row).ToArray(), value => (float)value))];

    private protected override IEstimator<ITransformer> Trainer(MLContext context, int columns) => context.MulticlassClassification.Trainers.OneVersusAll(
        context.BinaryClassification.Trainers.FastForest(new FastForestBinaryTrainer.Options
        {
            NumberOfTrees = 100,
            NumberOfLeaves = 64,
            MinimumExampleCountPerLeaf = 3,
            FeatureFraction = Math.Min(1, ColumnsPerTree / columns),
            MaximumBinCountPerFeature = 63,
            NumberOfThreads = 1,
        }),
        labelColumnName: nameof(WindowRow.Label));
}
