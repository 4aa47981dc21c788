using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation.Unknown;

/// <summary>How far a window is beyond the limits of a model's unknown rule, as one number: 0 is on a limit, above 0 beyond one.</summary>
internal static class Strangeness
{
    /// <summary>The largest excess over any limit of the window's stage, in sizes of that limit; −∞ when no limit is the stage's.</summary>
    /// <param name="rule">A model's rule.</param>
    /// <param name="stage">The stage the gate chose.</param>
    /// <param name="features">The window's features, by the model's own numbering.</param>
    public static double Of(UnknownRule rule, int stage, IReadOnlyList<int> features) => rule.Limits
        .Where(limit => limit.Stage is null || limit.Stage == stage)
        .Select(limit => Math.Max(Excess(features[limit.Feature], limit.Highest, 1), Excess(features[limit.Feature], limit.Lowest, -1)))
        .DefaultIfEmpty(double.NegativeInfinity)
        .Max();

    // In sizes of the limit, so that energies and angles can be compared.
    private static double Excess(int value, int? limit, int direction) =>
        limit is { } end ? direction * ((double)value - end) / Math.Max(1, Math.Abs((double)end)) : double.NegativeInfinity;
}
