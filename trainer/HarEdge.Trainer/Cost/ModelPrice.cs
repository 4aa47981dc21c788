using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Cost;

/// <summary>What a decision of a model costs by the prices of its features: quick enough for a search, where the cost meter runs the code.</summary>
internal static class ModelPrice
{
    /// <summary>Instructions of one input of a linear stage besides its feature: transform, shift, clamp and a multiply-add a class.</summary>
    public const double LinearInput = 80;

    /// <summary>Mean instructions a decision.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layout">Features of the prices.</param>
    /// <param name="prices">Measured prices.</param>
    /// <param name="present">Columns computed besides, as by an unknown rule that is added later.</param>
    /// <param name="windowsOfStage">How many windows each stage decided.</param>
    public static double Of(FixedPointModel model, FeatureLayout layout, FeaturePrices prices, IReadOnlyList<int> present, IReadOnlyList<int> windowsOfStage)
    {
        var slots = new ModelSlots(model);
        int Column(int slot) => layout.Find(model.Features[slot]).Index;
        double OfStage(int stage) =>
            prices.Of([.. slots.Always.Concat(slots.BeyondAlways(stage)).Select(Column).Concat(present).Distinct()])
            + (model.Stages[stage] is LinearStage linear ? LinearInput * linear.Inputs.Count : 0);
        double windows = Math.Max(1, windowsOfStage.Sum());
        return DecisionOverhead.Of(model.Classes.Count)
            + Enumerable.Range(0, model.Stages.Count).Where(stage => windowsOfStage[stage] > 0).Sum(stage => OfStage(stage) * windowsOfStage[stage] / windows);
    }
}
