namespace HarEdge.Trainer.Evaluation;

/// <summary>
/// Area under the receiver operating characteristic: the chance that a window of one kind has a higher value than one of the other
/// kind, ties counting half. 0.5 is guessing, 1 is telling them apart without error.
/// </summary>
internal static class Auroc
{
    /// <summary>Computes it by ranks; NaN when a side is empty.</summary>
    /// <param name="low">Values expected to be low.</param>
    /// <param name="high">Values expected to be high.</param>
    public static double Of(IReadOnlyCollection<double> low, IReadOnlyCollection<double> high)
    {
        if (low.Count == 0 || high.Count == 0)
        {
            return double.NaN;
        }

        var below = 0L;
        var halves = 0.0;
        foreach (var ties in low.Select(value => (value, IsHigh: false)).Concat(high.Select(value => (value, IsHigh: true))).GroupBy(v => v.value).OrderBy(g => g.Key))
        {
            var highs = ties.Count(v => v.IsHigh);
            var lows = ties.Count() - highs;
            halves += highs * (below + (lows / 2.0));
            below += lows;
        }

        return halves / low.Count / high.Count;
    }
}
