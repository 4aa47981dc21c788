using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>
/// Each column in at most 64 bins of about as many rows. An edge is a value that occurs: x ≤ edge is a split between two
/// values of the data, and an integer from the start.
/// </summary>
internal sealed class QuantileBins
{
    /// <summary>Most bins of a column.</summary>
    internal const int Most = 64;

    // Quantiles of a few thousand rows are as good as those of all.
    private const int SortedRows = 4096;

    private readonly int[][] edges;
    private readonly byte[][] bins;

    internal QuantileBins(WindowTable table)
    {
        edges = new int[table.Columns][];
        bins = new byte[table.Columns][];
        Parallel.For(0, table.Columns, column =>
        {
            edges[column] = EdgesOf(table, column);
            var binned = new byte[table.Rows];
            for (var row = 0; row < binned.Length; row++)
            {
                var at = Array.BinarySearch(edges[column], table.Features[(row * table.Columns) + column]);
                binned[row] = (byte)(at < 0 ? ~at : at);
            }

            bins[column] = binned;
        });
    }

    internal int Columns => edges.Length;

    /// <summary>The bin of every row: the number of edges below its value.</summary>
    internal byte[] Of(int column) => bins[column];

    /// <summary>Ascending edges: rows of bins 0 … b are those with values at most edge b.</summary>
    internal int[] EdgesOf(int column) => edges[column];

    private static int[] EdgesOf(WindowTable table, int column)
    {
        var count = Math.Min(table.Rows, SortedRows);
        var values = new int[count];
        for (var i = 0; i < count; i++)
        {
            var row = (int)((long)i * table.Rows / count);
            values[i] = table.Features[(row * table.Columns) + column];
        }

        Array.Sort(values);
        var cuts = new List<int>(Most);
        for (var b = 1; b < Most; b++)
        {
            var edge = values[(int)((long)b * count / Most)];
            if (edge < values[^1] && (cuts.Count == 0 || edge > cuts[^1]))
            {
                cuts.Add(edge);
            }
        }

        return [.. cuts];
    }
}
