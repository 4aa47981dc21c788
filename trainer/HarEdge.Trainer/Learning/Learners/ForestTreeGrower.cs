namespace HarEdge.Trainer.Learning.Learners;

/// <summary>Grows one tree of a forest, depth first, by its own random numbers.</summary>
internal sealed class ForestTreeGrower(BinnedColumns data, int[] labels, int classes, int tried, int smallest, bool isExtra, int seed)
{
    // Below this number of rows sorting them is cheaper than counting 255 bins.
    private const int FewRows = 200;
    private const int MostBins = 256;

    private readonly Random random = new(seed);
    private readonly List<int> columns = [];
    private readonly List<float> thresholds = [];
    private readonly List<int> left = [];
    private readonly List<int> right = [];
    private readonly List<byte> leaves = [];
    private readonly int[] histogram = new int[MostBins * classes];
    private readonly int[] keys = new int[FewRows];
    private readonly int[] order = [.. Enumerable.Range(0, data.Bins.Length)];
    private readonly int[] total = new int[classes];
    private readonly int[] below = new int[classes];

    /// <summary>For each column the decrease of impurity its splits brought, in rows.</summary>
    public double[] Gains { get; } = new double[data.Bins.Length];

    /// <summary>Grows it: a forest's tree on as many rows drawn with replacement, an extra tree on all rows.</summary>
    public ForestTree Grow()
    {
        var rows = new int[labels.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = isExtra ? i : random.Next(labels.Length);
        }

        Split(rows);
        return new ForestTree([.. columns], [.. thresholds], [.. left], [.. right], [.. leaves]);
    }

    // Returns the node, or ~leaf.
    private int Split(Span<int> rows)
    {
        Count(rows);
        var (column, bin, gain) = rows.Length < 2 * smallest || total.Count(count => count > 0) < 2 ? (-1, 0, 0) : Best(rows);
        if (column < 0)
        {
            return AddLeaf(rows.Length);
        }

        var bins = data.Bins[column];
        var middle = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (bins[rows[i]] <= bin)
            {
                (rows[i], rows[middle]) = (rows[middle], rows[i]);
                middle++;
            }
        }

        Gains[column] += gain;
        var node = columns.Count;
        columns.Add(column);
        thresholds.Add(bin == 0 ? float.NegativeInfinity : data.Edges[column][bin - 1]);
        left.Add(0);
        right.Add(0);
        left[node] = Split(rows[..middle]);
        right[node] = Split(rows[middle..]);
        return node;
    }

    private int AddLeaf(int rows)
    {
        var leaf = leaves.Count / classes;
        foreach (var count in total)
        {
            leaves.Add((byte)Math.Round(255.0 * count / rows));
        }

        return ~leaf;
    }

    private void Count(ReadOnlySpan<int> rows)
    {
        Array.Clear(total);
        foreach (var row in rows)
        {
            total[labels[row]]++;
        }
    }

    // Columns are drawn without replacement until enough were tried that vary here: Fisher and Yates, as far as needed.
    private (int Column, int Bin, double Gain) Best(ReadOnlySpan<int> rows)
    {
        var best = (Column: -1, Bin: 0, Gain: 0.0);
        var varying = 0;
        for (var i = 0; i < order.Length && varying < tried; i++)
        {
            var other = random.Next(i, order.Length);
            (order[i], order[other]) = (order[other], order[i]);
            var column = order[i];
            var (lowest, highest) = Range(data.Bins[column], rows);
            if (lowest == highest)
            {
                continue;
            }

            varying++;
            var (bin, gain) = isExtra ? At(column, rows, random.Next(lowest, highest)) : rows.Length < FewRows ? BySorting(column, rows) : ByCounting(column, rows, lowest, highest);
            if (gain > best.Gain)
            {
                best = (column, bin, gain);
            }
        }

        return best;
    }

    private static (int Lowest, int Highest) Range(byte[] bins, ReadOnlySpan<int> rows)
    {
        int lowest = bins[rows[0]], highest = lowest;
        foreach (var row in rows)
        {
            lowest = Math.Min(lowest, bins[row]);
            highest = Math.Max(highest, bins[row]);
        }

        return (lowest, highest);
    }

    private (int Bin, double Gain) At(int column, ReadOnlySpan<int> rows, int bin)
    {
        Array.Clear(below);
        var count = 0;
        var bins = data.Bins[column];
        foreach (var row in rows)
        {
            if (bins[row] <= bin)
            {
                below[labels[row]]++;
                count++;
            }
        }

        return (bin, GainOf(count, rows.Length));
    }

    private (int Bin, double Gain) BySorting(int column, ReadOnlySpan<int> rows)
    {
        var bins = data.Bins[column];
        for (var i = 0; i < rows.Length; i++)
        {
            keys[i] = (bins[rows[i]] * classes) + labels[rows[i]];
        }

        Array.Sort(keys, 0, rows.Length);
        Array.Clear(below);
        var best = (Bin: 0, Gain: 0.0);
        for (var i = 0; i + 1 < rows.Length; i++)
        {
            below[keys[i] % classes]++;
            var bin = keys[i] / classes;
            if (keys[i + 1] / classes == bin)
            {
                continue;
            }

            var gain = GainOf(i + 1, rows.Length);
            if (gain > best.Gain)
            {
                best = (bin, gain);
            }
        }

        return best;
    }

    private (int Bin, double Gain) ByCounting(int column, ReadOnlySpan<int> rows, int lowest, int highest)
    {
        histogram.AsSpan(lowest * classes, (highest - lowest + 1) * classes).Clear();
        var bins = data.Bins[column];
        foreach (var row in rows)
        {
            histogram[(bins[row] * classes) + labels[row]]++;
        }

        Array.Clear(below);
        var count = 0;
        var best = (Bin: 0, Gain: 0.0);
        for (var bin = lowest; bin < highest; bin++)
        {
            var added = 0;
            for (var c = 0; c < classes; c++)
            {
                below[c] += histogram[(bin * classes) + c];
                added += histogram[(bin * classes) + c];
            }

            count += added;
            var gain = added == 0 ? 0 : GainOf(count, rows.Length);
            if (gain > best.Gain)
            {
                best = (bin, gain);
            }
        }

        return best;
    }

    // Decrease of Gini impurity in rows: Σ below²/n + Σ above²/m − Σ total²/(n+m).
    private double GainOf(int count, int rows)
    {
        if (count < smallest || rows - count < smallest)
        {
            return 0;
        }

        double inside = 0, outside = 0, all = 0;
        for (var c = 0; c < classes; c++)
        {
            double b = below[c], t = total[c];
            inside += b * b;
            outside += (t - b) * (t - b);
            all += t * t;
        }

        return (inside / count) + (outside / (rows - count)) - (all / rows);
    }
}
