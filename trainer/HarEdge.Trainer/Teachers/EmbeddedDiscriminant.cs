using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>A linear discriminant over an embedding: what kernel machines and convolution teachers end in.</summary>
internal sealed class EmbeddedDiscriminant : TrainedTeacher
{
    private readonly IEmbedding embedding;
    private readonly ColumnStandardization standardization;
    private readonly LinearDiscriminant discriminant;

    /// <summary>Learns in closed form.</summary>
    /// <param name="embedding">Made from the same windows, or from nothing but a seed.</param>
    /// <param name="table">Labelled windows.</param>
    /// <param name="shrinkage">See <see cref="LinearDiscriminant.Fit"/>.</param>
    internal EmbeddedDiscriminant(IEmbedding embedding, WindowTable table, double shrinkage)
    {
        this.embedding = embedding;
        var columns = embedding.Columns(table);
        standardization = new ColumnStandardization(columns);
        standardization.Apply(columns);
        discriminant = LinearDiscriminant.Fit(columns, table.Labels, table.Classes.Count, shrinkage);
    }

    /// <inheritdoc/>
    public override ClassScores Score(WindowTable table)
    {
        var columns = embedding.Columns(table);
        standardization.Apply(columns);
        return discriminant.Score(columns);
    }
}

/// <summary>Turns windows into columns of numbers in a space in which a linear rule does well.</summary>
internal interface IEmbedding
{
    /// <summary>Columns × rows, the caller's to change.</summary>
    float[][] Columns(WindowTable table);
}

/// <summary>Brings columns to mean 0 and standard deviation 1 over the rows it was measured on.</summary>
internal sealed class ColumnStandardization
{
    // Below this share of a column's mean a deviation is rounding, not information.
    private const double LeastDeviation = 1e-6;

    private readonly float[] means;
    private readonly float[] inverseDeviations;

    /// <summary>Measures columns × rows.</summary>
    internal ColumnStandardization(float[][] columns)
    {
        means = new float[columns.Length];
        inverseDeviations = new float[columns.Length];
        Parallel.For(0, columns.Length, column =>
        {
            var values = columns[column];
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += value;
            }

            var mean = sum / values.Length;
            var squares = 0.0;
            foreach (var value in values)
            {
                squares += (value - mean) * (value - mean);
            }

            var deviation = Math.Sqrt(squares / values.Length);
            means[column] = (float)mean;
            inverseDeviations[column] = deviation > LeastDeviation * Math.Abs(mean) ? (float)(1 / deviation) : 0;
        });
    }

    /// <summary>Standardizes columns in place; one that was constant when it was measured becomes 0.</summary>
    internal void Apply(float[][] columns) => Parallel.For(0, columns.Length, column =>
    {
        var values = columns[column];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = (values[row] - means[column]) * inverseDeviations[column];
        }
    });
}

/// <summary>Normally distributed numbers from a seed (Box and Muller, 1958).</summary>
internal sealed class NormalNumbers(Random random)
{
    /// <summary>The next number of mean 0 and standard deviation 1.</summary>
    internal double Next() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
