using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Learning;

/// <summary>A linear discriminant of scaled columns; see <see cref="DiscriminantRule"/>.</summary>
internal sealed class LinearDiscriminant
{
    private readonly double[][] weights;
    private readonly double[] bias;

    private LinearDiscriminant(double[][] weights, double[] bias)
    {
        this.weights = weights;
        this.bias = bias;
    }

    /// <summary>Classes × columns.</summary>
    internal IReadOnlyList<double[]> Weights => weights;

    /// <summary>One for each class.</summary>
    internal IReadOnlyList<double> Bias => bias;

    /// <summary>Solves for the weights.</summary>
    /// <param name="columns">Columns × rows, of mean 0 and standard deviation 1; overwritten.</param>
    /// <param name="labels">Class of each row.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="shrinkage">0 (the covariance as measured) to 1 (a multiple of the identity).</param>
    internal static LinearDiscriminant Fit(float[][] columns, int[] labels, int classes, double shrinkage)
    {
        var counts = new int[classes];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        var means = Matrix<double>.Build.DenseOfColumnArrays(Enumerable.Range(0, classes).Select(_ => new double[columns.Length]));
        for (var column = 0; column < columns.Length; column++)
        {
            Center(columns[column], labels, counts, out var mean);
            means.SetRow(column, mean);
        }

        var rule = DiscriminantRule.Of(
            Matrix<double>.Build.DenseOfArray(InnerProducts.Of(columns)), means, Array.ConvertAll(counts, count => (double)count), shrinkage);
        return new LinearDiscriminant(rule.Weights.ToColumnArrays(), rule.Bias);
    }

    /// <summary>Scores of every row.</summary>
    /// <param name="columns">Columns × rows, scaled like those it was fitted to.</param>
    internal ClassScores Score(float[][] columns)
    {
        var scores = new ClassScores(columns[0].Length, bias.Length);
        for (var row = 0; row < scores.Rows; row++)
        {
            bias.CopyTo(scores[row]);
        }

        for (var column = 0; column < columns.Length; column++)
        {
            var values = columns[column];
            for (var row = 0; row < values.Length; row++)
            {
                var sums = scores[row];
                for (var c = 0; c < sums.Length; c++)
                {
                    sums[c] += weights[c][column] * values[row];
                }
            }
        }

        return scores;
    }

    // Takes each class's own mean off its rows, and returns the means.
    private static void Center(float[] column, int[] labels, int[] counts, out double[] means)
    {
        means = new double[counts.Length];
        for (var row = 0; row < column.Length; row++)
        {
            means[labels[row]] += column[row];
        }

        for (var c = 0; c < means.Length; c++)
        {
            means[c] = counts[c] == 0 ? 0 : means[c] / counts[c];
        }

        for (var row = 0; row < column.Length; row++)
        {
            column[row] = (float)(column[row] - means[labels[row]]);
        }
    }
}

/// <summary>
/// Linear discriminant analysis in closed form: score[c] = w[c]·x + b[c], with w[c] = S⁻¹·mean[c], where S is the covariance
/// within classes, shrunk towards a multiple of the identity (Friedman, Regularized Discriminant Analysis, 1989).
/// </summary>
/// <param name="Weights">Inputs × classes.</param>
/// <param name="Bias">One for each class.</param>
internal sealed record DiscriminantRule(Matrix<double> Weights, double[] Bias)
{
    // An absent class: far below any real score, and still a number.
    private const double NeverScore = -1e6;

    /// <summary>Solves for the weights.</summary>
    /// <param name="scatter">Inputs × inputs: sum over rows of the products of their differences from their class's mean.</param>
    /// <param name="means">Inputs × classes.</param>
    /// <param name="counts">Rows of each class.</param>
    /// <param name="shrinkage">0 (the covariance as measured) to below 1 (nearly a multiple of the identity).</param>
    internal static DiscriminantRule Of(Matrix<double> scatter, Matrix<double> means, IReadOnlyList<double> counts, double shrinkage)
    {
        var rows = counts.Sum();
        var covariance = scatter * ((1 - shrinkage) / rows);
        var meanVariance = covariance.Trace() / covariance.RowCount / (1 - shrinkage);

        // Columns that never vary within a class leave a zero on the diagonal; a trace of it keeps the matrix invertible.
        covariance.SetDiagonal(covariance.Diagonal() + Math.Max(shrinkage * meanVariance, 1e-9));
        var weights = covariance.Cholesky().Solve(means);
        return new DiscriminantRule(
            weights,
            [.. counts.Select((count, c) => count == 0 ? NeverScore : Math.Log(count / rows) - (0.5 * weights.Column(c).DotProduct(means.Column(c))))]);
    }
}

/// <summary>
/// All inner products of a set of columns: the expensive part of a covariance matrix. Blocks of rows are summed in eight lanes
/// of float, blocks are added in double. The lanes and the order are fixed, and products are not fused with sums, so that every
/// machine gives the same bits.
/// </summary>
internal static class InnerProducts
{
    // 1,024 rows of 32 columns are 128 kB: a tile of columns stays in the second-level cache while another passes by.
    private const int BlockRows = 1024;
    private const int TileColumns = 32;

    /// <summary>The symmetric matrix of inner products.</summary>
    /// <param name="columns">Columns × rows.</param>
    internal static double[,] Of(float[][] columns)
    {
        var count = columns.Length;
        var products = new double[count, count];
        var tiles = (count + TileColumns - 1) / TileColumns;
        Parallel.For(0, tiles, tile =>
        {
            for (var other = 0; other <= tile; other++)
            {
                AddTile(columns, products, tile * TileColumns, other * TileColumns);
            }
        });
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                products[j, i] = products[i, j];
            }
        }

        return products;
    }

    private static void AddTile(float[][] columns, double[,] products, int firstColumn, int secondColumn)
    {
        var rows = columns[0].Length;
        for (var row = 0; row < rows; row += BlockRows)
        {
            var length = Math.Min(BlockRows, rows - row);
            for (var i = firstColumn; i < Math.Min(firstColumn + TileColumns, columns.Length); i++)
            {
                var a = columns[i].AsSpan(row, length);
                for (var j = secondColumn; j < Math.Min(secondColumn + TileColumns, i + 1); j++)
                {
                    products[i, j] += Product(a, columns[j].AsSpan(row, length));
                }
            }
        }
    }

    /// <summary>The inner product of two columns of a length.</summary>
    internal static float Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var first = Vector256<float>.Zero;
        var second = Vector256<float>.Zero;
        var vectorsOfA = MemoryMarshal.Cast<float, Vector256<float>>(a);
        var vectorsOfB = MemoryMarshal.Cast<float, Vector256<float>>(b)[..vectorsOfA.Length];
        var i = 0;
        for (; i + 1 < vectorsOfA.Length; i += 2)
        {
            first += vectorsOfA[i] * vectorsOfB[i];
            second += vectorsOfA[i + 1] * vectorsOfB[i + 1];
        }

        for (; i < vectorsOfA.Length; i++)
        {
            first += vectorsOfA[i] * vectorsOfB[i];
        }

        var lanes = first + second;
        var sum = 0f;
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
        {
            sum += lanes[lane];
        }

        for (var rest = vectorsOfA.Length * Vector256<float>.Count; rest < a.Length; rest++)
        {
            sum += a[rest] * b[rest];
        }

        return sum;
    }
}
