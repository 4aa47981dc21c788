namespace HarEdge.Trainer.Tables.Learners;

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
