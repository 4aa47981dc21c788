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

/// <summary>
/// What a decision executes besides the features, measured by the cost meter: a temporal filter that looks at every pair of
/// classes, 33 instructions each, and about 1,400 for sliding the window, the confidence, clearing features of other stages and the loop.
/// </summary>
internal static class DecisionOverhead
{
    private const int PerPairOfClasses = 33;
    private const int Rest = 1400;

    /// <summary>Instructions a decision.</summary>
    public static int Of(int classes) => PerPairOfClasses * classes * classes + Rest;

    /// <summary>What a budget leaves for the student's features.</summary>
    /// <param name="mostInstructions">Budget of a decision.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="unknownRule">Price of the features the unknown rule reads.</param>
    public static int InstructionsForFeatures(int mostInstructions, int classes, double unknownRule) =>
        mostInstructions - (int)unknownRule - Of(classes);
}
