using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Calibration;

/// <summary>
/// The rule that tells changes of posture from activities: the acceleration's level must not move far within the window. Limits
/// are quantiles over training windows, so the share of known windows rejected is known.
/// </summary>
public static class UnknownLimits
{
    /// <summary>Share of the training windows that each limit alone rejects.</summary>
    public const double RejectedShare = 0.005;

    /// <summary>The features the rule looks at, in every window.</summary>
    public static IReadOnlyList<string> Features { get; } = ["drift.ax4", "drift.ay4", "drift.az4"];

    /// <summary>The model with limits and the features they need.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="table">Training windows; unlabelled ones are ignored.</param>
    /// <param name="featureNames">Names of the table's columns.</param>
    public static FixedPointModel AddTo(FixedPointModel model, WindowTable table, IReadOnlyList<string> featureNames)
    {
        var features = model.Features.ToList();
        var limits = new List<FeatureLimit>();
        foreach (var name in Features)
        {
            var column = Enumerable.Range(0, featureNames.Count).First(i => featureNames[i] == name);
            var values = Enumerable.Range(0, table.Rows)
                .Where(row => table.Labels[row] >= 0)
                .Select(row => table.Features[row * table.Columns + column])
                .Order()
                .ToArray();
            if (!features.Contains(name))
            {
                features.Add(name);
            }

            limits.Add(new FeatureLimit(features.IndexOf(name), values[(int)Math.Ceiling((values.Length - 1) * (1 - RejectedShare))]));
        }

        return model with { Features = features, Unknown = new UnknownRule(limits, new int[model.Stages.Count]) };
    }
}
