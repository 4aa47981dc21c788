namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>
/// What a place on the body makes of postures and gait, as means over people. Waist figures follow the published HAPT recordings in size
/// (deviations per axis, tilt per posture); wrist figures are chosen for plausibility.
/// </summary>
internal sealed record PlacementProfile
{
    public required Posture Standing { get; init; }

    public required Posture Sitting { get; init; }

    public required Posture Lying { get; init; }

    /// <summary>Deviation between people of the sitting posture, and of the lying one, degrees.</summary>
    public required double SittingSpreadDeg { get; init; }

    public required double LyingSpreadDeg { get; init; }

    /// <summary>How far the strap may be turned on the body, degrees about left, forward and up.</summary>
    public required Vector MountSpreadDeg { get; init; }

    /// <summary>What is left of the trunk's accelerations here.</summary>
    public required double AccelGain { get; init; }

    /// <summary>Rotation at the stride frequency: about up, left and forward, degrees.</summary>
    public required Vector TwistDeg { get; init; }

    /// <summary>Postural sway standing, degrees.</summary>
    public required double SwayDeg { get; init; }

    /// <summary>Breathing, degrees.</summary>
    public required double BreathingDeg { get; init; }

    /// <summary>Size of small movements while at rest, degrees.</summary>
    public required double FidgetDeg { get; init; }

    public static PlacementProfile Of(SyntheticPlacement placement) => placement == SyntheticPlacement.Waist ? Waist : Wrist;

    private static PlacementProfile Waist { get; } = new()
    {
        Standing = new Posture(-1, 0),
        Sitting = new Posture(17, 5),
        Lying = new Posture(82, 20),
        SittingSpreadDeg = 5,
        LyingSpreadDeg = 14,
        MountSpreadDeg = new Vector(4, 4, 12),
        AccelGain = 1,
        TwistDeg = new Vector(6, 3.5, 4.5),
        SwayDeg = 0.45,
        BreathingDeg = 0.35,
        FidgetDeg = 2.5,
    };

    private static PlacementProfile Wrist { get; } = new()
    {
        Standing = new Posture(8, 0),
        Sitting = new Posture(62, 12),
        Lying = new Posture(84, -30),
        SittingSpreadDeg = 9,
        LyingSpreadDeg = 11,
        MountSpreadDeg = new Vector(5, 5, 15),
        AccelGain = 0.8,
        TwistDeg = new Vector(9, 18, 5),
        SwayDeg = 0.8,
        BreathingDeg = 0.3,
        FidgetDeg = 8,
    };
}
