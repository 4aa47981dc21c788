using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>The best split of a node.</summary>
/// <param name="Column">Column of the table.</param>
/// <param name="Bin">Rows of bins up to this one go left.</param>
/// <param name="Gain">Loss it saves over all rows of the node, less the price of a column not used before.</param>
internal sealed record SplitCandidate(int Column, int Bin, double Gain);

/// <summary>
/// Looks through every column and edge for the split that lowers the entropy of the soft targets most. Columns are examined
/// side by side and compared in their order, so that the result does not depend on the number of cores.
/// </summary>
internal sealed class SplitSearch(QuantileBins bins, SoftTargets targets, double leastWeight)
{
    private readonly int classes = targets.Probabilities[0].Length;

    /// <summary>The best split, or null when none leaves enough weight on both sides and gains anything.</summary>
    /// <param name="rows">Rows of the node.</param>
    /// <param name="prices">Loss a column must save to be used at all: 0 for those in use, infinity for those out of budget.</param>
    internal SplitCandidate? Best(int[] rows, double[] prices)
    {
        var candidates = new SplitCandidate?[bins.Columns];
        Parallel.For(0, bins.Columns, column =>
        {
            if (prices[column] < double.PositiveInfinity)
            {
                candidates[column] = BestOf(column, rows, prices[column]);
            }
        });
        SplitCandidate? best = null;
        foreach (var candidate in candidates)
        {
            if (candidate is not null && (best is null || candidate.Gain > best.Gain))
            {
                best = candidate;
            }
        }

        return best;
    }

    private SplitCandidate? BestOf(int column, int[] rows, double price)
    {
        var edges = bins.EdgesOf(column).Length;
        Span<double> histogram = stackalloc double[QuantileBins.Most * classes];
        histogram.Clear();
        var binOf = bins.Of(column);
        foreach (var row in rows)
        {
            var cell = histogram.Slice(binOf[row] * classes, classes);
            var probabilities = targets.Probabilities[row];
            var weight = targets.Weights[row];
            for (var c = 0; c < cell.Length; c++)
            {
                cell[c] += weight * probabilities[c];
            }
        }

        Span<double> left = stackalloc double[classes];
        Span<double> right = stackalloc double[classes];
        left.Clear();
        right.Clear();
        for (var i = 0; i < (edges + 1) * classes; i++)
        {
            right[i % classes] += histogram[i];
        }

        var before = Loss(right);
        var bestGain = price;
        var bestBin = -1;
        for (var bin = 0; bin < edges; bin++)
        {
            for (var c = 0; c < classes; c++)
            {
                left[c] += histogram[(bin * classes) + c];
                right[c] -= histogram[(bin * classes) + c];
            }

            if (Sum(left) < leastWeight || Sum(right) < leastWeight)
            {
                continue;
            }

            var gain = before - Loss(left) - Loss(right);
            if (gain > bestGain + 1e-9)
            {
                bestGain = gain;
                bestBin = bin;
            }
        }

        return bestBin < 0 ? null : new SplitCandidate(column, bestBin, bestGain - price);
    }

    // Entropy in natural logarithms times the weight.
    private static double Loss(ReadOnlySpan<double> sums)
    {
        var total = Sum(sums);
        var loss = 0.0;
        foreach (var sum in sums)
        {
            if (sum > 1e-9)
            {
                loss -= sum * Math.Log(sum / total);
            }
        }

        return loss;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}

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
