namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>What is known of a recording's clock besides its timestamps.</summary>
/// <param name="HasTime">Whether the rows have timestamps at all.</param>
/// <param name="RateHz">Samples per second as stated; it wins over the timestamps. Null when nobody stated it.</param>
/// <param name="Unit">Unit of the timestamps; null to find it.</param>
internal readonly record struct ClockStatement(bool HasTime, double? RateHz, TimeUnit? Unit);

/// <summary>From the rows of one recording to a signal on a regular grid, in g and °/s.</summary>
internal static class SignalBuilder
{
    /// <summary>Stated and measured rate may differ by this much before the statement is called wrong.</summary>
    private const double RateTolerance = 0.03;

    public static RawSignal Build(SignalRows rows, string name, RecordingOrigin origin, FileUnits units, ClockStatement statement, ImportTally tally)
    {
        ClockFit clock = statement.HasTime ? FitClock(rows, statement, origin.FileName, tally) : CountRows(rows, statement, origin.FileName);
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
        return new RawSignal
        {
            Name = name,
            Subject = rows.Subject,
            RateHz = clock.RateHz,
            Values = values,
            Labels = labels,
            Units = units,
            Origin = origin with { Rows = rows.Count, RateHz = clock.RateHz, RowsDropped = clock.DroppedRows },
        };
    }

    private static ClockFit CountRows(SignalRows rows, ClockStatement statement, string fileName) => statement.RateHz is { } rate
        ? new ClockFit(rate, [.. Enumerable.Range(0, rows.Count)], 0, 0)
        : throw new InputException(
            $"'{fileName}' has no timestamp column, so its sample rate is not known.",
            "Give the rate in Hz with --rate, or name the column with --columns time=COLUMN.",
            2);

    private static ClockFit FitClock(SignalRows rows, ClockStatement statement, string fileName, ImportTally tally)
    {
        double[] times = [.. rows.Times];
        int timeless = Timestamps.FillMissing(times);
        if (timeless == times.Length || rows.Count == 1)
        {
            return CountRows(rows, statement with { RateHz = statement.RateHz ?? (rows.Count == 1 ? 1 : null) }, fileName);
        }

        if (timeless > 0)
        {
            tally.Warn($"'{fileName}': {timeless} rows have no timestamp and were placed between their neighbors.");
        }

        double[] seconds = Timestamps.ToSeconds(times, statement.Unit, fileName);
        double period = Timestamps.PeriodOf(seconds);
        if (period <= 0)
        {
            throw new InputException(
                $"'{fileName}': the timestamps from line {rows.FirstLine} on do not advance.",
                "Name another column with --columns time=COLUMN, or give the rate with --rate and a file without that column.");
        }

        ClockFit clock = SampleClock.Fit(seconds, period);
        if (statement.RateHz is { } stated && Math.Abs(clock.RateHz / stated - 1) > RateTolerance)
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
