namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// Finds the rows missing after each row for a given period. A delay is how many periods a row is later than the rows before it let expect. The least delay of
/// the rows ahead cannot be a burst or jitter, because these come and go, and it cannot come from a later loss, because losses only add to it.
/// </summary>
internal sealed class SlotTracker
{
    /// <summary>A step below this share of the mean is inside a burst.</summary>
    private const double BurstStepShare = 0.6;

    /// <summary>Rows ahead beyond the longest burst, which jitter needs to show that it passes.</summary>
    private const int RowsBeyondBurst = 3;

    /// <summary>How fast the expected delay follows the measured one: periods wrong by 3 % and drifting clocks lag by half a period at most.</summary>
    private const double FollowShare = 1.0 / 16;

    /// <summary>Share of the mean step below which a delay is no information: a floor under the logarithm.</summary>
    private const double DelayFloorShare = 0.02;

    /// <summary>The same where a tick is longer than a row: the last row of a tick lies anywhere within a period.</summary>
    private const double CoarseFloorShare = 1;

    /// <summary>Shares of rows with the timestamp of the row before, and of rows inside bursts, from which on a clock is coarse and bunched.</summary>
    private const double LeastRepeats = 0.1;

    private const double LeastBunched = 0.4;

    /// <summary>Bursts before and after a row over which the mean delay is taken.</summary>
    private const int BurstsAround = 32;

    private readonly double[] seconds;
    private readonly double mean;
    private readonly bool isCoarse;
    private readonly bool isBunched;
    private readonly double groupShare;
    private readonly double[] least;
    private readonly int[] queue;

    /// <param name="seconds">Timestamps.</param>
    /// <param name="jump">Steps above this, and below its negative, separate stretches.</param>
    /// <param name="mean">Mean time a row without jumps.</param>
    public SlotTracker(double[] seconds, double jump, double mean)
    {
        this.seconds = seconds;
        this.mean = mean;
        least = new double[seconds.Length];
        queue = new int[seconds.Length];
        Missing = new int[seconds.Length - 1];
        var start = 0;
        var burst = 1;
        long inBursts = 0;
        long repeats = 0;
        for (var row = 1; row < seconds.Length; row++)
        {
            var step = seconds[row] - seconds[row - 1];
            var isInBurst = step < BurstStepShare * mean;
            burst = isInBurst ? burst + 1 : 1;
            inBursts += isInBurst ? 1 : 0;
            repeats += step == 0 ? 1 : 0;
            LongestBurst = Math.Max(LongestBurst, burst);
            if (step > jump || step < -jump)
            {
                Stretches.Add(new Run(start, row));
                start = row;
                Missing[row - 1] = step < 0 ? -1 : (int)Math.Min(int.MaxValue / 4, Math.Ceiling(step / mean));
            }
        }

        Stretches.Add(new Run(start, seconds.Length));
        isCoarse = repeats > LeastRepeats * seconds.Length;
        isBunched = isCoarse || inBursts > LeastBunched * seconds.Length;
        groupShare = isBunched ? 1 - inBursts / (double)seconds.Length : 1;
    }

    /// <summary>Rows between two jumps of the clock, ascending, all of them.</summary>
    public List<Run> Stretches { get; } = [];

    /// <summary>Most rows that came at once.</summary>
    public int LongestBurst { get; } = 1;

    /// <summary>Rows missing after each row but the last; −1 where the clock was set back.</summary>
    public int[] Missing { get; }

    /// <summary>Fills <see cref="Missing"/> within the stretches.</summary>
    /// <param name="stretches">Rows to examine.</param>
    /// <param name="period">Sample period in seconds.</param>
    /// <param name="threshold">A lasting delay of more periods than this is a loss.</param>
    public void Track(List<Run> stretches, double period, double threshold)
    {
        foreach (var stretch in stretches)
        {
            FindLeastAhead(stretch, period);
            var ahead = LongestBurst + RowsBeyondBurst;
            var expected = least[stretch.Start];
            for (var row = stretch.Start + 1; row < stretch.End; row++)
            {
                // Near the end a burst may still be under way, so only more than a burst is a loss there.
                var allowed = row + ahead <= stretch.End ? threshold : threshold + LongestBurst - 1;
                var delay = least[row] - expected;
                var lost = delay > allowed ? (int)Math.Round(delay) : 0;
                Missing[row - 1] = lost;
                expected += lost + FollowShare * Math.Min(delay - lost, threshold);
            }
        }
    }

