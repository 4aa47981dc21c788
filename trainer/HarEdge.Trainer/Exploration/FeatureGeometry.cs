using System.Numerics.Tensors;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Tables;

namespace HarEdge.Trainer.Exploration;

/// <summary>Columns brought to mean 0 and length 1 on some rows, so that a dot product is a correlation. A missing value lies on the mean.</summary>
internal sealed class FeatureGeometry
{
    /// <summary>Features this correlated with the first of a group belong to it.</summary>
    public const double GroupCorrelation = 0.9;

    private const int PowerSteps = 40;

    private readonly float[][] unit;

    private FeatureGeometry(float[][] unit) => this.unit = unit;

    /// <summary>Standardizes.</summary>
    /// <param name="table">Any table.</param>
    /// <param name="rows">The rows that count.</param>
    public static FeatureGeometry Of(FeatureTable table, int[] rows)
    {
        var unit = new float[table.Columns.Count][];
        Parallel.For(0, unit.Length, column => unit[column] = Standardized(table.Values[column], rows));
        return new FeatureGeometry(unit);
    }

    /// <summary>Pearson's correlation of two columns; 0 with one that never changes.</summary>
    public double Correlation(int a, int b) => TensorPrimitives.Dot<float>(unit[a], unit[b]);

    /// <summary>
    /// Share of a column's variance that lies between groups (η², the correlation ratio): 0 when their means are equal, 1 when a group never varies.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="group">For each row its group; negative ones do not count.</param>
    /// <param name="groups">Number of groups.</param>
    public double Separation(int column, int[] group, int groups)
    {
        var sums = new double[groups];
        var counts = new int[groups];
        double all = 0, squares = 0;
        for (var i = 0; i < group.Length; i++)
        {
            if (group[i] >= 0)
            {
                var value = unit[column][i];
                sums[group[i]] += value;
                counts[group[i]]++;
                all += value;
                squares += (double)value * value;
            }
        }

        var rows = counts.Sum();
        var total = squares - (all * all / Math.Max(1, rows));
        var between = Enumerable.Range(0, groups).Where(g => counts[g] > 0).Sum(g => sums[g] * sums[g] / counts[g]) - (all * all / Math.Max(1, rows));
        return total < 1e-9 ? 0 : Math.Clamp(between / total, 0, 1);
    }

    /// <summary>For each group the mean of a column in its standardized values; 0 for one without rows.</summary>
    public double[] Means(int column, int[] group, int groups) =>
        [.. Enumerable.Range(0, groups).Select(g => Enumerable.Range(0, group.Length).Where(i => group[i] == g).Select(i => (double)unit[column][i]).DefaultIfEmpty(0).Average())];

    /// <summary>Features that say the same: each is led by its first, and whoever is correlated enough with that one belongs to it.</summary>
    /// <param name="order">Columns, the most telling first; leaders are taken in this order.</param>
    public List<List<int>> Groups(IReadOnlyList<int> order)
    {
        List<List<int>> groups = [];
        foreach (var column in order)
        {
            var of = groups.Find(group => Math.Abs(Correlation(group[0], column)) >= GroupCorrelation);
            if (of is null)
            {
                groups.Add([column]);
            }
            else
            {
                of.Add(column);
            }
        }

        return groups;
    }

    /// <summary>The rows on the two directions of most variance, and the share of variance on each (principal components, by orthogonal iteration).</summary>
    public (double[] X, double[] Y, double XShare, double YShare) Map()
    {
        var rows = unit.Length == 0 ? 0 : unit[0].Length;
        var random = new Random(1);
        var x = Normalized([.. Enumerable.Range(0, rows).Select(_ => (float)(random.NextDouble() - 0.5))]);
        var y = Normalized([.. Enumerable.Range(0, rows).Select(_ => (float)(random.NextDouble() - 0.5))]);
        for (var step = 0; step < PowerSteps; step++)
        {
            x = Normalized(Applied(x));
            y = Applied(y);
            var along = TensorPrimitives.Dot<float>(x, y);
            for (var i = 0; i < rows; i++)
            {
                y[i] -= along * x[i];
            }

            y = Normalized(y);
        }

        double Share(float[] direction) => TensorPrimitives.Dot<float>(direction, Applied(direction)) / unit.Count(column => TensorPrimitives.Dot<float>(column, column) > 0.5);
        return ([.. x.Select(value => (double)value)], [.. y.Select(value => (double)value)], Share(x), Share(y));
    }

    // Z Zᵀ v, whose eigenvectors are the rows' places on the components.
    private float[] Applied(float[] rowsOf)
    {
        var weights = new float[unit.Length];
        Parallel.For(0, unit.Length, column => weights[column] = TensorPrimitives.Dot<float>(unit[column], rowsOf));
        var result = new float[rowsOf.Length];
        for (var column = 0; column < unit.Length; column++)
        {
            TensorPrimitives.MultiplyAdd<float>(unit[column], weights[column], result, result);
        }

        return result;
    }

