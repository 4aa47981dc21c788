using System.Globalization;
using System.Text;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Learning.LightGbm;

/// <summary>
/// Trees in the making. A booster with k classes adds k trees an iteration, and its scores and gradients are class by class:
/// the entry of row r and class c is at c · rows + r.
/// </summary>
internal sealed class LightGbmBooster : IDisposable
{
    // Rows handed over at once when predicting: bounds the copy as double to a few megabytes.
    private const int BatchRows = 1024;

    // The same number of threads as in training, see LightGbmParameters.
    private const string PredictParameters = "num_threads=1 verbosity=-1";

    // Enough for an iteration's trees, and below the size that makes the runtime collect all generations.
    private const int FirstBufferBytes = 1 << 16;
    private const int AllIterations = -1;

    private readonly BoosterHandle handle;
    private readonly LightGbmDataset? dataset;
    private readonly int columns;

    /// <summary>Starts an ensemble without trees.</summary>
    /// <param name="dataset">Rows to learn from; it must outlive the booster.</param>
    /// <param name="parameters">All of them, objective included.</param>
    public LightGbmBooster(LightGbmDataset dataset, LightGbmParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(parameters);
        this.dataset = dataset;
        columns = dataset.Columns;
        Classes = parameters.Classes;
        LightGbmLibrary.Check(
            NativeMethods.LGBM_BoosterCreate(dataset.Handle, parameters.ToString(), out var booster),
            nameof(NativeMethods.LGBM_BoosterCreate));
        handle = new BoosterHandle(booster);
    }

    /// <summary>A finished ensemble from LightGBM's text format.</summary>
    /// <param name="modelText">As <see cref="ModelText"/> gives it.</param>
    /// <param name="classes">Trees of an iteration.</param>
    /// <param name="columns">Columns it learned from.</param>
    public LightGbmBooster(string modelText, int classes, int columns)
    {
        LightGbmLibrary.EnsureLoaded();
        LightGbmLibrary.Check(
            NativeMethods.LGBM_BoosterLoadModelFromString(modelText, out _, out var booster), nameof(NativeMethods.LGBM_BoosterLoadModelFromString));
        handle = new BoosterHandle(booster);
        Classes = classes;
        this.columns = columns;
    }

    /// <summary>Trees added in each iteration.</summary>
    public int Classes { get; }

    /// <summary>Adds one iteration by the objective among the parameters. False when no split helped any more.</summary>
    public bool Update()
    {
        LightGbmLibrary.Check(
            NativeMethods.LGBM_BoosterUpdateOneIter(handle, out var isFinished), nameof(NativeMethods.LGBM_BoosterUpdateOneIter));
        return isFinished == 0;
    }

    /// <summary>Adds one iteration by the caller's own gradients (objective "none"). False when no split helped any more.</summary>
    /// <param name="gradient">First derivative of the loss by the score, class by class.</param>
    /// <param name="hessian">Second derivative, class by class, not negative.</param>
    public bool Update(ReadOnlySpan<float> gradient, ReadOnlySpan<float> hessian)
    {
        if (gradient.Length != dataset!.Rows * Classes || hessian.Length != gradient.Length)
        {
            throw new ArgumentException($"expected {dataset.Rows * Classes} gradients and hessians", nameof(gradient));
        }

        LightGbmLibrary.Check(
            NativeMethods.LGBM_BoosterUpdateOneIterCustom(handle, gradient, hessian, out var isFinished),
            nameof(NativeMethods.LGBM_BoosterUpdateOneIterCustom));
        return isFinished == 0;
    }

    /// <summary>Scores of the training rows so far, class by class; raw when the objective is "none".</summary>
    public void TrainingScoresInto(Span<double> scores)
    {
        if (scores.Length != dataset!.Rows * Classes)
        {
            throw new ArgumentException($"expected room for {dataset.Rows * Classes} scores", nameof(scores));
        }

        LightGbmLibrary.Check(
            NativeMethods.LGBM_BoosterGetPredict(handle, 0, out _, scores), nameof(NativeMethods.LGBM_BoosterGetPredict));
    }

