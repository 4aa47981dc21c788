using System.Numerics.Tensors;
using HarEdge.Trainer.Tables;

namespace HarEdge.Trainer.Exploration;

/// <summary>Columns brought to mean 0 and length 1 on some rows, so that a dot product is a correlation. A missing value lies on the mean.</summary>
internal sealed class FeatureGeometry
{
    /// <summary>Features this correlated with the first of a group belong to it.</summary>
    public const double GroupCorrelation = 0.9;

    private const int PowerSteps = 40;

    private readonly float[][] unit;

    private FeatureGeometry(float[][] unit) => this.unit = unit;

    /// <summary>Standardizes.</summary>
    /// <param name="table">Any table.</param>
    /// <param name="rows">The rows that count.</param>
    public static FeatureGeometry Of(FeatureTable table, int[] rows)
    {
        var unit = new float[table.Columns.Count][];
        Parallel.For(0, unit.Length, column => unit[column] = Standardized(table.Values[column], rows));
        return new FeatureGeometry(unit);
    }

    /// <summary>Pearson's correlation of two columns; 0 with one that never changes.</summary>
    public double Correlation(int a, int b) => TensorPrimitives.Dot<float>(unit[a], unit[b]);

    /// <summary>
    /// Share of a column's variance that lies between groups (η², the correlation ratio): 0 when their means are equal, 1 when a group never varies.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="group">For each row its group; negative ones do not count.</param>
    /// <param name="groups">Number of groups.</param>
    public double Separation(int column, int[] group, int groups)
    {
        var sums = new double[groups];
        var counts = new int[groups];
        double all = 0, squares = 0;
        for (var i = 0; i < group.Length; i++)
        {
            if (group[i] >= 0)
            {
                var value = unit[column][i];
                sums[group[i]] += value;
                counts[group[i]]++;
                all += value;
                squares += (double)value * value;
            }
        }

        var rows = counts.Sum();
        var total = squares - (all * all / Math.Max(1, rows));
        var between = Enumerable.Range(0, groups).Where(g => counts[g] > 0).Sum(g => sums[g] * sums[g] / counts[g]) - (all * all / Math.Max(1, rows));
        return total < 1e-9 ? 0 : Math.Clamp(between / total, 0, 1);
    }

    /// <summary>Features that say the same: each is led by its first, and whoever is correlated enough with that one belongs to it.</summary>
    /// <param name="order">Columns, the most telling first; leaders are taken in this order.</param>
    public List<List<int>> Groups(IReadOnlyList<int> order)
    {
        List<List<int>> groups = [];
        foreach (var column in order)
        {
            var of = groups.Find(group => Math.Abs(Correlation(group[0], column)) >= GroupCorrelation);
            if (of is null)
            {
                groups.Add([column]);
            }
            else
            {
                of.Add(column);
            }
        }

        return groups;
    }

    /// <summary>The rows on the two directions of most variance, and the share of variance on each (principal components, by orthogonal iteration).</summary>
    public (double[] X, double[] Y, double XShare, double YShare) Map()
    {
        var rows = unit.Length == 0 ? 0 : unit[0].Length;
        var random = new Random(1);
        var x = Normalized([.. Enumerable.Range(0, rows).Select(_ => (float)(random.NextDouble() - 0.5))]);
        var y = Normalized([.. Enumerable.Range(0, rows).Select(_ => (float)(random.NextDouble() - 0.5))]);
        for (var step = 0; step < PowerSteps; step++)
        {
            x = Normalized(Applied(x));
            y = Applied(y);
            var along = TensorPrimitives.Dot<float>(x, y);
            for (var i = 0; i < rows; i++)
            {
                y[i] -= along * x[i];
            }

            y = Normalized(y);
        }

        double Share(float[] direction) => TensorPrimitives.Dot<float>(direction, Applied(direction)) / unit.Count(column => TensorPrimitives.Dot<float>(column, column) > 0.5);
        return ([.. x.Select(value => (double)value)], [.. y.Select(value => (double)value)], Share(x), Share(y));
    }

    // Z Zᵀ v, whose eigenvectors are the rows' places on the components.
    private float[] Applied(float[] rowsOf)
    {
        var weights = new float[unit.Length];
        Parallel.For(0, unit.Length, column => weights[column] = TensorPrimitives.Dot<float>(unit[column], rowsOf));
        var result = new float[rowsOf.Length];
        for (var column = 0; column < unit.Length; column++)
        {
            TensorPrimitives.MultiplyAdd<float>(unit[column], weights[column], result, result);
        }

        return result;
    }

    private static float[] Normalized(float[] values)
    {
        var length = TensorPrimitives.Norm<float>(values);
        if (length > 0)
        {
            TensorPrimitives.Divide<float>(values, length, values);
        }

        return values;
    }

    private static float[] Standardized(float[] column, int[] rows)
    {
        var known = rows.Where(row => !float.IsNaN(column[row])).Select(row => (double)column[row]).ToArray();
        var mean = known.Length == 0 ? 0 : known.Average();
        var length = Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)));

        // Rounding of a column that never changes is no variance.
        var scale = length > 1e-6 * (1 + Math.Abs(mean)) ? 1 / length : 0;
        return Array.ConvertAll(rows, row => float.IsNaN(column[row]) ? 0 : (float)((column[row] - mean) * scale));
    }
}
