using System.Globalization;

namespace HarEdge.Trainer.Learning.LightGbm;

/// <summary>
/// One tree. Splits are 0 … <see cref="Features"/>.Length − 1, the first is the root; a child below 0 is leaf ~child. A tree
/// without splits is leaf 0.
/// </summary>
internal sealed class LightGbmTree
{
    private LightGbmTree(int[] features, double[] thresholds, double[] gains, int[] left, int[] right, double[] leaves)
    {
        Features = features;
        Thresholds = thresholds;
        Gains = gains;
        Left = left;
        Right = right;
        Leaves = leaves;
    }

    /// <summary>Column each split looks at.</summary>
    public IReadOnlyList<int> Features { get; }

    /// <summary>Values at most this go left.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>How much each split lowered the loss.</summary>
    public IReadOnlyList<double> Gains { get; }

    /// <summary>Child for values at most the threshold.</summary>
    public IReadOnlyList<int> Left { get; }

    /// <summary>Child for values above the threshold.</summary>
    public IReadOnlyList<int> Right { get; }

    /// <summary>Value of each leaf, learning rate included.</summary>
    public IReadOnlyList<double> Leaves { get; }

    /// <summary>Splits and leaves together.</summary>
    public int Nodes => Features.Count + Leaves.Count;

    /// <summary>
    /// The threshold of a split for whole numbers: x ≤ t exactly when x ≤ floor(t). LightGBM writes a split between 0 and 1 as
    /// 1e-35 and one between −1 and 0 as −1e-35; their floors are 0 and −1, as they should be.
    /// </summary>
    public int IntegerThreshold(int split) => (int)Math.Clamp(Math.Floor(Thresholds[split]), int.MinValue, int.MaxValue);

    /// <summary>The leaf a row of values falls into.</summary>
    public int LeafOf(ReadOnlySpan<int> row)
    {
        var node = Features.Count == 0 ? ~0 : 0;
        while (node >= 0)
        {
            node = row[Features[node]] <= Thresholds[node] ? Left[node] : Right[node];
        }

        return ~node;
    }

    /// <summary>Reads every tree of a model in LightGBM's text format.</summary>
    internal static IReadOnlyList<LightGbmTree> ParseAll(string modelText)
    {
        var trees = new List<LightGbmTree>();
        Dictionary<string, string>? fields = null;
        foreach (var line in modelText.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("Tree="))
            {
                fields = [];
            }
            else if (fields is not null && line.IndexOf('=') is > 0 and var at)
            {
                fields[line[..at].ToString()] = line[(at + 1)..].ToString();
            }
            else if (fields is { Count: > 0 } && line.IsEmpty)
            {
                trees.Add(FromFields(fields));
                fields = null;
            }
        }

        return trees;
    }

    private static LightGbmTree FromFields(Dictionary<string, string> fields)
    {
        if (fields["num_cat"] != "0" || fields.GetValueOrDefault("is_linear", "0") != "0")
        {
            throw new NotSupportedException("trees with categorical splits or linear leaves are not used here");
        }

        var isLeafOnly = fields["num_leaves"] == "1";
        return new LightGbmTree(
            isLeafOnly ? [] : Numbers(fields["split_feature"], ParseInt),
            isLeafOnly ? [] : Numbers(fields["threshold"], ParseDouble),
            isLeafOnly ? [] : Numbers(fields["split_gain"], ParseDouble),
            isLeafOnly ? [] : Numbers(fields["left_child"], ParseInt),
            isLeafOnly ? [] : Numbers(fields["right_child"], ParseInt),
            Numbers(fields["leaf_value"], ParseDouble));
    }

    private static T[] Numbers<T>(string text, Func<string, T> parse) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(parse)];

    private static int ParseInt(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double ParseDouble(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
