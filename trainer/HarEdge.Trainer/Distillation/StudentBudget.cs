namespace HarEdge.Trainer.Distillation;

/// <summary>What a student may cost. Every limit holds on its own.</summary>
/// <param name="Bytes">Model size by <see cref="NodeBytes"/> and <see cref="WeightBytes"/>.</param>
/// <param name="Nodes">Splits and leaves over all trees, the gate included.</param>
/// <param name="Instructions">Price of the distinct features used, in IL instructions a window.</param>
public sealed record StudentBudget(int Bytes = int.MaxValue, int Nodes = int.MaxValue, int Instructions = int.MaxValue)
{
    /// <summary>Bytes a node of a tree counts for, split or leaf.</summary>
    public const int NodeBytes = 12;

    /// <summary>Bytes a weight or bias of a linear stage counts for.</summary>
    public const int WeightBytes = 2;

    /// <summary>Nodes allowed by both the node and the byte limit.</summary>
    public int NodesWithinBytes => Math.Min(Nodes, Bytes / NodeBytes);
}
