namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>The sample period that timestamps suggest before any gap is known, and the unit that makes it possible.</summary>
internal static class SamplePeriod
{
    /// <summary>Rates between which a body-worn sensor is believed; a factor below 1000, so that at most one unit fits.</summary>
    private const double LowestHz = 5;

    private const double HighestHz = 2000;

    /// <summary>
    /// The mean of the middle half of the steps, which single gaps and bunches do not move; where most timestamps repeat (a coarse clock),
    /// the mean between its ticks. In the unit of the timestamps; 0 when time does not advance.
    /// </summary>
    public static double Of(double[] times)
    {
        double[] steps = [.. times.Skip(1).Zip(times, (later, earlier) => later - earlier).Order()];
        if (steps.Length == 0)
        {
            return 0;
        }

        int quarter = steps.Length / 4;
        double middle = steps[quarter..(steps.Length - quarter)].Average();
        return Math.Max(0, IsCoarse(times) ? BetweenTicks(times) : middle);
    }

    /// <summary>Whether most timestamps repeat the one before.</summary>
    public static bool IsCoarse(double[] times) => times.Skip(1).Zip(times, (later, earlier) => later == earlier).Count(repeats => repeats) > times.Length / 2;

    /// <summary>From the first to the last row at which a coarse clock advances.</summary>
    private static double BetweenTicks(double[] times)
    {
        int[] ticks = [.. Enumerable.Range(1, times.Length - 1).Where(row => times[row] > times[row - 1])];
        return ticks.Length < 2 ? 0 : (times[ticks[^1]] - times[ticks[0]]) / (ticks[^1] - ticks[0]);
    }

    /// <summary>The unit in which the period is that of a body-worn sensor, or null.</summary>
    public static TimeUnit? UnitOf(double period)
    {
        foreach (TimeUnit unit in Enum.GetValues<TimeUnit>())
        {
            double rateHz = period > 0 ? 1 / (period * UnitNames.SecondsIn(unit)) : 0;
            if (rateHz is >= LowestHz and <= HighestHz)
            {
                return unit;
            }
        }

        return null;
    }
}
