using HarEdge.Core;

namespace HarEdge.Trainer.Cost;

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
