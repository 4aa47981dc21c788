using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>A split of the classes in two by one feature: at most the threshold on the left.</summary>
/// <param name="Column">Column of the table.</param>
/// <param name="Threshold">Left when the value is at most this.</param>
/// <param name="LeftClasses">Classes that belong on the left.</param>
/// <param name="Misrouted">Share of windows on the wrong side, the classes weighing alike.</param>
internal sealed record GateSplit(int Column, int Threshold, IReadOnlyList<int> LeftClasses, double Misrouted);

/// <summary>
/// Finds the feature that best separates one half of the classes from the other, as "still" from "moving": the most even division
/// that hardly misroutes anyone, and among equals the cheapest feature.
/// </summary>
internal static class GateSearch
{
    /// <summary>Above this share of misrouted windows a gate does more harm than its specialists do good.</summary>
    public const double MostMisrouted = 0.01;

    // Two gates this close are equally good on other people; then the price decides.
    private const double Tolerance = 0.001;

    // Most columns are no gate at all, which a hundred windows of each class show: a gate that misroutes 1 % misroutes 5 % of three hundred
    // windows only by a chance of seven standard errors.
    private const int SampledOfClass = 100;
    private const double HopelessInSample = 5 * MostMisrouted;

    // The device's arrays and telemetry number classes in a byte.
    private const int ClassBits = 8;

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

        int[] all = [.. Enumerable.Range(0, table.Rows).Where(row => table.Labels[row] >= 0)];
        var sample = SampleOf(table, all);
        var found = new List<GateSplit>[columns.Count];
        Parallel.For(0, columns.Count, i =>
        {
            found[i] = SplitsOf(table, sample, columns[i], present);
            if (sample.Length < all.Length)
            {
                var isHopeless = found[i].All(split => split.Misrouted > HopelessInSample);
                found[i] = isHopeless ? [] : SplitsOf(table, all, columns[i], present);
            }
        });
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

    // Evenly spread over the rows of each class.
    private static int[] SampleOf(WindowTable table, int[] rows) =>
        [.. rows.GroupBy(row => table.Labels[row]).SelectMany(group =>
        {
            int[] own = [.. group];
            var taken = Math.Min(SampledOfClass, own.Length);
            return Enumerable.Range(0, taken).Select(i => own[(long)i * own.Length / taken]);
        }).Order()];

    // Rows as value · 256 + class, which sorts by value, then class.
    private static List<GateSplit> SplitsOf(WindowTable table, int[] rows, int column, int[] present)
    {
        var counts = new int[table.Classes.Count];
        var sorted = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var label = table.Labels[rows[i]];
            counts[label]++;
            sorted[i] = ((long)table.Features[rows[i] * table.Columns + column] << ClassBits) | (uint)label;
        }

        Array.Sort(sorted);
        var medians = MediansOf(sorted, counts);
        var ordered = present.OrderBy(c => medians[c]).ThenBy(c => c).ToArray();
        return [.. Enumerable.Range(1, ordered.Length - 1).Select(cut => BestThreshold(sorted, counts, column, ordered[..cut], present.Length))];
    }

    private static int[] MediansOf(long[] sorted, int[] counts)
    {
        var seen = new int[counts.Length];
        var medians = new int[counts.Length];
        foreach (var key in sorted)
        {
            if (seen[ClassOf(key)]++ == counts[ClassOf(key)] / 2)
            {
                medians[ClassOf(key)] = ValueOf(key);
            }
        }

        return medians;
    }

    // Walks the sorted values; every class weighs 1, so the share of the wrong side is a plain sum.
    private static GateSplit BestThreshold(long[] sorted, int[] counts, int column, int[] left, int classes)
    {
        var isLeft = new bool[counts.Length];
        foreach (var c in left)
        {
            isLeft[c] = true;
        }

        double wrong = left.Length, best = double.PositiveInfinity;
        var threshold = 0;
        for (var i = 0; i + 1 < sorted.Length; i++)
        {
            var c = ClassOf(sorted[i]);
            wrong += (isLeft[c] ? -1.0 : 1.0) / counts[c];
            if (ValueOf(sorted[i + 1]) != ValueOf(sorted[i]) && wrong < best - 1e-12)
            {
                // Half-way to the next value, rounded down: the same split of these rows, safer for others.
                best = wrong;
                threshold = (int)(((long)ValueOf(sorted[i]) + ValueOf(sorted[i + 1])) >> 1);
            }
        }

        return new GateSplit(column, threshold, [.. left.Order()], best / classes);
    }

    private static int ValueOf(long key) => (int)(key >> ClassBits);

    private static int ClassOf(long key) => (int)(key & ((1 << ClassBits) - 1));
}
