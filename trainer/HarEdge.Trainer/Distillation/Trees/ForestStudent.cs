namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>A forest: trees that do not know of each other, each on its own draw of windows and features, and their mean.</summary>
internal sealed class ForestStudent : Student
{
    // A forest wants trees that are right by themselves; within a budget that leaves few of them.
    private static readonly EnsembleShape[] Shapes = [new(8, 0, IsForest: true), new(16, 0, IsForest: true), new(32, 0, IsForest: true)];

    /// <inheritdoc/>
    public override string Kind => "forest";

    /// <inheritdoc/>
    public override DistilledStudent Distil(DistillationInput input) => EnsembleDistillation.Distil(input, Shapes);
}
