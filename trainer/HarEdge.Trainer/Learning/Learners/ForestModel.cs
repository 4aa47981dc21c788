namespace HarEdge.Trainer.Learning.Learners;

/// <summary>
/// A random forest (Breiman, Machine Learning 45, 2001) or extremely randomized trees (Geurts, Ernst, Wehenkel, Machine Learning 63, 2006): full trees on a draw of √columns at each
/// split, Gini impurity, probabilities averaged over the trees. Values are binned first; a missing value is a bin of its own, below all others.
/// </summary>
internal sealed class ForestLearner(bool isExtra, int trees = 200, double columnShare = 0, int leastLeaf = 1) : TableLearner
{
    /// <inheritdoc/>
    public override string Name => isExtra ? "extra trees" : "random forest";

    /// <inheritdoc/>
    public override TrainedLearner Learn(float[][] columns, int[] labels, int classes, int seed, CancellationToken cancellation)
    {
        var bins = BinnedColumns.Of(columns);
        var tried = Math.Clamp((int)Math.Round(columnShare > 0 ? columnShare * columns.Length : Math.Sqrt(columns.Length)), 1, columns.Length);

        // Leaves of a large table may be larger: the file stays within some megabytes, and single rows matter less.
        var smallest = Math.Max(leastLeaf, labels.Length / 10_000);
        var grown = new ForestTree[trees];
        var gains = new double[trees][];
        Parallel.For(0, trees, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, tree =>
        {
            var grower = new ForestTreeGrower(bins, labels, classes, tried, smallest, isExtra, unchecked((seed * 1_000_003) + tree));
            grown[tree] = grower.Grow();
            gains[tree] = grower.Gains;
        });
        var importance = new double[columns.Length];
        foreach (var gain in gains)
        {
            var sum = gain.Sum();
            for (var column = 0; column < importance.Length; column++)
            {
                importance[column] += sum > 0 ? gain[column] / sum / trees : 0;
            }
        }

        return new ForestModel(isExtra ? TableLearnerKind.ExtraTrees : TableLearnerKind.Forest, grown, classes) { Importance = importance };
    }
}

/// <summary>Columns as at most 255 bins: bin 0 is a missing value, bin b holds values in (edge[b−2], edge[b−1]].</summary>
internal sealed class BinnedColumns
{
    private const int MostEdges = 253;

    private BinnedColumns(byte[][] bins, float[][] edges)
    {
        Bins = bins;
        Edges = edges;
    }

    /// <summary>Columns × rows.</summary>
    public byte[][] Bins { get; }

    /// <summary>For each column the values between its bins, ascending.</summary>
    public float[][] Edges { get; }

    public static BinnedColumns Of(float[][] columns)
    {
        var bins = new byte[columns.Length][];
        var edges = new float[columns.Length][];
        Parallel.For(0, columns.Length, column =>
        {
            edges[column] = EdgesOf(columns[column]);
            bins[column] = Array.ConvertAll(columns[column], value => BinOf(value, edges[column]));
        });
        return new BinnedColumns(bins, edges);
    }

    private static byte BinOf(float value, float[] edges)
    {
        if (float.IsNaN(value))
        {
            return 0;
        }

        var at = Array.BinarySearch(edges, value);
        return (byte)((at >= 0 ? at : ~at) + 1);
    }

    // Halfway between neighbours; of many different values those at even shares of the rows.
    private static float[] EdgesOf(float[] values)
    {
        float[] sorted = [.. values.Where(value => !float.IsNaN(value)).Order()];
        List<float> edges = [];
        for (var i = 1; i <= MostEdges && sorted.Length > 1; i++)
        {
            var at = (int)((long)i * sorted.Length / (MostEdges + 1));
            if (sorted.Length <= MostEdges)
            {
                at = i;
            }

            if (at >= 1 && at < sorted.Length && sorted[at] > sorted[at - 1])
            {
                edges.Add(Between(sorted[at - 1], sorted[at]));
            }
            else if (at >= 1 && at < sorted.Length && sorted.Length > MostEdges)
            {
                // Within a run of equal values: the edge above it, once.
                var next = Array.FindIndex(sorted, at, value => value > sorted[at]);
                if (next > 0)
                {
                    edges.Add(Between(sorted[at], sorted[next]));
                }
            }
        }

        return [.. edges.Distinct().Order()];
    }

    // Never the upper value itself, which would put both on one side.
    private static float Between(float low, float high)
    {
        var middle = (float)(((double)low + high) / 2);
        return middle < high ? middle : low;
    }
}

/// <summary>One tree: node n asks whether its column is at most its threshold or missing, which goes left; a child below 0 is leaf ~child.</summary>
internal sealed record ForestTree(int[] Columns, float[] Thresholds, int[] Left, int[] Right, byte[] Leaves)
{
    /// <summary>The leaf a row falls into.</summary>
    public int LeafOf(float[][] columns, int row)
    {
        var node = Columns.Length == 0 ? ~0 : 0;
        while (node >= 0)
        {
            node = columns[Columns[node]][row] > Thresholds[node] ? Right[node] : Left[node];
        }

        return ~node;
    }
}

/// <summary>A forest; each leaf holds its classes' shares in 255ths.</summary>
internal sealed class ForestModel(TableLearnerKind kind, ForestTree[] trees, int classes) : TrainedLearner
{
    // No share of 200 trees is surely 0: a hundredth of a row for every class.
    private const double LeastShare = 1e-3;

    /// <inheritdoc/>
    public override TableLearnerKind Kind => kind;

    /// <summary>The trees.</summary>
    public IReadOnlyList<ForestTree> Trees => trees;

    /// <summary>For each column its share of all decreases of impurity; empty for a forest from a file.</summary>
    public double[] Importance { get; init; } = [];

    /// <inheritdoc/>
    public override ClassScores Score(float[][] columns)
    {
        var scores = new ClassScores(columns[0].Length, classes);
        Parallel.For(0, scores.Rows, row =>
        {
            Span<int> sums = stackalloc int[classes];
            foreach (var tree in trees)
            {
                var leaf = tree.LeafOf(columns, row) * classes;
                for (var c = 0; c < classes; c++)
                {
                    sums[c] += tree.Leaves[leaf + c];
                }
            }

            for (var c = 0; c < classes; c++)
            {
                scores[row][c] = Math.Log(LeastShare + (sums[c] / (255.0 * trees.Length)));
            }
        });
        return scores;
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(classes);
        writer.Write(trees.Length);
        foreach (var tree in trees)
        {
            writer.WriteArray(tree.Columns);
            writer.WriteArray(tree.Thresholds);
            writer.WriteArray(tree.Left);
            writer.WriteArray(tree.Right);
            writer.Write(tree.Leaves.Length);
            writer.Write(tree.Leaves);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ForestModel ReadFrom(TableLearnerKind kind, BinaryReader reader)
    {
        var classes = reader.ReadInt32();
        var trees = new ForestTree[reader.ReadInt32()];
        for (var t = 0; t < trees.Length; t++)
        {
            trees[t] = new ForestTree(reader.ReadInts(), reader.ReadFloats(), reader.ReadInts(), reader.ReadInts(), reader.ReadBytes(reader.ReadInt32()));
        }

        return new ForestModel(kind, trees, classes);
    }
}
