namespace HarEdge.Trainer.Cost;

/// <summary>A stretch of IL that runs from its first instruction to its last or not at all.</summary>
/// <param name="Method">Type and method, without namespace: "Moments.Variance".</param>
/// <param name="Instructions">IL instructions in it; <see cref="InstructionCost.NativeCall"/> more for each call into the base library.</param>
/// <param name="Weight">Their <see cref="InstructionWeights"/> in thousandths.</param>
internal sealed record Block(string Method, int Instructions, long Weight);
