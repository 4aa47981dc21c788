namespace HarEdge.Trainer.Evaluation.Robustness;

/// <summary>Values as the sensor reports them: rounded and clipped to 16 bits.</summary>
internal static class Counts
{
    public static short Of(double value) => (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);
}
