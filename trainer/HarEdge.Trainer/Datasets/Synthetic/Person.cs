namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>One invented wearer: how they stand, sit, lie and walk, and how lively they are. Drawn once, kept for all their recordings.</summary>
internal sealed class Person
{
    private const int Harmonics = 8;

    public Person(RandomSource random, PlacementProfile profile)
    {
        Profile = profile;
        Standing = Posture.Draw(random, profile.Standing, 2.5, 2);
        Sitting = Posture.Draw(random, profile.Sitting, profile.SittingSpreadDeg, 4);
        Lying = Posture.Draw(random, profile.Lying, 5, profile.LyingSpreadDeg);
        Liveliness = random.Uniform(0.6, 1.5);
        BreathingHz = random.Uniform(0.2, 0.33);
        Mount = Orientation.FromDegrees(
            random.Normal(0, profile.MountSpreadDeg.X),
            random.Normal(0, profile.MountSpreadDeg.Y),
            random.Normal(0, profile.MountSpreadDeg.Z));
        var vigor = random.Uniform(0.82, 1.2);
        var pace = random.Normal(1, 0.04);
        var phaseTurns = new double[Harmonics];
        for (var i = 0; i < Harmonics; i++)
        {
            phaseTurns[i] = random.Normal(0.1 * i, 0.07);
        }

        double[] twistPhaseTurns = [random.Normal(0, 0.08), random.Normal(0.3, 0.08), random.Normal(0.6, 0.08)];
        Level = Style(random, GaitKind.Level, vigor, pace, phaseTurns, twistPhaseTurns);
        Up = Style(random, GaitKind.Up, vigor, pace, phaseTurns, twistPhaseTurns);
        Down = Style(random, GaitKind.Down, vigor, pace, phaseTurns, twistPhaseTurns);
    }

    public PlacementProfile Profile { get; }

    public Posture Standing { get; }

    public Posture Sitting { get; }

    public Posture Lying { get; }

    /// <summary>Factor on sway, breathing and fidgeting.</summary>
    public double Liveliness { get; }

    public double BreathingHz { get; }

    /// <summary>How the strap sits on this person.</summary>
    public Orientation Mount { get; }

    public GaitStyle Level { get; }

    public GaitStyle Up { get; }

    public GaitStyle Down { get; }

    private GaitStyle Style(RandomSource random, GaitKind kind, double vigor, double pace, double[] phaseTurns, double[] twistPhaseTurns)
    {
        var gain = Profile.AccelGain * vigor * random.Normal(1, 0.08);
        var vertical = gain * kind.VerticalG;
        var forward = gain * kind.ForwardG * random.Normal(1, 0.1);
        var lateral = gain * random.Uniform(0.13, 0.25);
        var lean = kind.LeanDeg * random.Normal(1, 0.25);
        var phases = (double[])phaseTurns.Clone();
        for (var i = 0; i < 3; i++)
        {
            phases[i] += kind.PhaseShiftTurns * (i + 1) + random.Normal(0, 0.03);
        }

        return new GaitStyle
        {
            StepHz = kind.StepHz * pace * random.Normal(1, 0.03),
            VerticalG = [vertical, vertical * kind.SecondHarmonic * random.Normal(1, 0.2), vertical * kind.ThirdHarmonic * random.Normal(1, 0.25)],
            ForwardG = [forward, forward * 0.4 * random.Normal(1, 0.2), forward * 0.15 * random.Normal(1, 0.25)],
            LateralG = [lateral, lateral * 0.5 * random.Normal(1, 0.2)],
            PhaseTurns = phases,
            ImpactG = gain * kind.ImpactG * random.Normal(1, 0.15),
            Asymmetry = kind.Asymmetry * random.Normal(0, 1),
            TwistDeg = random.Normal(1, 0.25) * Profile.TwistDeg,
            TwistPhaseTurns = twistPhaseTurns,
            Posture = new Posture(Standing.PitchDeg + lean, Standing.RollDeg),
        };
    }
}

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
