namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>What timestamps say before any gap is known: their sample period and the unit that makes it possible.</summary>
internal static class Timestamps
{
    /// <summary>Rates between which a body-worn sensor is believed; a factor below 1000, so that at most one unit fits.</summary>
    private const double LowestHz = 5;

    private const double HighestHz = 2000;

    /// <summary>
    /// The mean of the middle half of the steps, which single gaps and bunches do not move; where most timestamps repeat (a coarse clock),
    /// the mean between its ticks. In the unit of the timestamps; 0 when time does not advance.
    /// </summary>
    public static double PeriodOf(double[] times)
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

    /// <summary>Fills missing times between their neighbours; at the ends they continue with the typical step. Returns how many.</summary>
    public static int FillMissing(double[] times)
    {
        int[] known = [.. Enumerable.Range(0, times.Length).Where(row => !double.IsNaN(times[row]))];
        if (known.Length == times.Length || known.Length < 2)
        {
            return times.Length - known.Length;
        }

        double typical = PeriodOf([.. known.Select(row => times[row])]);
        for (int row = known[0] - 1; row >= 0; row--)
        {
            times[row] = times[row + 1] - typical;
        }

        for (int pair = 0; pair + 1 < known.Length; pair++)
        {
            int from = known[pair];
            int to = known[pair + 1];
            for (int row = from + 1; row < to; row++)
            {
                times[row] = times[from] + (times[to] - times[from]) * (row - from) / (to - from);
            }
        }

        for (int row = known[^1] + 1; row < times.Length; row++)
        {
            times[row] = times[row - 1] + typical;
        }

        return times.Length - known.Length;
    }

    /// <summary>Seconds since the first row.</summary>
    /// <exception cref="InputException">Time does not advance, or no unit gives a possible rate.</exception>
    public static double[] ToSeconds(double[] times, TimeUnit? unit, string fileName)
    {
        double period = PeriodOf(times);
        TimeUnit found = unit ?? UnitOf(period)
            ?? throw new InputException(
                $"'{fileName}': timestamps advance by {period:g4} a row, which is no possible sample period in s, ms, us or ns.",
                "Give the unit with --time-unit, or name another column with --columns time=COLUMN.");
        double factor = UnitNames.SecondsIn(found);
        return [.. times.Select(time => (time - times[0]) * factor)];
    }
}
