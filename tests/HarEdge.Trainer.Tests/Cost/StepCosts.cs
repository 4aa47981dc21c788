using HarEdge.Trainer.Cost;

namespace HarEdge.Trainer.Tests.Cost;

/// <summary>Costs of steps of a chosen weight.</summary>
internal static class StepCosts
{
    /// <summary>Every step weighs the same.</summary>
    public static StepCost Of(double weight, IReadOnlyList<PartCost> stages) => new()
    {
        Steps = 1,
        Mean = 1,
        P99 = 1,
        Max = 1,
        StaticWorst = 1,
        Weight = weight,
        MaxWeight = weight,
        StaticWorstWeight = weight,
        ByStage = stages,
        ByKernel = [],
    };

    /// <summary>A step may weigh twice the mean at worst.</summary>
    public static StepCost OfTwiceAtWorst(double weight, IReadOnlyList<PartCost> stages) => Of(weight, stages) with { StaticWorstWeight = 2 * weight };
}
