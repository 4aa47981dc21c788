using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>A window in text form, what the trainer says about it, and what of the model it exercises.</summary>
/// <param name="Text">See <see cref="SampleEncoder"/>.</param>
/// <param name="Origin">Where it came from, for the comment.</param>
/// <param name="Evaluation">The trainer's answer.</param>
/// <param name="Exercised">Parts of the model that took part in the answer.</param>
internal sealed record KnownAnswer(string Text, string Origin, WindowEvaluation Evaluation, IReadOnlySet<ModelPart> Exercised);

/// <summary>A part of a model that a window can exercise.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="First">Gate leaf, stage or class.</param>
/// <param name="Second">Tree or input in the stage.</param>
/// <param name="Third">Leaf of the tree, or side of the limit.</param>
internal readonly record struct ModelPart(ModelPartKind Kind, int First, int Second = 0, int Third = 0);

/// <summary>Kinds of parts, the most important first.</summary>
internal enum ModelPartKind
{
    /// <summary>A stage, and with it each of its kernels and trees.</summary>
    Stage,

    /// <summary>A class that wins.</summary>
    Class,

    /// <summary>The unknown rule, known or not.</summary>
    Known,

    /// <summary>A leaf of the gate.</summary>
    GateLeaf,

    /// <summary>A leaf of a score tree.</summary>
    TreeLeaf,

    /// <summary>An input of a linear stage below, within or above its limits.</summary>
    Limit,
}
