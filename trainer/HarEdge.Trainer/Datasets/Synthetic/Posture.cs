namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>How the sensor's carrier (trunk or forearm) is held: pitch is positive leaning back, roll positive to the left; degrees.</summary>
internal readonly record struct Posture(double PitchDeg, double RollDeg)
{
    public static Posture Draw(RandomSource random, Posture mean, double pitchDeviation, double rollDeviation) => new(
        random.Normal(mean.PitchDeg, pitchDeviation),
        random.Normal(mean.RollDeg, rollDeviation));

    /// <summary>On the way to another posture, share 0..1.</summary>
    public Posture Toward(Posture other, double share) => new(
        PitchDeg + share * (other.PitchDeg - PitchDeg),
        RollDeg + share * (other.RollDeg - RollDeg));
}
