namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// Missing values: stretches of at most <see cref="LongestFilledMs"/> between two known values of the same channel are filled
/// along a straight line, longer ones end the run. Nothing is removed: slots keep their place, and every one is counted.
/// </summary>
internal static class GapFiller
{
    /// <summary>Ten samples at 50 Hz: less than half a step, so a straight line keeps the gait's shape.</summary>
    public const int LongestFilledMs = 200;

    /// <summary>Fills short gaps in place, gives filled slots a label, and returns the runs in slots.</summary>
    public static List<Run> Fill(RawSignal signal, ImportTally tally)
    {
        var slots = signal.SlotCount;
        var longest = (int)(LongestFilledMs * signal.RateHz / 1000 + 1e-6);
        var outside = new bool[slots];
        var filled = new bool[slots];
        foreach (var channel in signal.Values)
        {
            FillChannel(channel, longest, outside, filled);
        }

        List<Run> runs = [];
        for (var start = 0; start < slots;)
        {
            var end = start;
            var isOutside = outside[start];
            while (end < slots && outside[end] == isOutside)
            {
                end++;
            }

            if (!isOutside)
            {
                runs.Add(new Run(start, end));
                tally.SamplesInterpolated += CountTrue(filled.AsSpan(start, end - start));
            }
            else
            {
                tally.LongGaps += end - start > longest ? 1 : 0;
                tally.RowsOutsideRuns += CountRows(signal.Labels.AsSpan(start, end - start));
            }

            start = end;
        }

        LabelFilledSlots(signal.Labels, runs);
        return runs;
    }

    private static void FillChannel(double[] channel, int longest, bool[] outside, bool[] filled)
    {
        for (var start = 0; start < channel.Length;)
        {
            if (!double.IsNaN(channel[start]))
            {
                start++;
                continue;
            }

            var end = start;
            while (end < channel.Length && double.IsNaN(channel[end]))
            {
                end++;
            }

            var isFilled = start > 0 && end < channel.Length && end - start <= longest;
            for (var slot = start; slot < end; slot++)
            {
                if (isFilled)
                {
                    var share = (slot - start + 1) / (double)(end - start + 1);
                    channel[slot] = channel[start - 1] + share * (channel[end] - channel[start - 1]);
                    filled[slot] = true;
                }
                else
                {
                    outside[slot] = true;
                }
            }

            start = end;
        }
    }

    /// <summary>A slot without a row takes the label of the nearer row, the earlier one when both are as near.</summary>
    private static void LabelFilledSlots(short[] labels, List<Run> runs)
    {
        foreach (var run in runs)
        {
            for (var start = run.Start; start < run.End;)
            {
                if (labels[start] != RawSignal.NoRow)
                {
                    start++;
                    continue;
                }

                var end = start;
                while (end < run.End && labels[end] == RawSignal.NoRow)
                {
                    end++;
                }

                var before = start > run.Start ? labels[start - 1] : RawSignal.Unlabeled;
                var after = end < run.End ? labels[end] : RawSignal.Unlabeled;
                var middle = start + (end - start + 1) / 2;
                Array.Fill(labels, before, start, middle - start);
                Array.Fill(labels, after, middle, end - middle);
                start = end;
            }
        }
    }

    private static int CountTrue(ReadOnlySpan<bool> flags) => flags.Count(true);

    private static int CountRows(ReadOnlySpan<short> labels) => labels.Length - labels.Count(RawSignal.NoRow);
}
