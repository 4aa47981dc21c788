namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>What timestamps say before any gap is known: their sample period and the unit that makes it possible.</summary>
internal static class Timestamps
{
    /// <summary>Rates between which a body-worn sensor is believed; a factor below 1000, so that at most one unit fits.</summary>
    private const double LowestHz = 4.5;

    private const double HighestHz = 2000;

    /// <summary>From this rate on the next longer unit gives a rate at which people log slowly: 0.5 to 2 Hz.</summary>
    private const double AmbiguousHz = 500;

    /// <summary>The slowest rate in the unit in which timestamps are a date of this century.</summary>
    private const double LowestEpochHz = 0.1;

    /// <summary>Rows of a block over which bursts even out when the usual largest step is looked for.</summary>
    private const int BlockRows = 256;

    /// <summary>
    /// The mean step without jumps, in the unit of the timestamps: what a row takes when none is missing. 0 when time does not advance.
    /// </summary>
    public static double PeriodOf(double[] times) => Math.Max(0, MeanStep(times, JumpOf(times)));

    /// <summary>Three times the largest step that is usual: beyond it something else than loss or a burst lies between two rows.</summary>
    public static double JumpOf(double[] times)
    {
        double[] steps = [.. Steps(times).Where(step => step > 0)];
        if (steps.Length == 0)
        {
            return 0;
        }

        Array.Sort(steps);
        // A burst of 40 rows has one large step, 2.5 % of its steps; a coarse clock has nothing but large steps. A single jump of a short recording is never usual.
        var usualShare = 2 * steps.Length < times.Length ? 0.8 : 0.985;
        var usual = steps[Math.Max(0, Math.Min((int)(usualShare * steps.Length), steps.Length - 2))];
        return 3 * Math.Max(usual, LargestInUsualBlocks(times));
    }

