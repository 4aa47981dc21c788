using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>From the rows of one recording to a signal on a regular grid.</summary>
internal static class CsvSignal
{
    /// <summary>Stated and measured rate may differ by this much before the statement is called wrong.</summary>
    private const double RateTolerance = 0.03;

    public static RawSignal Build(CsvRows rows, string name, bool hasTime, CsvLayout layout, FileUnits units, string fileName, ImportTally tally)
    {
        ClockFit clock = hasTime ? FitClock(rows, layout, fileName, tally) : CountRows(rows, layout, fileName);
        int slots = clock.Slots[^1] + 1;
        double[][] values = RawSignal.MissingValues(slots);
        var labels = new short[slots];
        Array.Fill(labels, RawSignal.NoRow);
        for (int row = 0; row < rows.Count; row++)
        {
            bool isComplete = true;
            int slot = clock.Slots[row];
            labels[slot] = rows.Labels[row];
            for (int channel = 0; channel < values.Length; channel++)
            {
                double value = rows.Values[channel][row] * units.Factor(channel);
                values[channel][slot] = value;
                isComplete &= !double.IsNaN(value);
            }

            tally.RowsIncomplete += isComplete ? 0 : 1;
        }

        tally.RowsRead += rows.Count;
        tally.RowsDropped += clock.DroppedRows;
        var signal = new RawSignal { Name = name, Subject = rows.Subject, RateHz = clock.RateHz, Values = values, Labels = labels };
        PlausibilityCheck.Verify(signal, units, fileName);
        return signal;
    }

    private static ClockFit CountRows(CsvRows rows, CsvLayout layout, string fileName) => layout.RateHz is { } rate
        ? new ClockFit(rate, [.. Enumerable.Range(0, rows.Count)], 0, 0)
        : throw new InputException(
            $"'{fileName}' has no timestamp column, so its sample rate is not known.",
            "Give the rate in Hz with --rate, or name the column with --columns time=COLUMN.",
            2);

    private static ClockFit FitClock(CsvRows rows, CsvLayout layout, string fileName, ImportTally tally)
    {
        double[] times = [.. rows.Times];
        int timeless = CsvTime.FillMissing(times);
        if (timeless == times.Length || rows.Count == 1)
        {
            return CountRows(rows, layout with { RateHz = layout.RateHz ?? (rows.Count == 1 ? 1 : null) }, fileName);
        }

        if (timeless > 0)
        {
            tally.Warn($"'{fileName}': {timeless} rows have no timestamp and were placed between their neighbors.");
        }

        double[] seconds = CsvTime.ToSeconds(times, layout.TimeUnit, fileName);
        double period = SamplePeriod.Of(seconds);
        if (period <= 0)
        {
            throw new InputException(
                $"'{fileName}': the timestamps from line {rows.FirstLine} on do not advance.",
                "Name another column with --columns time=COLUMN, or give the rate with --rate and a file without that column.");
        }

        ClockFit clock = SampleClock.Fit(seconds, period);
        if (layout.RateHz is { } stated && Math.Abs(clock.RateHz / stated - 1) > RateTolerance)
        {
            throw new InputException(
                $"'{fileName}': the timestamps show {clock.RateHz:0.##} Hz, not the stated {stated:0.##} Hz.",
                $"Leave --rate out to use the timestamps, or give --rate {clock.RateHz:0.#}.");
        }

        if (clock.BackwardJumps > 0)
        {
            tally.Warn($"'{fileName}': the clock was set back {clock.BackwardJumps} times; each ends a run.");
        }

        return clock;
    }
}
