using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Learning;

/// <summary>
/// Which features enter linear models as logarithms. Energies spread over many powers of two between rest and running; in
/// logarithms a doubling counts the same everywhere, and the device has the same transform as a table.
/// </summary>
internal static class FeatureTransforms
{
    /// <summary>The transform of a feature: logarithm for squares of counts and for magnitudes in counts or Q12, itself for the rest.</summary>
    public static InputTransform Of(Feature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        var isMagnitude = feature.Lowest == 0 && (feature.Unit.StartsWith("counts", StringComparison.Ordinal) || feature.Unit == "Q12");
        return isMagnitude || feature.Unit == "counts²" ? InputTransform.SignedLog2Q8 : InputTransform.Identity;
    }

    /// <summary>For each feature its transform.</summary>
    public static InputTransform[] Of(FeatureLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return [.. Enumerable.Range(0, layout.Count).Select(i => Of(layout[i]))];
    }
}
