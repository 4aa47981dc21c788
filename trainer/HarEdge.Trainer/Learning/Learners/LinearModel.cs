using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace HarEdge.Trainer.Learning.Learners;

/// <summary>A linear discriminant of standardized columns, its covariance shrunk the more, the fewer rows there are for it.</summary>
internal sealed class DiscriminantLearner(double? shrinkage = null) : TableLearner
{
    /// <inheritdoc/>
    public override string Name => "linear discriminant";

    /// <inheritdoc/>
    public override TrainedLearner Learn(float[][] columns, int[] labels, int classes, int seed, CancellationToken cancellation)
    {
        var scaling = ValueScaling.Of(columns);
        var scaled = scaling.Apply(columns);

        // A covariance of d columns has d²/2 numbers; with fewer rows than columns most of them are chance.
        var amount = shrinkage ?? Math.Clamp((double)scaled.Length / (scaled.Length + labels.Length), 0.02, 0.9);
        var found = LinearDiscriminant.Fit(scaled, labels, classes, amount);
        return new LinearModel(
            TableLearnerKind.Linear, scaling, [.. found.Weights.Select(row => Array.ConvertAll(row, weight => (float)weight))], [.. found.Bias.Select(bias => (float)bias)]);
    }
}

/// <summary>Linear scores of standardized columns.</summary>
internal sealed class LinearModel(TableLearnerKind kind, ValueScaling scaling, float[][] weights, float[] bias) : TrainedLearner
{
    /// <inheritdoc/>
    public override TableLearnerKind Kind => kind;

    /// <summary>How values are scaled before they are weighed.</summary>
    public ValueScaling Scaling => scaling;

    /// <summary>Classes × scaled columns.</summary>
    public IReadOnlyList<float[]> Weights => weights;

    /// <summary>One for each class.</summary>
    public IReadOnlyList<float> Bias => bias;

    /// <inheritdoc/>
    public override ClassScores Score(float[][] columns)
    {
        var rows = scaling.ApplyToRows(columns);
        var scores = new ClassScores(rows.Length, bias.Length);
        Parallel.For(0, rows.Length, row =>
        {
            for (var c = 0; c < bias.Length; c++)
            {
                scores[row][c] = bias[c] + (double)InnerProducts.Product(rows[row], weights[c]);
            }
        });
        return scores;
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        scaling.Write(writer);
        writer.WriteArray(bias);
        foreach (var row in weights)
        {
            writer.WriteArray(row);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static LinearModel ReadFrom(TableLearnerKind kind, BinaryReader reader)
    {
        var scaling = ValueScaling.Read(reader);
        var bias = reader.ReadFloats();
        return new LinearModel(kind, scaling, [.. bias.Select(_ => reader.ReadFloats())], bias);
    }
}

/// <summary>
/// Values for learners that measure distances: standardized, the median where a value is missing, and behind them a column for each feature that was often missing which says whether
/// it is. Values far outside of what was seen are drawn in, so that one broken cell does not decide alone.
/// </summary>
internal sealed class ValueScaling
{
    // From this share of missing values on, that one is missing may mean something.
    private const double OftenMissing = 0.01;

    private const float FarthestDeviations = 10;

    private readonly float[] medians;
    private readonly float[] means;
    private readonly float[] inverseDeviations;
    private readonly int[] indicators;

    private ValueScaling(float[] medians, float[] means, float[] inverseDeviations, int[] indicators)
    {
        this.medians = medians;
        this.means = means;
        this.inverseDeviations = inverseDeviations;
        this.indicators = indicators;
    }

    /// <summary>Columns that come in.</summary>
    public int Inputs => medians.Length;

    /// <summary>Columns that come out.</summary>
    public int Outputs => medians.Length + indicators.Length;

    /// <summary>Measures columns × rows.</summary>
    public static ValueScaling Of(float[][] columns)
    {
        var medians = new float[columns.Length];
        var means = new float[columns.Length];
        var inverse = new float[columns.Length];
        var missing = new int[columns.Length];
        Parallel.For(0, columns.Length, column =>
        {
            float[] present = [.. columns[column].Where(value => !float.IsNaN(value))];
            missing[column] = columns[column].Length - present.Length;
            if (present.Length == 0)
            {
                return;
            }

            Array.Sort(present);
            medians[column] = present[present.Length / 2];
            var sum = present.Sum(value => (double)value) + ((double)missing[column] * medians[column]);
            var mean = sum / columns[column].Length;
            var squares = present.Sum(value => (value - mean) * (value - mean)) + (missing[column] * (medians[column] - mean) * (medians[column] - mean));
            var deviation = Math.Sqrt(squares / columns[column].Length);
            means[column] = (float)mean;
            inverse[column] = deviation > 1e-7 * Math.Abs(mean) ? (float)(1 / deviation) : 0;
        });
        var rows = columns[0].Length;
        return new ValueScaling(
            medians, means, inverse, [.. Enumerable.Range(0, columns.Length).Where(column => missing[column] >= OftenMissing * rows && missing[column] > 0 && missing[column] < rows)]);
    }

    /// <summary>Scaled columns × rows, the caller's to change.</summary>
    public float[][] Apply(float[][] columns)
    {
        var scaled = new float[Outputs][];
        Parallel.For(0, Outputs, output =>
        {
            var source = columns[output < medians.Length ? output : indicators[output - medians.Length]];
            var values = new float[source.Length];
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = output < medians.Length
                    ? Math.Clamp(((float.IsNaN(source[row]) ? medians[output] : source[row]) - means[output]) * inverseDeviations[output], -FarthestDeviations, FarthestDeviations)
                    : float.IsNaN(source[row]) ? 1 : 0;
            }

            scaled[output] = values;
        });
        return scaled;
    }

    /// <summary>The same row by row.</summary>
    public float[][] ApplyToRows(float[][] columns)
    {
        var scaled = Apply(columns);
        var rows = new float[columns[0].Length][];
        Parallel.For(0, rows.Length, row =>
        {
            var values = new float[scaled.Length];
            for (var column = 0; column < values.Length; column++)
            {
                values[column] = scaled[column][row];
            }

            rows[row] = values;
        });
        return rows;
    }

    /// <summary>For a column that comes out: the input, what is taken from it, and the factor; indicators have the factor 0.</summary>
    public (int Input, float Median, float Mean, float Factor, bool IsIndicator) Term(int output) => output < medians.Length
        ? (output, medians[output], means[output], inverseDeviations[output], false)
        : (indicators[output - medians.Length], 0, 0, 0, true);

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.WriteArray(medians);
        writer.WriteArray(means);
        writer.WriteArray(inverseDeviations);
        writer.WriteArray(indicators);
    }

