using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace HarEdge.Trainer.Teachers;

/// <summary>Multinomial logistic regression over all scaled features, by ML.NET's limited-memory BFGS.</summary>
/// <param name="transforms">One for each column.</param>
internal sealed class LogisticTeacher(IReadOnlyList<InputTransform> transforms) : MlNetTeacher
{
    private const float Penalty = 10;
    private const int MostIterations = 150;

    /// <inheritdoc/>
    public override string Name => "logistic regression";

    private protected override Func<WindowTable, float[][]> Rows(WindowTable table)
    {
        var scaling = new ColumnScaling(table, transforms);
        return windows =>
        {
            var columns = scaling.ScaleColumns(windows);
            return [.. Enumerable.Range(0, windows.Rows).Select(row => Array.ConvertAll(columns, column => column[row]))];
        };
    }

    private protected override IEstimator<ITransformer> Trainer(MLContext context, int columns) => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
        new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = nameof(WindowRow.Label),
            L1Regularization = 0,
            L2Regularization = Penalty,
            MaximumNumberOfIterations = MostIterations,
            NumberOfThreads = 1,
        });
}
