using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>Puts what was learned into a model; what is decided after distillation stays switched off.</summary>
internal static class TreeModel
{
    /// <summary>A model without unknown rule, temporal filter and manifest.</summary>
    internal static FixedPointModel Of(
        DistillationInput input, IReadOnlyList<int> columns, IReadOnlyList<GateNode> gate, IReadOnlyList<Stage> stages) => new()
    {
        Signal = input.Signal,
        Classes = [.. input.Table.Classes],
        Features = [.. columns.Select(column => input.FeatureNames[column])],
        Gate = gate,
        Stages = stages,
        Unknown = UnknownRule.None(stages.Count),
        Transitions = [.. input.Table.Classes.Select(_ => new int[input.ClassCount])],
    };

    /// <summary>The same confidence for every margin: the share of labelled windows that were right.</summary>
    internal static IReadOnlyList<ConfidenceStep> OneStep(int right, int labelled) =>
        [new ConfidenceStep(0, labelled == 0 ? 0 : (int)(100L * right / labelled))];
}
