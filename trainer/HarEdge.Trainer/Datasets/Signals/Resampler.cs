namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// Regular samples at any rate to regular samples at the target rate, by a Blackman-windowed sinc whose cutoff lies below half of
/// the lower rate. Ends of a run: the weights that fall outside are left out and the rest made to sum to one.
/// </summary>
internal sealed class Resampler
{
    /// <summary>Zero crossings of the sinc on each side; 12 with a Blackman window leaves less than −60 dB of what would alias from 30 Hz up.</summary>
    private const int LobesPerSide = 12;

    /// <summary>Share of the lower rate's Nyquist frequency at which the filter is at half height.</summary>
    private const double CutoffShare = 0.9;

    private readonly double sourcePerTarget;
    private readonly double cutoffCyclesPerSlot;
    private readonly double reachSlots;

    public Resampler(double sourceRateHz, double targetRateHz)
    {
        sourcePerTarget = sourceRateHz / targetRateHz;
        cutoffCyclesPerSlot = CutoffShare * 0.5 * Math.Min(1, targetRateHz / sourceRateHz);
        reachSlots = LobesPerSide / (2 * cutoffCyclesPerSlot);
    }

    /// <summary>Rates within half a percent of each other are the same nominal rate: no filter, no change.</summary>
    public static bool IsSameRate(double rateHz, double targetRateHz) => Math.Abs(rateHz / targetRateHz - 1) < 0.005;

    /// <summary>The target samples whose time lies within the run's first and last slot; sample k is at slot k · source / target.</summary>
    public Run TargetRun(Run run)
    {
        var start = (int)Math.Ceiling(run.Start / sourcePerTarget - 1e-9);
        var end = (int)Math.Floor((run.End - 1) / sourcePerTarget + 1e-9) + 1;
        return new Run(start, Math.Max(start, end));
    }

    /// <summary>The slot of the run nearest to a target sample.</summary>
    public int NearestSlot(int targetSample, Run run) =>
        Math.Clamp((int)Math.Round(targetSample * sourcePerTarget, MidpointRounding.AwayFromZero), run.Start, run.End - 1);

    /// <summary>Fills <paramref name="output"/>[channel] with the target sample's value in every channel of the source.</summary>
    public void SampleInto(double[] output, double[][] source, int targetSample, Run run)
    {
        var center = targetSample * sourcePerTarget;
        var first = Math.Max(run.Start, (int)Math.Ceiling(center - reachSlots));
        var last = Math.Min(run.End - 1, (int)Math.Floor(center + reachSlots));
        Array.Clear(output);
        double weightSum = 0;
        for (var slot = first; slot <= last; slot++)
        {
            var weight = Weight(slot - center);
            weightSum += weight;
            for (var channel = 0; channel < source.Length; channel++)
            {
                output[channel] += weight * source[channel][slot];
            }
        }

        for (var channel = 0; channel < output.Length; channel++)
        {
            output[channel] /= weightSum;
        }
    }

    private double Weight(double distanceSlots)
    {
        var turns = cutoffCyclesPerSlot * distanceSlots;
        var sinc = Math.Abs(turns) < 1e-9 ? 1 : Sine.OfTurns(turns) / (2 * Math.PI * turns);
        var half = distanceSlots / (2 * reachSlots);
        var blackman = 0.42 + 0.5 * Sine.CosineOfTurns(half) + 0.08 * Sine.CosineOfTurns(2 * half);
        return sinc * blackman;
    }
}

/// <summary>
/// Sine and cosine of an angle in turns, made of additions and multiplications only. <see cref="Math.Sin"/> may differ in the
/// last bit between C libraries; this does not, so that generated and resampled counts are the same on every machine.
/// </summary>
internal static class Sine
{
    /// <summary>sin(2π · turns); absolute error below 1e-12 for |turns| below 1e6 (degree 17: the next term is (π/2)^19/19! = 4e-14).</summary>
    public static double OfTurns(double turns)
    {
        var r = turns - Math.Round(turns);
        if (r > 0.25)
        {
            r = 0.5 - r;
        }
        else if (r < -0.25)
        {
            r = -0.5 - r;
        }

        var y = 2 * Math.PI * r;
        var s = y * y;
        var sum = 1.0 / 355687428096000;
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
