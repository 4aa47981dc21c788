using System.Numerics.Tensors;
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

/// <summary>All that least squares needs to know of some rows: XᵀX and XᵀT, weighted.</summary>
/// <param name="Inputs">d × d.</param>
/// <param name="Cross">d × outputs.</param>
/// <param name="Weight">Sum of the row weights.</param>
internal sealed record Gram(Matrix<double> Inputs, Matrix<double> Cross, double Weight)
{
    // Columns of a block stay in the cache while every other column passes by.
    private const int BlockColumns = 32;

    /// <summary>Of all rows.</summary>
    public static Gram Of(Matrix<double> inputs, Matrix<double> targets, double[] rowWeights) =>
        Of(inputs, targets, rowWeights, [.. Enumerable.Range(0, inputs.RowCount)]);

    /// <summary>Of the given rows. Dot products of whole columns: seven times faster than the general matrix product.</summary>
    public static Gram Of(Matrix<double> inputs, Matrix<double> targets, double[] rowWeights, int[] rows)
    {
        var d = inputs.ColumnCount;
        var outputs = targets.ColumnCount;
        var x = WeightedColumns(inputs, rowWeights, rows);
        var t = WeightedColumns(targets, rowWeights, rows);
        var gram = new double[d * d];
        Parallel.For(0, (d + BlockColumns - 1) / BlockColumns, block =>
        {
            for (var j = block * BlockColumns; j < d; j++)
            {
                for (var i = block * BlockColumns; i < Math.Min((block + 1) * BlockColumns, j + 1); i++)
                {
                    gram[j * d + i] = gram[i * d + j] = TensorPrimitives.Dot<double>(x[i], x[j]);
                }
            }
        });
        return new Gram(
            Matrix<double>.Build.Dense(d, d, gram),
            Matrix<double>.Build.Dense(d, outputs, (i, c) => TensorPrimitives.Dot<double>(x[i], t[c])),
            rows.Sum(row => rowWeights[row]));
    }

    /// <summary>Of all rows of several, added up in place: these matrices are large.</summary>
    public static Gram Sum(IEnumerable<Gram> grams)
    {
        Gram? sum = null;
        foreach (var gram in grams)
        {
            if (sum is null)
            {
                sum = new Gram(gram.Inputs.Clone(), gram.Cross.Clone(), gram.Weight);
                continue;
            }

            sum.Inputs.Add(gram.Inputs, sum.Inputs);
            sum.Cross.Add(gram.Cross, sum.Cross);
            sum = sum with { Weight = sum.Weight + gram.Weight };
        }

        return sum ?? throw new ArgumentException("no rows", nameof(grams));
    }

    /// <summary>Of the rows of the first that are not rows of the second.</summary>
    public static Gram operator -(Gram all, Gram part) => new(all.Inputs - part.Inputs, all.Cross - part.Cross, all.Weight - part.Weight);

    private static double[][] WeightedColumns(Matrix<double> source, double[] rowWeights, int[] rows)
    {
        var columns = new double[source.ColumnCount][];
        Parallel.For(0, columns.Length, j => columns[j] = Array.ConvertAll(rows, row => source[row, j] * Math.Sqrt(rowWeights[row])));
        return columns;
    }
}
