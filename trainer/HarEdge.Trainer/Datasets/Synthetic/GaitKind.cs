namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>What distinguishes level ground and stairs, as means over people at the waist.</summary>
internal sealed record GaitKind
{
    public required double StepHz { get; init; }

    public required double VerticalG { get; init; }

    public required double ForwardG { get; init; }

    public required double ImpactG { get; init; }

    /// <summary>Forward lean, negative pitch, degrees.</summary>
    public required double LeanDeg { get; init; }

    /// <summary>Share of the second and third harmonic of the vertical movement.</summary>
    public required double SecondHarmonic { get; init; }

    public required double ThirdHarmonic { get; init; }

    /// <summary>Turns by which the phases of the vertical harmonics are shifted against level walking.</summary>
    public required double PhaseShiftTurns { get; init; }

    public required double Asymmetry { get; init; }

    public static GaitKind Level { get; } = new()
    {
        StepHz = 1.85,
        VerticalG = 0.24,
        ForwardG = 0.15,
        ImpactG = 0.30,
        LeanDeg = -1,
        SecondHarmonic = 0.35,
        ThirdHarmonic = 0.15,
        PhaseShiftTurns = 0,
        Asymmetry = 0.06,
    };

    public static GaitKind Up { get; } = new()
    {
        StepHz = 1.58,
        VerticalG = 0.29,
        ForwardG = 0.12,
        ImpactG = 0.10,
        LeanDeg = -7,
        SecondHarmonic = 0.22,
        ThirdHarmonic = 0.08,
        PhaseShiftTurns = 0.12,
        Asymmetry = 0.12,
    };

    public static GaitKind Down { get; } = new()
    {
        StepHz = 1.95,
        VerticalG = 0.33,
        ForwardG = 0.14,
        ImpactG = 0.62,
        LeanDeg = 1.5,
        SecondHarmonic = 0.5,
        ThirdHarmonic = 0.3,
        PhaseShiftTurns = -0.08,
        Asymmetry = 0.14,
    };
}
