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
