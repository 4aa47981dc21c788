namespace HarEdge.Trainer.Comparison;

/// <summary>Times in milliseconds.</summary>
/// <param name="Count">How many.</param>
/// <param name="MedianMs">Half of them are at most this.</param>
/// <param name="P95Ms">95 of a hundred are at most this.</param>
/// <param name="LongestMs">The longest.</param>
internal sealed record LatencySummary(int Count, double MedianMs, double P95Ms, double LongestMs)
{
    /// <summary>Of measured times; null when there is none.</summary>
    public static LatencySummary? Of(IEnumerable<double> timesMs)
    {
        var sorted = timesMs.Order().ToArray();
        return sorted.Length == 0 ? null : new LatencySummary(sorted.Length, At(sorted, 50), At(sorted, 95), sorted[^1]);
    }

    // The nearest rank: the smallest value that as many percent do not exceed.
    private static double At(double[] sorted, int percent) => sorted[Math.Max(0, ((sorted.Length * percent) + 99) / 100 - 1)];
}
