using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>
/// Transformed features of some windows, centered and divided by their standard deviation, limited to ± <see cref="Limit"/>
/// deviations, with a last column of ones. Columns that do not vary are all zero.
/// </summary>
internal sealed class DesignMatrix
{
    /// <summary>Standard deviations at which an input is clamped: a wild window must not outweigh all others.</summary>
    public const double Limit = 5;

    private DesignMatrix(Matrix<double> values, double[] means, double[] deviations)
    {
        Values = values;
        Means = means;
        Deviations = deviations;
    }

    /// <summary>Rows × (columns + 1).</summary>
    public Matrix<double> Values { get; }

    /// <summary>Mean of each transformed feature.</summary>
    public double[] Means { get; }

    /// <summary>Standard deviation of each transformed feature; 0 where it does not vary.</summary>
    public double[] Deviations { get; }

    /// <summary>Takes means and deviations from the rows themselves.</summary>
    /// <param name="table">Windows.</param>
    /// <param name="rows">Rows to take.</param>
    /// <param name="columns">Columns to take.</param>
    /// <param name="transforms">For each of <paramref name="columns"/> its transform.</param>
    public static DesignMatrix Fit(
        WindowTable table, IReadOnlyList<int> rows, IReadOnlyList<int> columns, IReadOnlyList<InputTransform> transforms)
    {
        var means = new double[columns.Count];
        var deviations = new double[columns.Count];
        Parallel.For(0, columns.Count, j =>
        {
            double sum = 0, squares = 0;
            foreach (var row in rows)
            {
                double value = StageScorer.Transform(transforms[j], table.Features[row * table.Columns + columns[j]]);
                sum += value;
                squares += value * value;
            }

            means[j] = sum / rows.Count;
            deviations[j] = Math.Sqrt(Math.Max(0, squares / rows.Count - means[j] * means[j]));
        });
        return Of(table, rows, columns, transforms, means, deviations);
    }

    /// <summary>Uses given means and deviations.</summary>
    public static DesignMatrix Of(
        WindowTable table,
        IReadOnlyList<int> rows,
        IReadOnlyList<int> columns,
        IReadOnlyList<InputTransform> transforms,
        double[] means,
        double[] deviations)
    {
        var values = Matrix<double>.Build.Dense(rows.Count, columns.Count + 1);
        Parallel.For(0, columns.Count, j =>
        {
            if (deviations[j] <= 0)
            {
                return;
            }

            for (var i = 0; i < rows.Count; i++)
            {
                double value = StageScorer.Transform(transforms[j], table.Features[rows[i] * table.Columns + columns[j]]);
                values[i, j] = Math.Clamp((value - means[j]) / deviations[j], -Limit, Limit);
            }
        });
        for (var i = 0; i < rows.Count; i++)
        {
            values[i, columns.Count] = 1;
        }

        return new DesignMatrix(values, means, deviations);
    }
}
