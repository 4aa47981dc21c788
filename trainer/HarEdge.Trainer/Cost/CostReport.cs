namespace HarEdge.Trainer.Cost;

/// <summary>What a model costs on the device, known before it is flashed.</summary>
internal sealed record CostReport
{
    /// <summary>Content hash of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Names of the data sets it was run on, joined by '+'.</summary>
    public required string Dataset { get; init; }

    /// <summary>True when any of the data was generated.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>Steps that complete no window.</summary>
    public required StepCost PerSample { get; init; }

    /// <summary>Steps that complete a window: features, model, filter, and moving the window on.</summary>
    public required StepCost PerDecision { get; init; }

    /// <summary>How the weights were found, and when.</summary>
    public required string Weights { get; init; }

    /// <summary>A whole decision on each chip: estimated, but for a chip whose board was measured.</summary>
    public required IReadOnlyList<ChipCost> Chips { get; init; }

    /// <summary>Bytes of IL of firmware, Core and model.</summary>
    public required int IlBytes { get; init; }

    /// <summary>Of these, the generated model's.</summary>
    public required int ModelIlBytes { get; init; }

    /// <summary>RAM of the objects and arrays the firmware makes at start and of static fields with their arrays, in the device's heap blocks.</summary>
    public required int RamBytes { get; init; }

    /// <summary>Of these, the pipeline's: windows, features, scores, beliefs.</summary>
    public required int PipelineRamBytes { get; init; }

    /// <summary>Garbage of acquisition and telemetry; the loop makes none.</summary>
    public required double GarbageBytesPerSecond { get; init; }

    /// <summary>Nodes of the gate and of all score trees, splits and leaves.</summary>
    public required int Nodes { get; init; }

    /// <summary>Most splits from the root of the gate, and then of a stage's deepest tree, to a leaf.</summary>
    public required int Depth { get; init; }

    /// <summary>Features any stage computes.</summary>
    public required int Features { get; init; }

    /// <summary>What the sensor draws for this model; null for gyroscope and accelerometer together.</summary>
    public double? SensorMilliamps { get; init; }

    /// <summary>The same work on other chips.</summary>
    /// <param name="chips">The chips.</param>
    /// <param name="hopSamples">Of the model.</param>
    public CostReport On(ChipTable chips, int hopSamples) =>
        this with { Chips = [.. chips.Chips.Select(chip => ChipCost.Of(chip, PerSample, PerDecision, hopSamples, SensorMilliamps))] };
}

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

    /// <summary>Mean and proven worst weight of a hop, which is also what a board times: every sample decoded and pushed, and the step that decides.</summary>
    /// <param name="sample">Steps that complete no window.</param>
    /// <param name="decision">Steps that do.</param>
    /// <param name="hopSamples">Samples from one decision to the next.</param>
    public static (double Mean, double Worst) OfHop(StepCost sample, StepCost decision, int hopSamples) => (
        (hopSamples - 1) * sample.Weight + decision.Weight,
        (hopSamples - 1) * sample.StaticWorstWeight + decision.StaticWorstWeight);
}

/// <summary>A part of the work: a stage, or a method.</summary>
/// <param name="Name">The stage's name, or type and method: "Goertzel.BinPower".</param>
/// <param name="Share">Stages: share of the decisions they made, 0 to 1. Methods: share of the weight.</param>
/// <param name="Mean">Stages: mean instructions of their decisions. Methods: mean instructions in the method itself, over all steps.</param>
/// <param name="Weight">The same in weight.</param>
internal sealed record PartCost(string Name, double Share, double Mean, double Weight);
