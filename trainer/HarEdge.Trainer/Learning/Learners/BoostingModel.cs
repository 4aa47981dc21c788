using HarEdge.Trainer.Learning.LightGbm;

namespace HarEdge.Trainer.Learning.Learners;

/// <summary>Gradient boosting by LightGBM, which sends a missing value to the side where it loses least.</summary>
internal sealed class BoostingLearner(int iterations = 150, int leaves = 7, double rate = 0.1, double columnShare = 0) : TableLearner
{
    // Rows above this number are drawn by class and seed: a tree's splits do not get better by more of them.
    private const int MostRows = 40_000;

    /// <inheritdoc/>
    public override string Name => "gradient boosting";

    /// <inheritdoc/>
    public override TrainedLearner Learn(float[][] columns, int[] labels, int classes, int seed, CancellationToken cancellation)
    {
        var rows = RowSample.Of(labels, classes, MostRows, seed);
        var parameters = new LightGbmParameters(seed, classes)
            .Set("objective", "multiclass")
            .Set("max_bin", 63)
            .Set("learning_rate", rate)
            .Set("num_leaves", leaves)
            .Set("feature_fraction", columnShare > 0 ? columnShare : Math.Max(0.05, Math.Min(1, 20.0 / columns.Length)))
            .Set("min_data_in_leaf", Math.Clamp(rows.Length / 200, 1, 20));
        using var dataset = LightGbmDataset.FromRows(Rows(columns, rows), columns.Length, parameters);
        dataset.SetLabels([.. rows.Select(row => (float)labels[row])]);
        using var booster = new LightGbmBooster(dataset, parameters);
        for (var i = 0; i < iterations && booster.Update(); i++)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return new BoostingModel(booster.ModelText(), classes, columns.Length);
    }

    /// <summary>Rows × columns as LightGBM takes them.</summary>
    internal static double[] Rows(float[][] columns, IReadOnlyList<int> rows)
    {
        var values = new double[rows.Count * columns.Length];
        for (var column = 0; column < columns.Length; column++)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                values[(row * columns.Length) + column] = columns[column][rows[row]];
            }
        }

        return values;
    }
}

/// <summary>A bounded number of rows, of every class the same share, the same for the same seed.</summary>
internal static class RowSample
{
    // A class keeps at least so many rows, however rare.
    private const int LeastOfClass = 50;

    /// <summary>Ascending rows; all of them where they are few enough.</summary>
    public static int[] Of(int[] labels, int classes, int most, int seed)
    {
        if (labels.Length <= most)
        {
            return [.. Enumerable.Range(0, labels.Length)];
        }

        var random = new Random(seed);
        var share = (double)most / labels.Length;
        var keys = labels.Select(_ => random.Next()).ToArray();
        return [.. Enumerable.Range(0, classes).SelectMany(c =>
        {
            int[] ofClass = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == c)];
            return ofClass.OrderBy(row => keys[row]).Take(Math.Max(LeastOfClass, (int)Math.Round(share * ofClass.Length)));
        }).Order()];
    }

    /// <summary>The same rows of every column.</summary>
    internal static float[][] PickColumns(float[][] columns, IReadOnlyList<int> rows) => Array.ConvertAll(columns, column => Pick(column, rows));

    /// <summary>Entries of an array in another order.</summary>
    internal static TItem[] Pick<TItem>(TItem[] source, IReadOnlyList<int> rows)
    {
        var picked = new TItem[rows.Count];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = source[rows[i]];
        }

        return picked;
    }
}

/// <summary>A boosted ensemble in LightGBM's own text.</summary>
internal sealed class BoostingModel : TrainedLearner
{
    private const int BatchRows = 1024;

    private readonly LightGbmBooster booster;
    private readonly string text;
    private readonly int columnCount;

    public BoostingModel(string text, int classes, int columnCount)
    {
        this.text = text;
        this.columnCount = columnCount;
        booster = new LightGbmBooster(text, classes, columnCount);
    }

    /// <inheritdoc/>
    public override TableLearnerKind Kind => TableLearnerKind.LightGbm;

    /// <summary>Every tree: tree t belongs to class t modulo the number of classes.</summary>
    public IReadOnlyList<LightGbmTree> Trees() => LightGbmTree.ParseAll(text);

    /// <inheritdoc/>
    public override ClassScores Score(float[][] columns)
    {
        var scores = new ClassScores(columns[0].Length, booster.Classes);
        var raw = new double[BatchRows * booster.Classes];
        for (var first = 0; first < scores.Rows; first += BatchRows)
        {
            int[] rows = [.. Enumerable.Range(first, Math.Min(BatchRows, scores.Rows - first))];
            var result = raw.AsSpan(0, rows.Length * booster.Classes);
            booster.PredictInto(BoostingLearner.Rows(columns, rows), columnCount, raw: true, result);
            for (var i = 0; i < rows.Length; i++)
            {
                result.Slice(i * booster.Classes, booster.Classes).CopyTo(scores[rows[i]]);
            }
        }

        return scores;
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(booster.Classes);
        writer.Write(columnCount);
        writer.Write(text);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static BoostingModel ReadFrom(BinaryReader reader)
    {
        var classes = reader.ReadInt32();
        var columns = reader.ReadInt32();
        return new BoostingModel(reader.ReadString(), classes, columns);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            booster.Dispose();
        }

        base.Dispose(disposing);
    }
}
