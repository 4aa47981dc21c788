namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>A boosted ensemble: each tree mends what the earlier ones left.</summary>
internal sealed class BoostedTreesStudent : Student
{
    // Larger trees take longer steps, to spend the same nodes on fewer of them.
    private static readonly EnsembleShape[] Shapes = [new(4, 0.5), new(6, 0.5), new(8, 0.6)];

    /// <inheritdoc/>
    public override string Kind => "boosted trees";

    /// <inheritdoc/>
    public override DistilledStudent Distil(DistillationInput input) => EnsembleDistillation.Distil(input, Shapes);
}
