namespace HarEdge.Trainer.Cost;

/// <summary>IL instructions of one kind of step and their weight, executed and at most.</summary>
internal sealed record StepCost
{
    /// <summary>Steps counted.</summary>
    public required int Steps { get; init; }

    /// <summary>Mean instructions a step.</summary>
    public required double Mean { get; init; }

    /// <summary>99 of 100 steps took no more.</summary>
    public required long P99 { get; init; }

    /// <summary>The dearest step counted.</summary>
    public required long Max { get; init; }

    /// <summary>Proven: no step on any data takes more.</summary>
    public required long StaticWorst { get; init; }

    /// <summary>Mean weight of a step: <see cref="InstructionWeights"/>, 1 for a mean instruction.</summary>
    public required double Weight { get; init; }

    /// <summary>The heaviest step counted.</summary>
    public required double MaxWeight { get; init; }

    /// <summary>Proven: no step on any data is heavier.</summary>
    public required double StaticWorstWeight { get; init; }

    /// <summary>Where the gate sent the steps; empty for steps that decide nothing.</summary>
    public required IReadOnlyList<PartCost> ByStage { get; init; }

    /// <summary>Methods, heaviest first.</summary>
    public required IReadOnlyList<PartCost> ByKernel { get; init; }
}
