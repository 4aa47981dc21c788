namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>Rows on a regular grid: the rate the timestamps show and, for each row, its slot (ascending, first 0).</summary>
internal sealed record ClockFit(double RateHz, int[] Slots, int DroppedRows, int BackwardJumps)
{
    /// <summary>Rows that follow each other without a gap.</summary>
    public static ClockFit Consecutive(int rows, double rateHz) => new(rateHz, [.. Enumerable.Range(0, rows)], 0, 0);
}

/// <summary>
/// Puts rows with timestamps on a regular grid. The model: the sensor samples steadily, one period for the whole recording; a row's timestamp is its
/// slot times the period plus a delay that comes and goes (jitter, bursts, a coarse clock), while a lost row moves everything after it for good.
/// The period is looked for between the mean time a row and that of a recording of which <see cref="MostLostShare"/> is lost; what tells
/// timestamps and losses most shortly wins. Time and memory grow with the rows and with nothing else.
/// </summary>
internal static class SampleClock
{
    /// <summary>More lost rows than this share of all slots are not believed; the rows then follow each other and the rate is lower.</summary>
    public const double MostLostShare = 0.42;

    /// <summary>Padding put for a gap that ends a run, however long it was: more than any gap that is filled.</summary>
    private const double LongGapPaddingSeconds = 1;

    /// <summary>A step this far or three times the usual largest, whichever is more, separates two stretches whose delays are not compared.</summary>
    private const double LeastJumpSeconds = 0.25;

    /// <summary>Rows of each of three windows in which the period is looked for, and rows of a burst that such a window holds at least.</summary>
    private const int WindowRows = 1536;

    private const int BurstsInWindow = 16;

    /// <summary>Ratio of neighboring candidates; a tracker follows a period that is wrong by 3 %.</summary>
    private const double CandidateRatio = 1.02;

    /// <summary>Delays, in periods, beyond which a lasting step is a loss: own timestamps, a coarse clock, packets that come late.</summary>
    private static readonly double[] Thresholds = [0.6, 0.8, 3, 10];

    private const int MostRounds = 8;

    /// <summary>Around the best candidate periods are tried this far and this fine.</summary>
    private const double FineReach = 0.03;

    private const double FineStep = 0.001;

    /// <summary>Nats by which such a period must tell the recording more shortly than the one that time over slots gives.</summary>
    private const double FineGain = 5;

    /// <summary>The time over the slots of the whole recording is taken as the period when it is this near to the one found.</summary>
    private const double MeasuredTolerance = 0.003;

    /// <summary>Slots times the period may be this much more or less than the time that went by.</summary>
    private const double TimeTolerance = 0.005;

    /// <param name="seconds">Timestamps in the order of the rows; at least two.</param>
    /// <param name="statedPeriod">The period somebody stated; it is taken where the timestamps allow it.</param>
    /// <returns>The rate the timestamps show and each row's slot.</returns>
    public static ClockFit Fit(double[] seconds, double? statedPeriod = null)
    {
        var jump = Math.Max(LeastJumpSeconds, Timestamps.JumpOf(seconds));
        var mean = Timestamps.MeanStep(seconds, jump);
        if (!(mean > 0))
        {
            return ClockFit.Consecutive(seconds.Length, statedPeriod is { } only ? 1 / only : 1);
        }

        var tracker = new SlotTracker(seconds, jump, mean);
        var all = tracker.Stretches;
        var isStated = statedPeriod >= (1 - MostLostShare) * mean && statedPeriod <= CandidateRatio * mean;
        (var period, var threshold) = Search(tracker, Windows(all, tracker.LongestBurst), mean, isStated ? statedPeriod : null);
        var measured = period;
        if (!Settle(tracker, all, ref measured, threshold, isStated))
        {
            measured = mean;
            Settle(tracker, all, ref measured, double.PositiveInfinity, false);
        }
        else if (Math.Abs(measured / period - 1) > MeasuredTolerance)
        {
            measured = period;
            Settle(tracker, all, ref measured, threshold, true);
        }

        if (!tracker.FillsTime(all, measured, TimeTolerance))
        {
            // Rows that share their time were lost singly: nothing shows how many, and a slower clock that lost none fills the time.
            measured = mean;
            Settle(tracker, all, ref measured, double.PositiveInfinity, false);
        }

        return Place(tracker.Missing, measured);
    }