    /// <summary>Reads it.</summary>
    public static ValueScaling Read(BinaryReader reader) => new(reader.ReadFloats(), reader.ReadFloats(), reader.ReadFloats(), reader.ReadInts());
}

/// <summary>Multinomial logistic regression over standardized columns, by ML.NET's limited-memory BFGS.</summary>
internal sealed class LogisticLearner(double? penalty = null) : TableLearner
{
    private const int MostIterations = 150;
    private const float Never = -1e6f;

    /// <inheritdoc/>
    public override string Name => "logistic regression";

    /// <inheritdoc/>
    public override TrainedLearner Learn(float[][] columns, int[] labels, int classes, int seed, CancellationToken cancellation)
    {
        var scaling = ValueScaling.Of(columns);
        var rows = scaling.ApplyToRows(columns);
        var present = new PresentClasses(labels);
        var context = new MLContext(seed);
        var view = ValueRow.View(context, [.. rows.Select((values, row) => new ValueRow { Features = values, Label = present.NumberOf(labels[row]) })], rows[0].Length, present.Count);
        cancellation.ThrowIfCancellationRequested();
        var trained = context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = nameof(ValueRow.Label),
            L1Regularization = 0,
            L2Regularization = (float)(penalty ?? Math.Clamp(rows.Length / 700.0, 1, 10)),
            MaximumNumberOfIterations = MostIterations,
            NumberOfThreads = 1,
        }).Fit(view).Model;
        VBuffer<float>[] found = [];
        trained.GetWeights(ref found, out _);
        var biases = trained.GetBiases().ToArray();
        var weights = new float[classes][];
        var bias = new float[classes];
        for (var c = 0; c < classes; c++)
        {
            var number = Array.IndexOf(labels, c) < 0 ? -1 : (int)present.NumberOf(c);
            weights[c] = number < 0 ? new float[rows[0].Length] : [.. found[number].DenseValues()];
            bias[c] = number < 0 ? Never : biases[number];
        }

        return new LinearModel(TableLearnerKind.Logistic, scaling, weights, bias);
    }
}

/// <summary>
/// The classes that have rows, numbered without gaps: ML.NET's trainers want a row of each.
/// </summary>
internal sealed class PresentClasses
{
    private readonly int[] present;

    /// <summary>Finds the classes of labels.</summary>
    internal PresentClasses(IEnumerable<int> labels) => present = [.. labels.Distinct().Order()];

    /// <summary>Number of classes with rows.</summary>
    internal int Count => present.Length;

    /// <summary>The number of a class among the present ones, from 0.</summary>
    internal uint NumberOf(int label) => (uint)Array.IndexOf(present, label);
}

/// <summary>A row as ML.NET reads it.</summary>
internal sealed class ValueRow
{
    /// <summary>Values of the columns.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>Number of the class, from 0: ML.NET adds the 1 of its keys by itself.</summary>
    public uint Label { get; set; }

    /// <summary>Rows as a data view, both columns typed by their sizes.</summary>
    internal static IDataView View(MLContext context, IReadOnlyList<ValueRow> rows, int columns, int classes)
    {
        var schema = SchemaDefinition.Create(typeof(ValueRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        schema[nameof(Label)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        return context.Data.LoadFromEnumerable(rows, schema);
    }
}