    /// <summary>Rows × classes results, row by row: probabilities, or raw sums of leaves.</summary>
    public double[] Predict(WindowTable table, bool raw)
    {
        ArgumentNullException.ThrowIfNull(table);
        var result = new double[table.Rows * Classes];
        for (var first = 0; first < table.Rows; first += BatchRows)
        {
            var rows = Math.Min(BatchRows, table.Rows - first);
            var values = LightGbmDataset.Widen(table.Features.AsSpan(first * table.Columns, rows * table.Columns));
            PredictInto(values, table.Columns, raw, result.AsSpan(first * Classes, rows * Classes));
        }

        return result;
    }

    /// <summary>Rows × classes results of rows × columns values, NaN where missing.</summary>
    public void PredictInto(ReadOnlySpan<double> values, int valueColumns, bool raw, Span<double> result)
    {
        if (valueColumns != columns)
        {
            throw new ArgumentException($"the booster learned {columns} columns, not {valueColumns}", nameof(valueColumns));
        }

        LightGbmLibrary.Check(
            NativeMethods.LGBM_BoosterPredictForMat(
                handle,
                values,
                NativeMethods.Float64,
                values.Length / columns,
                columns,
                1,
                raw ? NativeMethods.PredictRaw : NativeMethods.PredictNormal,
                0,
                -1,
                PredictParameters,
                out _,
                result),
            nameof(NativeMethods.LGBM_BoosterPredictForMat));
    }

    /// <summary>The model in LightGBM's text format.</summary>
    public string ModelText() => TextFrom(0);

    /// <summary>The trees so far, or those from an iteration on: tree t belongs to class t mod <see cref="Classes"/>. No later iteration changes them.</summary>
    public IReadOnlyList<LightGbmTree> Trees(int firstIteration = 0) => LightGbmTree.ParseAll(TextFrom(firstIteration));

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private string TextFrom(int firstIteration)
    {
        var buffer = new byte[FirstBufferBytes];
        var bytes = Save(buffer, firstIteration);
        if (bytes > buffer.Length)
        {
            buffer = new byte[bytes];
            Save(buffer, firstIteration);
        }

        // The text is closed by a zero byte, which counts.
        return Encoding.UTF8.GetString(buffer, 0, (int)bytes - 1);
    }

    private long Save(byte[] buffer, int firstIteration)
    {
        LightGbmLibrary.Check(
            NativeMethods.LGBM_BoosterSaveModelToString(handle, firstIteration, AllIterations, 0, buffer.Length, out var bytes, buffer),
            nameof(NativeMethods.LGBM_BoosterSaveModelToString));
        return bytes;
    }
}

/// <summary>
/// One tree. Splits are 0 … <see cref="Features"/>.Length − 1, the first is the root; a child below 0 is leaf ~child. A tree
/// without splits is leaf 0.
/// </summary>
internal sealed class LightGbmTree
{
    private LightGbmTree(int[] features, double[] thresholds, double[] gains, int[] left, int[] right, double[] leaves, int[] decisions)
    {
        Features = features;
        Thresholds = thresholds;
        Gains = gains;
        Left = left;
        Right = right;
        Leaves = leaves;

        // Of a decision's bits the second is that missing values go left, the third and fourth which values are missing: 2 is NaN, otherwise NaN counts as 0.
        MissingGoes = Array.ConvertAll(decisions, decision => (decision >> 2) != 2 ? 0 : (decision & 2) != 0 ? 1 : -1);
    }

    /// <summary>Where a missing value goes at each split: 1 left, −1 right, 0 as the value 0 would.</summary>
    public IReadOnlyList<int> MissingGoes { get; }

    /// <summary>Column each split compares.</summary>
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
            Numbers(fields["leaf_value"], ParseDouble),
            isLeafOnly ? [] : Numbers(fields["decision_type"], ParseInt));
    }

    private static T[] Numbers<T>(string text, Func<string, T> parse) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(parse)];

    private static int ParseInt(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // A split of missing values from all others has an infinite threshold.
    private static double ParseDouble(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