    /// <summary>The mean of the steps of at most <paramref name="jump"/> either way; 0 when there is none.</summary>
    public static double MeanStep(double[] times, double jump)
    {
        double sum = 0;
        var count = 0;
        foreach (var step in Steps(times))
        {
            if (Math.Abs(step) <= jump)
            {
                sum += step;
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>The largest step in the shortest quarter of all blocks: a coarse clock, or bursts, of hundreds of rows.</summary>
    private static double LargestInUsualBlocks(double[] times)
    {
        List<(double Time, double Largest)> blocks = [];
        for (var start = 0; start + BlockRows < times.Length; start += BlockRows)
        {
            double largest = 0;
            double time = 0;
            for (var row = start + 1; row <= start + BlockRows; row++)
            {
                largest = Math.Max(largest, times[row] - times[row - 1]);
                time += Math.Abs(times[row] - times[row - 1]);
            }

            blocks.Add((time, largest));
        }

        return blocks.Count < 4 ? 0 : blocks.OrderBy(block => block.Time).Take(blocks.Count / 4).Max(block => block.Largest);
    }

    private static IEnumerable<double> Steps(double[] times)
    {
        for (var row = 1; row < times.Length; row++)
        {
            yield return times[row] - times[row - 1];
        }
    }

    /// <summary>Fills missing times between their neighbours; at the ends they continue with the typical step. Returns how many.</summary>
    public static int FillMissing(double[] times)
    {
        int[] known = [.. Enumerable.Range(0, times.Length).Where(row => !double.IsNaN(times[row]))];
        if (known.Length == times.Length || known.Length < 2)
        {
            return times.Length - known.Length;
        }

        var typical = PeriodOf([.. known.Select(row => times[row])]);
        for (var row = known[0] - 1; row >= 0; row--)
        {
            times[row] = times[row + 1] - typical;
        }

        for (var pair = 0; pair + 1 < known.Length; pair++)
        {
            var from = known[pair];
            var to = known[pair + 1];
            for (var row = from + 1; row < to; row++)
            {
                times[row] = times[from] + (times[to] - times[from]) * (row - from) / (to - from);
            }
        }

        for (var row = known[^1] + 1; row < times.Length; row++)
        {
            times[row] = times[row - 1] + typical;
        }

        return times.Length - known.Length;
    }

    /// <summary>Seconds since the first row, and the unit the timestamps are in; null when they count rows at a stated rate.</summary>
    /// <exception cref="InputException">Time does not advance, the timestamps count rows, or no unit or more than one gives a possible rate.</exception>
    public static (double[] Seconds, TimeUnit? Unit) ToSeconds(double[] times, ClockStatement statement, string fileName)
    {
        var period = PeriodOf(times);
        if (!(period > 0))
        {
            throw new InputException(
                $"'{fileName}': the timestamps do not advance.",
                "Name another column with --columns time=COLUMN, or give the rate with --rate.");
        }

        var isCount = statement.Unit is null && CountsRows(times);
        if (isCount && statement.RateHz is null)
        {
            throw new InputException(
                $"'{fileName}': the column taken for time counts rows, it goes up by 1 from row to row.",
                "Give the rate with --rate HZ: the count then shows which rows are missing; or name another column with --columns time=COLUMN. "
                + "If these are milliseconds at 1000 Hz, say --time-unit ms; seconds at 1 Hz are too slow to learn movements from.");
        }

        TimeUnit? unit = isCount ? null : statement.Unit ?? UnitOf(times, period, statement.RateHz, fileName);
        var factor = unit is { } known ? UnitNames.SecondsIn(known) : 1 / statement.RateHz!.Value;
        return ([.. times.Select(time => (time - times[0]) * factor)], unit);
    }

    /// <summary>Whether timestamps are a counter: whole numbers that mostly go up by exactly one, and no seconds of this century.</summary>
    private static bool CountsRows(double[] times)
    {
        var ones = Steps(times).Count(step => step == 1);
        return ones > 0.55 * times.Length && times.All(double.IsInteger) && !IsSinceEpoch(times[0]);
    }

    /// <summary>The unit in which timestamps are those of a body-worn sensor.</summary>
    private static TimeUnit UnitOf(double[] times, double period, double? statedHz, string fileName)
    {
        double RateIn(TimeUnit unit) => 1 / (period * UnitNames.SecondsIn(unit));
        var units = Enum.GetValues<TimeUnit>();
        if (statedHz is { } stated)
        {
            return units.MinBy(unit => Math.Abs(Math.Log(RateIn(unit) / stated)));
        }

        TimeUnit[] epochs = [.. units.Where(unit => IsSinceEpoch(times[0] * UnitNames.SecondsIn(unit)) && RateIn(unit) is >= LowestEpochHz and <= HighestHz)];
        if (epochs.Length == 1)
        {
            return epochs[0];
        }

        TimeUnit[] possible = [.. units.Where(unit => RateIn(unit) is >= LowestHz and <= HighestHz)];
        if (possible.Length != 1)
        {
            throw new InputException(
                $"'{fileName}': timestamps advance by {period:g4} a row, which is no possible sample period in s, ms, us or ns.",
                "Give the unit with --time-unit, or name another column with --columns time=COLUMN.");
        }

        // The next longer unit, if there is one, makes once a second of a thousand a second.
        if (RateIn(possible[0]) is >= AmbiguousHz && possible[0] > units[0])
        {
            var slower = UnitNames.Of(possible[0] - 1);
            var faster = UnitNames.Of(possible[0]);
            throw new InputException(
                $"'{fileName}': timestamps advance by {period:g4} a row: that is {RateIn(possible[0]):0} Hz in {faster} or {RateIn(possible[0] - 1):0.##} Hz in {slower}.",
                $"Say which with --time-unit {faster} or --time-unit {slower} (the latter is too slow to learn movements from), or give the rate with --rate.");
        }

        return possible[0];
    }

    /// <summary>Whether so many seconds after 1970 lie in the years 2000 to 2100.</summary>
    private static bool IsSinceEpoch(double seconds) => seconds is > 946684800 and < 4102444800;
}
