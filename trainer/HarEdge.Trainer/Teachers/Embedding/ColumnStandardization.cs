namespace HarEdge.Trainer.Teachers.Embedding;

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
