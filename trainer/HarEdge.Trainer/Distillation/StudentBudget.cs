using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Distillation;

/// <summary>What a student may cost. Every limit holds on its own.</summary>
/// <param name="Bytes">Model size as <see cref="ModelSize"/> counts it.</param>
/// <param name="Nodes">Splits and leaves over all trees, the gate included.</param>
/// <param name="Instructions">Price of the distinct features used, in IL instructions a window.</param>
internal sealed record StudentBudget(int Bytes = int.MaxValue, int Nodes = int.MaxValue, int Instructions = int.MaxValue)
{
    /// <summary>Nodes allowed by both the node and the byte limit when so many biases are needed besides.</summary>
    public int NodesBeside(int biases) => Math.Min(Nodes, Math.Max(0, Bytes - (biases * ModelSize.BytesPerBias)) / ModelSize.BytesPerNode);
}
