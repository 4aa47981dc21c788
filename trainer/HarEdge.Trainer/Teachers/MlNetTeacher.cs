using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace HarEdge.Trainer.Teachers;

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

/// <summary>
/// The classes that have rows, numbered without gaps: ML.NET's trainers want a row of each. A class without one, as in a fold,
/// gets a score far below all others.
/// </summary>
internal sealed class PresentClasses
{
    // Probabilities of exactly 0 have no logarithm; below a millionth the estimate means nothing.
    private const double LeastProbability = 1e-6;
    private const double NeverScore = -1e6;

    private readonly int[] present;
    private readonly int classes;

    /// <summary>Finds the classes of labels, each 0 to <paramref name="classes"/> − 1.</summary>
    internal PresentClasses(IEnumerable<int> labels, int classes)
    {
        present = [.. labels.Distinct().Order()];
        this.classes = classes;
    }

    /// <summary>Number of classes with rows.</summary>
    internal int Count => present.Length;

    /// <summary>The number of a class among the present ones, from 0.</summary>
    internal uint NumberOf(int label) => (uint)Array.IndexOf(present, label);

    /// <summary>Logarithms of probabilities of the present classes, for all classes.</summary>
    internal ClassScores Scores(IReadOnlyList<float[]> probabilities)
    {
        var scores = new ClassScores(probabilities.Count, classes);
        for (var row = 0; row < scores.Rows; row++)
        {
            scores[row].Fill(NeverScore);
            for (var i = 0; i < present.Length; i++)
            {
                // A trainer that gives up on a window says NaN; the lowest probability says the same as a number.
                scores[row][present[i]] = Math.Log(Math.Max(LeastProbability, float.IsNaN(probabilities[row][i]) ? 0 : probabilities[row][i]));
            }
        }

        return scores;
    }
}

/// <summary>A window as ML.NET reads it.</summary>
internal sealed class WindowRow
{
    /// <summary>Values of the columns.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>Number of the class, from 0: ML.NET adds the 1 of its keys by itself.</summary>
    public uint Label { get; set; }

    /// <summary>Rows as a data view, both columns typed by their sizes.</summary>
    internal static IDataView View(MLContext context, IReadOnlyList<WindowRow> rows, int columns, int classes)
    {
        var schema = SchemaDefinition.Create(typeof(WindowRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        schema[nameof(Label)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        return context.Data.LoadFromEnumerable(rows, schema);
    }
}

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
