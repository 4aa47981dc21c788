using HarEdge.Trainer.FixedPoint;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>A specialist in floating point.</summary>
/// <param name="Classes">Classes it tells apart; a single one needs no features.</param>
/// <param name="Rows">Rows it was fitted on.</param>
/// <param name="Columns">Chosen columns.</param>
/// <param name="Transforms">For each its transform.</param>
/// <param name="Design">The inputs; null for a single class.</param>
/// <param name="Weights">(inputs + 1) × classes; null for a single class.</param>
internal sealed record FittedSide(
    IReadOnlyList<int> Classes,
    int[] Rows,
    int[] Columns,
    InputTransform[] Transforms,
    DesignMatrix? Design,
    Matrix<double>? Weights);
