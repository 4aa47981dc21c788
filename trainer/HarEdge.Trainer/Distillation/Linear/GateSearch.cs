using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>A split of the classes in two by one feature: at most the threshold on the left.</summary>
/// <param name="Column">Column of the table.</param>
/// <param name="Threshold">Left when the value is at most this.</param>
/// <param name="LeftClasses">Classes that belong on the left.</param>
/// <param name="Misrouted">Share of windows on the wrong side, the classes weighing alike.</param>
public sealed record GateSplit(int Column, int Threshold, IReadOnlyList<int> LeftClasses, double Misrouted);

/// <summary>
/// Finds the feature that best tells one half of the classes from the other, as "still" from "moving": the most even division
/// that hardly misroutes anyone, and among equals the cheapest feature.
/// </summary>
public static class GateSearch
{
    /// <summary>Above this share of misrouted windows a gate does more harm than its specialists do good.</summary>
    public const double MostMisrouted = 0.01;

    // Two gates this close are equally good on other people; then the price decides.
    private const double Tolerance = 0.001;

    /// <summary>The best split, or null when no feature divides the classes cleanly.</summary>
    /// <param name="table">Training windows; unlabelled rows are ignored.</param>
    /// <param name="columns">Columns to try.</param>
    /// <param name="price">Instructions of a column.</param>
    public static GateSplit? Find(WindowTable table, IReadOnlyList<int> columns, Func<int, double> price)
    {
        var present = table.Labels.Where(label => label >= 0).Distinct().Order().ToArray();
        if (present.Length < 3)
        {
            return null;
        }

        var found = new List<GateSplit>[columns.Count];
        Parallel.For(0, columns.Count, i => found[i] = SplitsOf(table, columns[i], present));
        var clean = found.SelectMany(splits => splits).Where(split => split.Misrouted <= MostMisrouted).ToList();
        if (clean.Count == 0)
        {
            return null;
        }

        int Evenness(GateSplit split) => Math.Min(split.LeftClasses.Count, present.Length - split.LeftClasses.Count);
        var most = clean.Max(Evenness);
        var even = clean.Where(split => Evenness(split) == most).ToList();
        var least = even.Min(split => split.Misrouted);
        return even.Where(split => split.Misrouted <= least + Tolerance)
            .OrderBy(split => price(split.Column)).ThenBy(split => split.Misrouted).ThenBy(split => split.Column).First();
    }

    private static List<GateSplit> SplitsOf(WindowTable table, int column, int[] present)
    {
        var rows = new List<(int Value, int Class)>(table.Rows);
        for (var row = 0; row < table.Rows; row++)
        {
            if (table.Labels[row] >= 0)
            {
                rows.Add((table.Features[row * table.Columns + column], table.Labels[row]));
            }
        }

        rows.Sort();
        var counts = new int[table.Classes.Count];
        var medians = new int[table.Classes.Count];
        foreach (var group in rows.GroupBy(row => row.Class))
        {
            var values = group.Select(row => row.Value).ToArray();
            counts[group.Key] = values.Length;
            medians[group.Key] = values[values.Length / 2];
        }

        var ordered = present.OrderBy(c => medians[c]).ThenBy(c => c).ToArray();
        return [.. Enumerable.Range(1, ordered.Length - 1).Select(cut => BestThreshold(rows, counts, column, ordered[..cut], present.Length))];
    }

    // Walks the sorted values; every class weighs 1, so the share of the wrong side is a plain sum.
    private static GateSplit BestThreshold(List<(int Value, int Class)> rows, int[] counts, int column, int[] left, int classes)
    {
        var isLeft = new bool[counts.Length];
        foreach (var c in left)
        {
            isLeft[c] = true;
        }

        double wrong = left.Length, best = double.PositiveInfinity;
        int threshold = 0;
        for (var i = 0; i + 1 < rows.Count; i++)
        {
            wrong += (isLeft[rows[i].Class] ? -1.0 : 1.0) / counts[rows[i].Class];
            if (rows[i + 1].Value != rows[i].Value && wrong < best - 1e-12)
            {
                // Half-way to the next value, rounded down: the same split of these rows, safer for others.
                best = wrong;
                threshold = (int)(((long)rows[i].Value + rows[i + 1].Value) >> 1);
            }
        }

        return new GateSplit(column, threshold, [.. left.Order()], best / classes);
    }
}
