namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>What is known of a recording's clock besides its timestamps.</summary>
/// <param name="HasTime">Whether the rows have timestamps at all.</param>
/// <param name="RateHz">Samples per second as stated; it wins over the timestamps. Null when nobody stated it.</param>
/// <param name="Unit">Unit of the timestamps; null to find it.</param>
internal readonly record struct ClockStatement(bool HasTime, double? RateHz, TimeUnit? Unit);

/// <summary>From the rows of one recording to a signal on a regular grid, in g and °/s.</summary>
internal static class SignalBuilder
{
    /// <summary>Below this, in Hz, a step (about half a second) is two samples and less.</summary>
    private const double LowestHz = 4.5;

    private const double HighestHz = 4000;

    private const double ThousandFold = 1000;

    private const double WholeSecondsShare = 0.002;

    public static RawSignal Build(SignalRows rows, string name, RecordingOrigin origin, FileUnits units, ClockStatement statement, ImportTally tally)
    {
        (var clock, origin) = Clock(rows, statement, origin);
        if (rows.Count > 1 && clock.RateHz is < LowestHz or > HighestHz)
        {
            throw ImpossibleRate(origin.FileName, clock.RateHz, statement);
        }

        var slots = clock.Slots[^1] + 1;
        var values = RawSignal.MissingValues(slots);
        var labels = new short[slots];
        Array.Fill(labels, RawSignal.NoRow);
        for (var row = 0; row < rows.Count; row++)
        {
            var isComplete = true;
            var slot = clock.Slots[row];
            labels[slot] = rows.Labels[row];
            for (var channel = 0; channel < values.Length; channel++)
            {
                var value = rows.Values[channel][row] * units.Factor(channel);
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
            Origin = origin with
            {
                Rows = rows.Count, RateHz = clock.RateHz, RowsDropped = clock.DroppedRows, ClockSetBack = clock.BackwardJumps,
            },
        };
    }

    private static (ClockFit Clock, RecordingOrigin Origin) Clock(SignalRows rows, ClockStatement statement, RecordingOrigin origin)
    {
        if (rows.Count == 1)
        {
            return (ClockFit.Consecutive(1, statement.RateHz ?? Core.SensorScale.SampleRateHz), origin);
        }

        double[] times = statement.HasTime ? [.. rows.Times] : [];
        var timeless = Timestamps.FillMissing(times);
        if (timeless == times.Length)
        {
            return statement.RateHz is { } rate
                ? (ClockFit.Consecutive(rows.Count, rate), origin)
                : throw new InputException(
                    $"'{origin.FileName}' has no {(statement.HasTime ? "timestamps" : "timestamp column")}, so its sample rate is not known.",
                    "Give the rate in Hz with --rate, or name the column with --columns time=COLUMN.",
                    2);
        }

        if (statement.RateHz is { } only && !(Timestamps.PeriodOf(times) > 0))
        {
            return (ClockFit.Consecutive(rows.Count, only), origin with { StampRateHz = 0 });
        }

        (var seconds, var unit) = Timestamps.ToSeconds(times, statement, origin.FileName);
        var clock = SampleClock.Fit(seconds, 1 / statement.RateHz);
        return (
            statement.RateHz is { } stated ? clock with { RateHz = stated } : clock,
            origin with { StampRateHz = clock.RateHz, TimeUnit = unit, RowsWithoutTime = timeless });
    }

    private static InputException ImpossibleRate(string fileName, double rateHz, ClockStatement statement)
    {
        var isStated = statement.RateHz is not null;
        var isWholeSeconds = Math.Abs(1 / rateHz - Math.Round(1 / rateHz)) < WholeSecondsShare / rateHz;
        if (!isStated && !isWholeSeconds && statement.Unit is TimeUnit.Milliseconds or TimeUnit.Microseconds && rateHz * ThousandFold is >= LowestHz and <= HighestHz)
        {
            // Sketches call microseconds millis; rows at whole seconds are a slow logger's.
            var unit = statement.Unit.Value;
            return new InputException(
                $"'{fileName}': the rows are {1 / rateHz:0.###} s apart, read in {UnitNames.Of(unit)}; in {UnitNames.Of(unit + 1)} they would have {rateHz * ThousandFold:0.#} Hz.",
                $"Read the data with --time-unit {UnitNames.Of(unit + 1)} if that is the rate; slower than 5 Hz is too slow to learn movements from.");
        }

        var what = isStated ? "the stated rate is" : $"the rows are {1 / rateHz:0.###} s apart, which is";
        return rateHz < LowestHz
            ? new InputException(
                $"'{fileName}': {what} {rateHz:0.##} Hz: too slow to learn movements from, because a single step takes half a second.",
                "Record at 50 Hz (at least 20 Hz, and 5 Hz is the least that is read)"
                + (isStated ? "." : "; if the timestamps have another unit, give it with --time-unit s, ms, us or ns."))
            : new InputException(
                $"'{fileName}': {what} {rateHz:0} Hz, more than a motion sensor gives.",
                isStated ? "Correct --rate." : "Give the unit of the timestamps with --time-unit s, ms or us, or the rate with --rate.");
    }
}
