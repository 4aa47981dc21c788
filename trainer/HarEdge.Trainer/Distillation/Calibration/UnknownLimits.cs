using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Calibration;

/// <summary>
/// The rule that tells changes of posture, and whatever else is no class, from the activities the model knows. Limits are quantiles
/// over training windows, so the share of known windows rejected is known.
/// </summary>
internal static class UnknownLimits
{
    /// <summary>Share of the training windows that each limit of the plain rule rejects.</summary>
    public const double RejectedShare = 0.005;

    // With fewer known unknowns, which features tell them apart would be chance.
    private const int FewestForeign = 40;

    /// <summary>
    /// The features a budget must allow for. The plain rule looks at them in every window: the acceleration's level must not move far
    /// within it. Chosen limits may use them beside those the stages compute anyway.
    /// </summary>
    public static IReadOnlyList<string> Features { get; } = ["drift.ax4", "drift.ay4", "drift.az4"];

    /// <summary>Whether there are enough windows of foreign activities to choose limits by them; without, the plain rule serves.</summary>
    /// <param name="isForeign">For each training window whether it is known to be none of the classes.</param>
    public static bool CanBeChosen(IReadOnlyList<bool> isForeign) => isForeign.Count(foreign => foreign) >= FewestForeign;

    /// <summary>The model with limits and the features they need.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="table">Training windows; those without label and not foreign are ignored.</param>
    /// <param name="isForeign">For each window whether it is known to be none of the classes.</param>
    /// <param name="layout">Features of the table's columns.</param>
    public static FixedPointModel AddTo(FixedPointModel model, WindowTable table, IReadOnlyList<bool> isForeign, Core.FeatureLayout layout)
    {
        var least = new int[model.Stages.Count];
        if (CanBeChosen(isForeign))
        {
            return LimitSearch.AddTo(model, table, isForeign, layout);
        }

        var features = model.Features.ToList();
        var limits = new List<FeatureLimit>();
        foreach (var name in Features)
        {
            var column = layout.Find(name).Index;
            var values = Enumerable.Range(0, table.Rows)
                .Where(row => table.Labels[row] >= 0)
                .Select(row => table.Row(row)[column])
                .Order()
                .ToArray();
            if (!features.Contains(name))
            {
                features.Add(name);
            }

            limits.Add(new FeatureLimit(features.IndexOf(name), values[(int)Math.Ceiling((values.Length - 1) * (1 - RejectedShare))]));
        }

        return model with { Features = features, Unknown = new UnknownRule(limits, least) };
    }
}
