using System.Globalization;
using System.Text;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Learning.LightGbm;

/// <summary>
/// Rows and columns in LightGBM's bins. Values are handed over as double, in which every int is exact: whatever threshold a tree
/// chooses, the whole numbers at most its floor are those the tree sends left.
/// </summary>
internal sealed class LightGbmDataset : IDisposable
{
    private LightGbmDataset(DatasetHandle handle, int rows, int columns)
    {
        Handle = handle;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    internal DatasetHandle Handle { get; }

    /// <summary>Bins a matrix.</summary>
    /// <param name="values">Rows × columns, row by row.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="parameters">Of these the ones about bins are used.</param>
    /// <param name="reference">A data set of as many columns whose bins are used again; null finds new ones.</param>
    public static LightGbmDataset FromRows(
        ReadOnlySpan<double> values, int columns, LightGbmParameters parameters, LightGbmDataset? reference = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length == 0 || values.Length % columns != 0 || (reference is not null && reference.Columns != columns))
        {
            throw new ArgumentException("values must be whole rows of as many columns as the reference has", nameof(values));
        }

        LightGbmLibrary.EnsureLoaded();
        var rows = values.Length / columns;
        var text = parameters.ToString();
        var status = reference is null
            ? NativeMethods.LGBM_DatasetCreateFromMat(values, NativeMethods.Float64, rows, columns, 1, text, IntPtr.Zero, out var dataset)
            : NativeMethods.LGBM_DatasetCreateFromMat(values, NativeMethods.Float64, rows, columns, 1, text, reference.Handle, out dataset);
        LightGbmLibrary.Check(status, nameof(NativeMethods.LGBM_DatasetCreateFromMat));
        return new LightGbmDataset(new DatasetHandle(dataset), rows, columns);
    }

    /// <summary>Bins the features of every window of a table.</summary>
    public static LightGbmDataset FromTable(WindowTable table, LightGbmParameters parameters, LightGbmDataset? reference = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        return FromRows(Widen(table.Features), table.Columns, parameters, reference);
    }

    /// <summary>What the rows should give: class indices, or numbers.</summary>
    public void SetLabels(ReadOnlySpan<float> labels) => SetField("label", labels);

    /// <summary>How much each row counts.</summary>
    public void SetWeights(ReadOnlySpan<float> weights) => SetField("weight", weights);

    /// <summary>Where boosting starts: for each class in turn one raw score a row.</summary>
    public void SetInitialScores(ReadOnlySpan<double> scores)
    {
        if (scores.Length == 0 || scores.Length % Rows != 0)
        {
            throw new ArgumentException($"expected a multiple of {Rows} scores, got {scores.Length}", nameof(scores));
        }

        LightGbmLibrary.Check(
            NativeMethods.LGBM_DatasetSetField(Handle, "init_score", scores, scores.Length, NativeMethods.Float64),
            nameof(NativeMethods.LGBM_DatasetSetField));
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    /// <summary>The same numbers as double.</summary>
    internal static double[] Widen(ReadOnlySpan<int> values)
    {
        var wide = new double[values.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        return wide;
    }

    private void SetField(string field, ReadOnlySpan<float> values)
    {
        if (values.Length != Rows)
        {
            throw new ArgumentException($"expected one {field} for each of {Rows} rows, got {values.Length}", nameof(values));
        }

        LightGbmLibrary.Check(
            NativeMethods.LGBM_DatasetSetField(Handle, field, values, values.Length, NativeMethods.Float32),
            nameof(NativeMethods.LGBM_DatasetSetField));
    }
}

/// <summary>
/// Parameters by LightGBM's own names. It starts from what makes a run repeatable: every seed from one, histograms by row and
/// the deterministic mode. There is one thread, always: cross-fitting keeps the cores busy with folds, and LightGBM holds the
/// number of threads for the whole process, so that a second number given by one booster breaks the buffers of another that is
/// being trained at the same time.
/// </summary>
internal sealed class LightGbmParameters
{
    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Repeatable settings and nothing else.</summary>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="classes">Trees added in each iteration: 1, or the number of classes.</param>
    public LightGbmParameters(int seed, int classes = 1)
    {
        Classes = classes;
        Set("num_class", classes);
        Set("seed", seed);
        Set("deterministic", true);
        Set("force_row_wise", true);
        values["num_threads"] = "1";
        Set("verbosity", -1);
    }

    /// <summary>Trees added in each iteration.</summary>
    public int Classes { get; }

    /// <summary>Sets or replaces a parameter.</summary>
    /// <exception cref="ArgumentException">The number of threads, which is not a matter of one booster.</exception>
    public LightGbmParameters Set(string name, string value)
    {
        if (name == "num_threads")
        {
            throw new ArgumentException("LightGBM has one number of threads for the whole process, and it is 1", nameof(name));
        }

        values[name] = value;
        return this;
    }

    /// <inheritdoc cref="Set(string, string)"/>
    public LightGbmParameters Set(string name, int value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Set(string, string)"/>
    public LightGbmParameters Set(string name, bool value) => Set(name, value ? "true" : "false");

    /// <inheritdoc cref="Set(string, string)"/>
    public LightGbmParameters Set(string name, double value) => Set(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Sets a parameter that takes one number a column.</summary>
    public LightGbmParameters Set(string name, IEnumerable<double> value) =>
        Set(name, string.Join(',', value.Select(v => v.ToString("R", CultureInfo.InvariantCulture))));

    /// <summary>The parameters as LightGBM reads them.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in values)
        {
            text.Append(name).Append('=').Append(value).Append(' ');
        }

        return text.ToString().TrimEnd();
    }
}
