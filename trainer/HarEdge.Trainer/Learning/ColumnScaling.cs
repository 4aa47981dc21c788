using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Learning;

/// <summary>Transformed features with mean 0 and standard deviation 1 over the rows it was made from.</summary>
internal sealed class ColumnScaling
{
    private readonly InputTransform[] transforms;
    private readonly double[] means;
    private readonly double[] deviations;

    /// <summary>Measures mean and standard deviation of every column.</summary>
    public ColumnScaling(WindowTable table, IReadOnlyList<InputTransform> transforms)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (transforms.Count != table.Columns)
        {
            throw new ArgumentException($"expected one transform for each of {table.Columns} columns", nameof(transforms));
        }

        this.transforms = [.. transforms];
        means = new double[table.Columns];
        deviations = new double[table.Columns];
        Parallel.For(0, table.Columns, column =>
        {
            // Whole numbers below 2^31: their sum over fewer than 2^21 rows is exact in a double, whatever the order.
            var sum = 0.0;
            for (var row = 0; row < table.Rows; row++)
            {
                sum += Value(table, row, column);
            }

            means[column] = sum / table.Rows;
            var squares = 0.0;
            for (var row = 0; row < table.Rows; row++)
            {
                var away = Value(table, row, column) - means[column];
                squares += away * away;
            }

            deviations[column] = Math.Sqrt(squares / table.Rows);
        });
    }

    /// <summary>
    /// Columns × rows scaled values. A column that was constant when it was measured stays 0, whatever it is later.
    /// </summary>
    public float[][] ScaleColumns(WindowTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = new float[table.Columns][];
        Parallel.For(0, table.Columns, column =>
        {
            var scaled = new float[table.Rows];
            if (deviations[column] > 0)
            {
                for (var row = 0; row < scaled.Length; row++)
                {
                    scaled[row] = (float)((Value(table, row, column) - means[column]) / deviations[column]);
                }
            }

            columns[column] = scaled;
        });
        return columns;
    }

    private int Value(WindowTable table, int row, int column) =>
        StageScorer.Transform(transforms[column], table.Features[(row * table.Columns) + column]);
}

/// <summary>
/// Which features enter linear models as logarithms. Energies spread over many powers of two between rest and running; in
/// logarithms a doubling counts the same everywhere, and the device has the same transform as a table.
/// </summary>
internal static class FeatureTransforms
{
    /// <summary>The transform of a feature: logarithm for squares of counts and for magnitudes in counts or Q12, itself for the rest.</summary>
    public static InputTransform Of(Feature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        var isMagnitude = feature.Lowest == 0 && (feature.Unit.StartsWith("counts", StringComparison.Ordinal) || feature.Unit == "Q12");
        return isMagnitude || feature.Unit == "counts²" ? InputTransform.SignedLog2Q8 : InputTransform.Identity;
    }

    /// <summary>For each feature its transform.</summary>
    public static InputTransform[] Of(FeatureLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return [.. Enumerable.Range(0, layout.Count).Select(i => Of(layout[i]))];
    }
}
