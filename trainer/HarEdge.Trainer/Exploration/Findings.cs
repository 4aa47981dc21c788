using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Tables.Learners;

namespace HarEdge.Trainer.Exploration;

/// <summary>What parts two sides.</summary>
/// <param name="What">The sides.</param>
/// <param name="Features">First features of their groups with the share of variance between the sides (η²).</param>
internal sealed record Contrast(string What, IReadOnlyList<ContrastFeature> Features)
{
    private static readonly string[] Dynamic = ["WALK", "RUN", "JOG", "STAIR", "CYCL", "BIK", "JUMP"];
    private static readonly string[] Static = ["SIT", "STAND", "LAY", "LYING", "LIE", "SEAT", "REST", "STILL"];

    /// <summary>Whether an activity of that name is one of moving on; null for other names.</summary>
    public static bool? IsDynamic(string name)
    {
        var upper = name.ToUpperInvariant();
        return upper.Contains("_TO_", StringComparison.Ordinal) ? null
            : Dynamic.Any(word => upper.Contains(word, StringComparison.Ordinal)) ? true
            : Static.Any(word => upper.Contains(word, StringComparison.Ordinal)) ? false : null;
    }
}

/// <summary>A feature and the share of its variance between two sides.</summary>
internal sealed record ContrastFeature(string Feature, double Separation);

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
        var labels = FeatureTable.Pick(sides, rows);
        var folds = TableFolds.Of(part, 4, seed);
        var likely = new double[rows.Length];
        var used = new double[table.Columns.Count];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var (judged, learned) = folds.Rows(fold);
            using var forest = (ForestModel)new ForestLearner(isExtra: false, Trees).Learn(
                Array.ConvertAll(part.Values, column => FeatureTable.Pick(column, learned)), FeatureTable.Pick(labels, learned), 2, seed, cancellation);
            var scores = forest.Score(Array.ConvertAll(part.Values, column => FeatureTable.Pick(column, judged)));
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
                .. groups.Select(group => new ContrastFeature(table.Columns[group[0]].Name, Math.Round(group.Sum(column => used[column]), 6)))
                    .OrderByDescending(feature => feature.Separation).Take(Listed),
            ]);
    }
}
