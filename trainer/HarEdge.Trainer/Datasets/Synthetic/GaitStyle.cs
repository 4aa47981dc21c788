namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>One person's way of walking on one kind of ground. Amplitudes in g and degrees, frequencies in steps per second.</summary>
internal sealed record GaitStyle
{
    /// <summary>Steps per second; two steps make a stride.</summary>
    public required double StepHz { get; init; }

    /// <summary>Up and down at the step frequency and its second and third harmonic.</summary>
    public required double[] VerticalG { get; init; }

    /// <summary>Forward and back, the same harmonics.</summary>
    public required double[] ForwardG { get; init; }

    /// <summary>From side to side at the stride frequency and its third harmonic.</summary>
    public required double[] LateralG { get; init; }

    /// <summary>Phases of the eight harmonics above, in turns.</summary>
    public required double[] PhaseTurns { get; init; }

    /// <summary>Heel strike.</summary>
    public required double ImpactG { get; init; }

    /// <summary>Half the relative difference between left and right steps.</summary>
    public required double Asymmetry { get; init; }

    /// <summary>Rotation about the vertical, the side and the forward axis at the stride frequency.</summary>
    public required Vector TwistDeg { get; init; }

    /// <summary>Phases of the three rotations, in turns.</summary>
    public required double[] TwistPhaseTurns { get; init; }

    /// <summary>Mean posture while walking so.</summary>
    public required Posture Posture { get; init; }
}
