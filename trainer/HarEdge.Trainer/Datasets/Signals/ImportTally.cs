using System.Globalization;

namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>The running counts of one import; becomes an <see cref="ImportReport"/> at the end.</summary>
internal sealed class ImportTally
{
    private readonly List<string> warnings = [];

    private readonly SortedSet<string> placements = new(StringComparer.Ordinal);

    public long RowsRead { get; set; }

    public long RowsIncomplete { get; set; }

    public long RowsDropped { get; set; }

    public long RowsOutsideRuns { get; set; }

    public long SamplesWritten { get; set; }

    public long SamplesInterpolated { get; set; }

    public long RowsDead { get; set; }

    public int LongGaps { get; set; }

    public long ValuesClipped { get; set; }

    public int LabelRowsClamped { get; set; }

    public void Warn(string sentence) => warnings.Add(sentence);

    /// <summary>A file says where the sensor was worn.</summary>
    public void NotePlacement(string? placement)
    {
        if (placement is not null)
        {
            placements.Add(placement);
        }
    }

    public ImportReport ToReport() => new()
    {
        RowsRead = RowsRead,
        RowsIncomplete = RowsIncomplete,
        RowsDropped = RowsDropped,
        RowsOutsideRuns = RowsOutsideRuns,
        SamplesWritten = SamplesWritten,
        SamplesInterpolated = SamplesInterpolated,
        RowsDead = RowsDead,
        LongGaps = LongGaps,
        ValuesClipped = ValuesClipped,
        LabelRowsClamped = LabelRowsClamped,
        Warnings = placements.Count < 2 ? [.. warnings] :
        [
            .. warnings,
            $"The sensor was worn at several places ({string.Join(", ", placements)}): a model for one of them is better trained on that one alone.",
        ],
    };
}

/// <summary>What the recordings of a set have in common and a user has to know: one sentence a kind, with the first file, however many files there are.</summary>
internal static class ImportNotes
{
    /// <summary>Below this, in Hz, what is between the samples of the device has to be guessed.</summary>
    private const double LowestWithoutNoteHz = 40;

    /// <summary>Stated and measured rates that differ less are the same rate.</summary>
    private const double RateTolerance = 0.03;

    /// <summary>The sentences on clocks and dead sensors.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<RecordingOrigin> origins)
    {
        if (Some(origins, origin => origin.RateHz < LowestWithoutNoteHz && origin.Rows > 1) is { } slow)
        {
            yield return $"{slow.Subject} sampled at less than {LowestWithoutNoteHz:0} Hz ({slow.First.FileName}: {Hz(slow.First.RateHz)}) and drawn out to "
                + $"{Core.SensorScale.SampleRateHz} Hz: a model learns a smoothness from it that the device's own samples do not have.";
        }

        if (Some(origins, IsContradicted) is { } stated)
        {
            yield return $"{stated.Subject} read at the stated {Hz(stated.First.RateHz)}, although the timestamps show {Hz(stated.First.StampRateHz!.Value)} "
                + $"({stated.First.FileName}).";
        }

        if (Some(origins, origin => origin.ClockSetBack > 0) is { } back)
        {
            yield return $"The clock was set back {origins.Sum(origin => origin.ClockSetBack)} times ({back.First.FileName}); each ends a run.";
        }

        if (Some(origins, origin => origin.RowsDead > 0) is { } dead)
        {
            yield return $"In {origins.Sum(origin => origin.RowsDead)} rows the sensor was dead (exact zeros, or nothing changes for a second); they were cut out. "
                + $"The first: row {dead.First.FirstDeadRow} of {dead.First.FileName}.";
        }

        if (Some(origins, origin => origin.IsGyroscopeSilent) is { } silent)
        {
            yield return $"{silent.Subject} read as an accelerometer's alone: the gyroscope gives nothing but 0 ({silent.First.FileName}).";
        }

        if (Some(origins, origin => origin.RowsWithoutTime > 0) is { } timeless)
        {
            yield return $"{origins.Sum(origin => origin.RowsWithoutTime)} rows have no timestamp and were placed between their neighbors ({timeless.First.FileName}).";
        }
    }

    private static bool IsContradicted(RecordingOrigin origin) =>
        origin.StampRateHz is { } stamps && Math.Abs(stamps / origin.RateHz - 1) > RateTolerance;

    /// <summary>Who, as the subject of a sentence, and the first of them; null for nobody.</summary>
    private static (string Subject, RecordingOrigin First)? Some(IReadOnlyList<RecordingOrigin> origins, Func<RecordingOrigin, bool> isOne)
    {
        RecordingOrigin[] found = [.. origins.Where(isOne)];
        return found.Length == 0 ? null : (found.Length == 1 ? "One recording was" : $"{found.Length} of {origins.Count} recordings were", found[0]);
    }

    private static string Hz(double rate) => rate.ToString("0.##", CultureInfo.InvariantCulture) + " Hz";
}
