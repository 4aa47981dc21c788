using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HarEdge.Trainer.Learning;

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