    /// <summary>Time over slots in each stretch, from the first to the last row after which time advances: in bursts, from the end of one to the end of another.</summary>
    public double MeasuredPeriod(List<Run> stretches, double period)
    {
        double time = 0;
        double slots = 0;
        var least = isBunched ? BurstStepShare * mean : 0;
        foreach (var stretch in stretches)
        {
            var first = stretch.Start;
            var last = stretch.End - 2;
            while (first <= last && !(seconds[first + 1] - seconds[first] > least))
            {
                first++;
            }

            while (last > first && !(seconds[last + 1] - seconds[last] > least))
            {
                last--;
            }

            var toNext = isBunched ? 0 : 1;
            for (var row = first + toNext; row < last + toNext; row++)
            {
                time += seconds[row + 1] - seconds[row];
                slots += 1 + Missing[row];
            }
        }

        return slots > 0 && time > 0 ? time / slots : period;
    }

    /// <summary>Whether all rows are about where they belong when none is missing: a single lost one would move those after it by a whole period.</summary>
    public bool IsSteady(List<Run> stretches, double period)
    {
        double farthest = 0;
        foreach (var stretch in stretches)
        {
            var least = double.PositiveInfinity;
            var most = double.NegativeInfinity;
            for (var row = stretch.Start; row < stretch.End; row++)
            {
                var delay = Delay(row, stretch.Start, period);
                least = Math.Min(least, delay);
                most = Math.Max(most, delay);
            }

            farthest = Math.Max(farthest, most - least);
        }

        return farthest < 0.75;
    }

    /// <summary>Whether slots of a period are as long as the time that went by, to a share and to a burst at the ends.</summary>
    public bool FillsTime(List<Run> stretches, double period, double tolerance)
    {
        double elapsed = 0;
        double slots = 0;
        foreach (var stretch in stretches)
        {
            elapsed += seconds[stretch.End - 1] - seconds[stretch.Start];
            slots += stretch.Length - 1;
            foreach (var missing in Missing.AsSpan(stretch.Start, stretch.Length - 1))
            {
                slots += missing;
            }
        }

        var ends = stretches.Count * (LongestBurst + 1) * period;
        return Math.Abs(slots * period - elapsed) <= tolerance * elapsed + ends;
    }

    /// <summary>Share of slots in which rows are missing.</summary>
    public double LostShare(List<Run> stretches)
    {
        double lost = 0;
        foreach (var stretch in stretches)
        {
            foreach (var missing in Missing.AsSpan(stretch.Start, stretch.Length - 1))
            {
                lost += missing;
            }
        }

        return lost / (lost + stretches.Sum(stretch => stretch.Length));
    }

    /// <summary>
    /// Nats a row that a period and its losses need to tell the timestamps: the logarithm of the mean delay, and which rows are followed by how many lost ones.
    /// </summary>
    public double DescriptionLength(List<Run> stretches, double period, double mean)
    {
        double delays = 0;
        double events = 0;
        double lengths = 0;
        double rows = 0;
        foreach (var stretch in stretches)
        {
            var late = new double[stretch.Length];
            double lost = 0;
            for (var row = stretch.Start; row < stretch.End; row++)
            {
                var delay = isBunched ? least[row] : Delay(row, stretch.Start, period);
                late[row - stretch.Start] = (delay - lost) * period;
                if (row + 1 < stretch.End)
                {
                    lost += Missing[row];
                    events += Missing[row] > 0 ? 1 : 0;
                    lengths += Math.Log(1 + Missing[row]);
                }
            }

            delays += SpreadOf(late);
            rows += stretch.Length;
        }

        var share = events / rows;
        var entropy = share is 0 or 1 ? 0 : -share * Math.Log(share) - (1 - share) * Math.Log(1 - share);
        var floor = (isCoarse ? CoarseFloorShare : DelayFloorShare) * mean;
        return groupShare * Math.Log(delays / rows + floor) + entropy + lengths / rows + share;
    }

    /// <summary>Sum of distances from the mean of the rows around: a drifting clock is no delay.</summary>
    private double SpreadOf(double[] late)
    {
        var around = BurstsAround * LongestBurst;
        double spread = 0;
        double sum = 0;
        var from = 0;
        var to = 0;
        for (var row = 0; row < late.Length; row++)
        {
            for (; to < Math.Min(late.Length, row + around + 1); to++)
            {
                sum += late[to];
            }

            for (; from < row - around; from++)
            {
                sum -= late[from];
            }

            spread += Math.Abs(late[row] - sum / (to - from));
        }

        return spread;
    }

    /// <summary>For each row the least delay, in periods, of it and the rows ahead: a queue of ascending delays.</summary>
    private void FindLeastAhead(Run stretch, double period)
    {
        var ahead = LongestBurst + RowsBeyondBurst;
        var head = 0;
        var tail = 0;
        for (var row = stretch.End - 1; row >= stretch.Start; row--)
        {
            var delay = Delay(row, stretch.Start, period);
            while (tail > head && Delay(queue[tail - 1], stretch.Start, period) >= delay)
            {
                tail--;
            }

            queue[tail++] = row;
            while (queue[head] >= row + ahead)
            {
                head++;
            }

            least[row] = Delay(queue[head], stretch.Start, period);
        }
    }

    private double Delay(int row, int start, double period) => (seconds[row] - seconds[start]) / period - (row - start);
}
