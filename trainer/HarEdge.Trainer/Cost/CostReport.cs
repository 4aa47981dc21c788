using HarEdge.Core;

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

/// <summary>What a decision costs on a chip: its window's samples and the step that completes it.</summary>
/// <param name="Chip">The chip, with what it is known by.</param>
/// <param name="MachineInstructions">Mean of a decision.</param>
/// <param name="Milliseconds">Mean of a decision, with the range the estimate is likely in.</param>
/// <param name="WorstMachineInstructions">Proven: no decision takes more.</param>
/// <param name="WorstMilliseconds">The proven worst case in time; the range is that of the chip's speed.</param>
/// <param name="Load">Share of the time from one decision to the next it computes, 0 to 1.</param>
/// <param name="Energy">Millijoules from one decision to the next, with light sleep between, by what they go to.</param>
internal sealed record ChipCost(
    Chip Chip,
    double MachineInstructions,
    Interval Milliseconds,
    double WorstMachineInstructions,
    Interval WorstMilliseconds,
    double Load,
    IReadOnlyList<EnergyPart> Energy)
{
    // Both from the board's 3.3 V regulator; the cell's own losses are not in it.
    private const double Volts = 3.3;

    /// <summary>Gyroscope and accelerometer: MPU-6000/MPU-6050 Product Specification rev 3.4, 6.3.</summary>
    public const double SensorMilliamps = 3.8;

    /// <summary>The accelerometer alone, the gyroscope in standby (same section).</summary>
    public const double AccelerometerMilliamps = 0.5;

    // The board wakes so often at least to poll its button (PowerPolicy), each time for a millisecond at most: Espressif, "ESP32-C3 Wireless Adventure", 12.2.2.
    private const double LongestSleepMs = 100;
    private const double WakingMs = 1;

    // A decision's line has 110 characters at most (docs/SPEC.md) of ten bits at 921600 baud; the runtime waits for them.
    private const double LinkMs = 110 * 10 / 921.6;

    // A byte of I2C is nine bits at 400 kHz; addresses and registers of a burst are lost in the rounding.
    private const double MillisecondsPerByte = 9 / 400.0;

    private const int BytesPerSample = 2 * SensorScale.ChannelCount;

    /// <summary>The cost on a chip.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="perSample">Steps that complete no window.</param>
    /// <param name="perDecision">Steps that do.</param>
    /// <param name="hopSamples">Samples from one decision to the next.</param>
    /// <param name="sensorMilliamps">What the accelerometer draws alone; null for gyroscope and accelerometer.</param>
    public static ChipCost Of(Chip chip, StepCost perSample, StepCost perDecision, int hopSamples, double? sensorMilliamps = null)
    {
        var pushed = perSample.Weight * (hopSamples - 1);
        var (weight, worst) = StepCost.OfHop(perSample, perDecision, hopSamples);
        var hopMs = 1000.0 * hopSamples / SensorScale.SampleRateHz;
        var busMs = hopSamples * (sensorMilliamps is null ? BytesPerSample : BytesPerSample / 2) * MillisecondsPerByte;
        var wakingMs = WakingMs * Math.Ceiling(hopMs / LongestSleepMs);
        var computingMs = chip.Milliseconds(weight).Likely;
        var sleepingMs = Math.Max(0, hopMs - wakingMs - busMs - computingMs - LinkMs);
        double Awake(double ms) => Millijoules(chip.RunningMilliamps, ms);
        return new ChipCost(
            chip,
            chip.MachineInstructions(weight),
            chip.Milliseconds(weight),
            chip.MachineInstructions(worst),
            chip.Milliseconds(worst),
            computingMs / hopMs,
            [
                new EnergyPart("sensor", Millijoules(sensorMilliamps ?? SensorMilliamps, hopMs)),
                new EnergyPart("waking up", Awake(wakingMs)),
                new EnergyPart("reading the FIFO", Awake(busMs)),
                new EnergyPart("taking in samples", Awake(chip.Milliseconds(pushed).Likely)),
                .. perDecision.ByStage.Select(stage =>
                    new EnergyPart($"stage {stage.Name}", Awake(chip.Milliseconds(stage.Weight * stage.Share).Likely))),
                new EnergyPart("the line on the wire", Awake(LinkMs)),
                new EnergyPart("light sleep", Millijoules(chip.LightSleepMilliamps, sleepingMs)),
            ]);
    }

    private static double Millijoules(double milliamps, double ms) => milliamps * Volts * ms / 1000;
}

/// <summary>Energy that goes to one thing.</summary>
/// <param name="Name">What; a stage by its name.</param>
/// <param name="Millijoules">Mean from one decision to the next; a stage's is shared out over all decisions.</param>
internal sealed record EnergyPart(string Name, double Millijoules);
