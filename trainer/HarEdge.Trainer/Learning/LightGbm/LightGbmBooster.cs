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

    private readonly BoosterHandle handle;
    private readonly LightGbmDataset dataset;

    /// <summary>Starts an ensemble without trees.</summary>
    /// <param name="dataset">Rows to learn from; it must outlive the booster.</param>
    /// <param name="parameters">All of them, objective included.</param>
    public LightGbmBooster(LightGbmDataset dataset, LightGbmParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(parameters);
        this.dataset = dataset;
        Classes = parameters.Classes;
        LightGbmLibrary.Check(
            NativeMethods.LGBM_BoosterCreate(dataset.Handle, parameters.ToString(), out var booster),
            nameof(NativeMethods.LGBM_BoosterCreate));
        handle = new BoosterHandle(booster);
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
        if (gradient.Length != dataset.Rows * Classes || hessian.Length != gradient.Length)
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
        if (scores.Length != dataset.Rows * Classes)
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
        if (table.Columns != dataset.Columns)
        {
            throw new ArgumentException($"the booster learned {dataset.Columns} columns, not {table.Columns}", nameof(table));
        }

        var result = new double[table.Rows * Classes];
        for (var first = 0; first < table.Rows; first += BatchRows)
        {
            var rows = Math.Min(BatchRows, table.Rows - first);
            var values = LightGbmDataset.Widen(table.Features.AsSpan(first * table.Columns, rows * table.Columns));
            LightGbmLibrary.Check(
                NativeMethods.LGBM_BoosterPredictForMat(
                    handle,
                    values,
                    NativeMethods.Float64,
                    rows,
                    table.Columns,
                    1,
                    raw ? NativeMethods.PredictRaw : NativeMethods.PredictNormal,
                    0,
                    -1,
                    PredictParameters,
                    out _,
                    result.AsSpan(first * Classes, rows * Classes)),
                nameof(NativeMethods.LGBM_BoosterPredictForMat));
        }

        return result;
    }

    /// <summary>The model in LightGBM's text format.</summary>
    public string ModelText()
    {
        var buffer = new byte[1 << 20];
        var bytes = Save(buffer);
        if (bytes > buffer.Length)
        {
            buffer = new byte[bytes];
            Save(buffer);
        }

        // The text is closed by a zero byte, which counts.
        return Encoding.UTF8.GetString(buffer, 0, (int)bytes - 1);
    }

    /// <summary>Every tree so far: tree t belongs to class t mod <see cref="Classes"/>.</summary>
    public IReadOnlyList<LightGbmTree> Trees() => LightGbmTree.ParseAll(ModelText());

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private long Save(byte[] buffer)
    {
        LightGbmLibrary.Check(
            NativeMethods.LGBM_BoosterSaveModelToString(handle, 0, -1, 0, buffer.Length, out var bytes, buffer),
            nameof(NativeMethods.LGBM_BoosterSaveModelToString));
        return bytes;
    }
}
