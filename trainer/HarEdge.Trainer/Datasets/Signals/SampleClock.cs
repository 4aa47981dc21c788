namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// Puts rows with timestamps on a regular grid. Timestamps of wearables jitter, repeat and come in bunches while the sensor samples
/// steadily, so rows follow each other slot by slot; only a lasting delay between timestamps and grid shows that rows are missing.
/// </summary>
internal static class SampleClock
{
    /// <summary>Padding put for a gap that ends a run, however long it was: more than any gap that is filled.</summary>
    private const double LongGapPaddingSeconds = 1;

    /// <summary>A jump this far, beyond what repeated timestamps explain, separates two stretches whose jitter is not compared.</summary>
    private const double JumpSeconds = 0.25;

    /// <summary>Rows on each side of a gap whose median delay is compared.</summary>
    private const int RowsCompared = 8;

    private const int MostRounds = 8;

    /// <param name="seconds">Timestamps in the order of the rows.</param>
    /// <param name="startPeriod">First estimate of the sample period, from <see cref="Timestamps"/>.</param>
    /// <returns>The refined rate and each row's slot.</returns>
    public static ClockFit Fit(double[] seconds, double startPeriod)
    {
        int repeats = LongestRepeat(seconds);
        double leastSteps = 0.75 + (Timestamps.IsCoarse(seconds) ? repeats / 2.0 : 0);
        double period = startPeriod;
        var missing = new int[Math.Max(0, seconds.Length - 1)];
        for (int round = 0; round < MostRounds; round++)
        {
            FindMissing(seconds, period, repeats, leastSteps, missing);
            double refined = RefinedPeriod(seconds, missing, period);
            if (Math.Abs(refined / period - 1) < 1e-7)
            {
                break;
            }

            period = refined;
        }

        return Place(seconds, missing, period);
    }

    private static ClockFit Place(double[] seconds, int[] missing, double period)
    {
        var slots = new int[seconds.Length];
        int longestFilled = (int)(GapFiller.LongestFilledMs / 1000.0 / period + 1e-6);
        int padding = (int)Math.Ceiling(LongGapPaddingSeconds / period);
        int dropped = 0;
        int backward = 0;
        for (int row = 1; row < slots.Length; row++)
        {
            int gap = missing[row - 1];
            backward += gap < 0 ? 1 : 0;
            bool isLong = gap < 0 || gap > longestFilled;
            dropped += isLong ? 0 : gap;
            slots[row] = slots[row - 1] + 1 + (isLong ? padding : gap);
        }

        return new ClockFit(1 / period, slots, dropped, backward);
    }

    /// <summary>Rows missing after each row; −1 where the clock was set back.</summary>
    private static void FindMissing(double[] seconds, double period, int repeats, double leastSteps, int[] missing)
    {
        double jump = Math.Max(JumpSeconds, 2 * period * (repeats + 1));
        for (int start = 0; start < seconds.Length;)
        {
            int end = start + 1;
            while (end < seconds.Length && Math.Abs(seconds[end] - seconds[end - 1]) <= jump)
            {
                end++;
            }

            FindMissingWithin(seconds, period, 2 * repeats + RowsCompared, leastSteps, missing, start, end);
            if (end < seconds.Length)
            {
                double step = seconds[end] - seconds[end - 1];
                missing[end - 1] = step < 0 ? -1 : (int)Math.Min(int.MaxValue / 4, Math.Round(step / period) - 1);
            }

            start = end;
        }
    }

    /// <summary>
    /// A step between rows counts when the delay stays after it: by at least <paramref name="leastSteps"/> periods, three quarters of one
    /// and, where the clock ticks only every few rows, half a tick more.
    /// </summary>
    private static void FindMissingWithin(
        double[] seconds,
        double period,
        int compared,
        double leastSteps,
        int[] missing,
        int start,
        int end)
    {
        double Delay(int row) => seconds[row] - seconds[start] - (row - start) * period;
        for (int row = start; row + 1 < end; row++)
        {
            missing[row] = 0;
            if (seconds[row + 1] - seconds[row] > 1.5 * period)
            {
                double before = Median(Enumerable.Range(0, Math.Min(compared, row - start + 1)).Select(back => Delay(row - back)));
                double after = Median(Enumerable.Range(1, Math.Min(compared, end - row - 1)).Select(ahead => Delay(row + ahead)));
                double steps = (after - before) / period;
                missing[row] = steps > leastSteps ? (int)Math.Round(steps) : 0;
            }
        }
    }

    /// <summary>
    /// Time over slots, across everything but jumps, from the first to the last row at which time advances: a coarse clock starts and
    /// ends in the middle of a tick.
    /// </summary>
    private static double RefinedPeriod(double[] seconds, int[] missing, double period)
    {
        double time = 0;
        double slots = 0;
        bool Advances(int row) => seconds[row + 1] > seconds[row];
        int first = Enumerable.Range(0, missing.Length).FirstOrDefault(Advances);
        int last = missing.Length - 1;
        while (last > first && !Advances(last))
        {
            last--;
        }

        for (int row = first + 1; row <= last; row++)
        {
            double step = seconds[row + 1] - seconds[row];
            if (missing[row] >= 0 && missing[row] * period < JumpSeconds)
            {
                time += step;
                slots += 1 + missing[row];
            }
        }

        return slots > 0 && time > 0 ? time / slots : period;
    }

    private static int LongestRepeat(double[] seconds)
    {
        int longest = 0;
        int current = 0;
        for (int row = 1; row < seconds.Length; row++)
        {
            current = seconds[row] == seconds[row - 1] ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