    private static float[] Normalized(float[] values)
    {
        var length = TensorPrimitives.Norm<float>(values);
        if (length > 0)
        {
            TensorPrimitives.Divide<float>(values, length, values);
        }

        return values;
    }

    private static float[] Standardized(float[] column, int[] rows)
    {
        var known = rows.Where(row => !float.IsNaN(column[row])).Select(row => (double)column[row]).ToArray();
        var mean = known.Length == 0 ? 0 : known.Average();
        var length = Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)));

        // Rounding of a column that never changes is no variance.
        var scale = length > 1e-6 * (1 + Math.Abs(mean)) ? 1 / length : 0;
        return Array.ConvertAll(rows, row => float.IsNaN(column[row]) ? 0 : (float)((column[row] - mean) * scale));
    }
}

/// <summary>A feature's values by class.</summary>
internal sealed record Distribution(string Feature, string? Words, IReadOnlyList<Quantiles> Classes)
{
    /// <summary>Of some rows.</summary>
    public static Distribution Of(FeatureTable table, int column, int[] rows) => new(
        table.Columns[column].Name,
        FeatureWords.Of(table.Columns[column].Original),
        [.. Enumerable.Range(0, table.Classes.Count).Select(c => Quantiles.Of([.. rows.Where(row => table.Labels[row] == c && !float.IsNaN(table.Values[column][row])).Select(row => (double)table.Values[column][row])]))]);
}

/// <summary>The 5th, 25th, 50th, 75th and 95th percentile; all null without values.</summary>
internal sealed record Quantiles(double? P5, double? P25, double? P50, double? P75, double? P95)
{
    /// <summary>Of values, by nearest rank.</summary>
    public static Quantiles Of(double[] values)
    {
        Array.Sort(values);
        double? At(int percent) => values.Length == 0 ? null : Math.Round(values[Math.Clamp(((values.Length * percent) + 99) / 100 - 1, 0, values.Length - 1)], 6);
        return new Quantiles(At(5), At(25), At(50), At(75), At(95));
    }
}

/// <summary>Rows on the two directions of most variance.</summary>
/// <param name="X">Along the first.</param>
/// <param name="Y">Along the second.</param>
/// <param name="Labels">Class of each.</param>
/// <param name="XShare">Share of the variance along the first.</param>
/// <param name="YShare">Along the second.</param>
internal sealed record FeatureMap(IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<int> Labels, double XShare, double YShare);

/// <summary>
/// Adversarial validation: a forest that is to tell rows of the test from rows to learn from, judged on rows (people, where known) it did not learn from. 0.5 is: it cannot.
/// </summary>
/// <param name="Auroc">Area under the receiver operating characteristic.</param>
/// <param name="Features">First features of the groups it used most, with their share of all decreases of impurity.</param>
internal sealed record DriftFinding(double Auroc, IReadOnlyList<ContrastFeature> Features)
{
    private const int Most = 3000;
    private const int Trees = 60;
    private const int Listed = 5;

    /// <summary>Finds it; null where the data states no test.</summary>
    public static DriftFinding? Of(FeatureTable table, List<List<int>> groups, int seed, CancellationToken cancellation)
    {
        if (!table.HasSplit)
        {
            return null;
        }

        var sides = Array.ConvertAll(table.IsTest!, isTest => isTest ? 1 : 0);
        var rows = RowSample.Of(sides, 2, Most, seed);
        var part = table.Select(rows);
        var labels = RowSample.Pick(sides, rows);
        var folds = TableFolds.Of(part, 4, seed);
        var likely = new double[rows.Length];
        var used = new double[table.Columns.Count];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var (judged, learned) = folds.Rows(fold);
            using var forest = (ForestModel)new ForestLearner(isExtra: false, Trees).Learn(
                RowSample.PickColumns(part.Values, learned), RowSample.Pick(labels, learned), 2, seed, cancellation);
            var scores = forest.Score(RowSample.PickColumns(part.Values, judged));
            for (var i = 0; i < judged.Length; i++)
            {
                likely[judged[i]] = scores[i][1] - scores[i][0];
            }

            for (var column = 0; column < used.Length; column++)
            {
                used[column] += forest.Importance[column] / folds.Count;
            }
        }

        double[] Of(int side) => [.. Enumerable.Range(0, rows.Length).Where(i => labels[i] == side).Select(i => likely[i])];
        return new DriftFinding(
            Math.Round(Evaluation.Auroc.Of(Of(0), Of(1)), 6),
            [
                .. groups.Select(group => new ContrastFeature(table.Columns[group[0]].Name, Math.Round(group.Sum(column => used[column]), 6), null))
                    .OrderByDescending(feature => feature.Separation).Take(Listed),
            ]);
    }
}