    private static (double Period, double Threshold) Search(SlotTracker tracker, List<Run> windows, double mean, double? stated)
    {
        (double Period, double Threshold, double Length) best = (mean, double.PositiveInfinity, double.PositiveInfinity);
        double rows = windows.Sum(window => window.Length);
        void Try(double period, double threshold, bool isFixed, double leastGain = 0)
        {
            if (Settle(tracker, windows, ref period, threshold, isFixed)
                && tracker.DescriptionLength(windows, period, mean) is var length && length < best.Length - leastGain / rows)
            {
                best = (period, threshold, length);
            }
        }

        Try(stated ?? mean, double.PositiveInfinity, stated is not null);
        if (tracker.IsSteady(windows, best.Period))
        {
            return (best.Period, best.Threshold);
        }

        for (var period = stated ?? CandidateRatio * mean; period >= (1 - MostLostShare) * mean; period /= stated is null ? CandidateRatio : 2)
        {
            foreach (var threshold in Thresholds)
            {
                Try(period, threshold, stated is not null);
            }
        }

        // A measured period is a little long when a loss was missed, and misses more of them then.
        (var found, var at, _) = best;
        for (var share = -FineReach; stated is null && double.IsFinite(at) && share <= FineReach; share += FineStep)
        {
            Try(found * (1 + share), at, true, FineGain);
        }

        return (best.Period, best.Threshold);
    }

    /// <summary>Tracks and measures the period until both agree; false when more is lost than is believed.</summary>
    private static bool Settle(SlotTracker tracker, List<Run> stretches, ref double period, double threshold, bool isFixed)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            tracker.Track(stretches, period, threshold);
            var measured = isFixed ? period : tracker.MeasuredPeriod(stretches, period);
            var isSettled = Math.Abs(measured / period - 1) < 1e-7;
            period = measured;
            if (isSettled)
            {
                break;
            }
        }

        return tracker.LostShare(stretches) <= MostLostShare;
    }

    /// <summary>Parts of the recording in which the period is looked for: all of a short one, otherwise the start, the middle and the end.</summary>
    private static List<Run> Windows(List<Run> stretches, int longestBurst)
    {
        var rows = stretches[^1].End;
        var length = Math.Max(WindowRows, BurstsInWindow * longestBurst);
        if (rows <= 3 * length)
        {
            return stretches;
        }

        List<Run> windows = [];
        foreach (var start in (int[])[0, (rows - length) / 2, rows - length])
        {
            windows.AddRange(stretches
                .Select(stretch => new Run(Math.Max(stretch.Start, start), Math.Min(stretch.End, start + length)))
                .Where(window => window.Length > 1));
        }

        return windows;
    }

    private static ClockFit Place(int[] missing, double period)
    {
        var slots = new int[missing.Length + 1];
        var longestFilled = (int)(GapFiller.LongestFilledMs / 1000.0 / period + 1e-6);
        var padding = (int)Math.Ceiling(LongGapPaddingSeconds / period);
        var dropped = 0;
        var backward = 0;
        for (var row = 1; row < slots.Length; row++)
        {
            var gap = missing[row - 1];
            backward += gap < 0 ? 1 : 0;
            var isLong = gap < 0 || gap > longestFilled;
            dropped += isLong ? 0 : gap;
            slots[row] = slots[row - 1] + 1 + (isLong ? padding : gap);
        }

        return new ClockFit(1 / period, slots, dropped, backward);
    }
}
