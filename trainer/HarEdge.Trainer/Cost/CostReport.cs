namespace HarEdge.Trainer.Cost;

/// <summary>What a model costs on the device, known before it is flashed.</summary>
internal sealed record CostReport
{
    /// <summary>Content hash of the model.</summary>
    public required string Model { get; init; }

    /// <summary>What it was run on, for example "hapt" or "synthetic wearer (synthetic)".</summary>
    public required string Data { get; init; }

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
}
