using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HarEdge.Trainer.Teachers.MlNet;

/// <summary>What ML.NET's classifiers share: rows in, probabilities out, one thread and one seed for repeatable results.</summary>
internal abstract class MlNetTeacher : Teacher
{
    private protected MlNetTeacher()
    {
    }

    /// <summary>Prepares the values the trainer sees; what it measures, it measures on these rows.</summary>
    private protected abstract Func<WindowTable, float[][]> Rows(WindowTable table);

    /// <summary>The trainer for rows of a number of columns; its scores are probabilities.</summary>
    private protected abstract IEstimator<ITransformer> Trainer(MLContext context, int columns);

    /// <inheritdoc/>
    protected sealed override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        var context = new MLContext(seed);
        var classes = new PresentClasses(table.Labels, table.Classes.Count);
        var rows = Rows(table);
        var view = View(context, rows(table), classes, row => classes.NumberOf(table.Labels[row]));
        cancellation.ThrowIfCancellationRequested();
        return new Trained(context, Trainer(context, table.Columns).Fit(view), classes, rows);
    }

    private static IDataView View(MLContext context, float[][] rows, PresentClasses classes, Func<int, uint> numberOf) => WindowRow.View(
        context, [.. rows.Select((values, row) => new WindowRow { Features = values, Label = numberOf(row) })], rows[0].Length, classes.Count);

    private sealed class Trained(MLContext context, ITransformer model, PresentClasses classes, Func<WindowTable, float[][]> rows) : TrainedTeacher
    {
        public override ClassScores Score(WindowTable table)
        {
            if (table.Rows == 0)
            {
                return classes.Scores([]);
            }

            var scored = model.Transform(View(context, rows(table), classes, _ => 0));
            return classes.Scores([.. scored.GetColumn<float[]>("Score")]);
        }
    }
}
