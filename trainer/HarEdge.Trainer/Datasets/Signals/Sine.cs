namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// Sine and cosine of an angle in turns, made of additions and multiplications only. <see cref="Math.Sin"/> may differ in the
/// last bit between C libraries; this does not, so that generated and resampled counts are the same on every machine.
/// </summary>
internal static class Sine
{
    /// <summary>sin(2π · turns); absolute error below 1e-12 for |turns| below 1e6 (degree 17: the next term is (π/2)^19/19! = 4e-14).</summary>
    public static double OfTurns(double turns)
    {
        double r = turns - Math.Round(turns);
        if (r > 0.25)
        {
            r = 0.5 - r;
        }
        else if (r < -0.25)
        {
            r = -0.5 - r;
        }

        double y = 2 * Math.PI * r;
        double s = y * y;
        double sum = 1.0 / 355687428096000;
        sum = -1.0 / 1307674368000 + s * sum;
        sum = 1.0 / 6227020800 + s * sum;
        sum = -1.0 / 39916800 + s * sum;
        sum = 1.0 / 362880 + s * sum;
        sum = -1.0 / 5040 + s * sum;
        sum = 1.0 / 120 + s * sum;
        sum = -1.0 / 6 + s * sum;
        return y + y * s * sum;
    }

    /// <summary>cos(2π · turns), same error.</summary>
    public static double CosineOfTurns(double turns) => OfTurns(turns + 0.25);
}
