namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>The running counts of one import; becomes an <see cref="ImportReport"/> at the end.</summary>
internal sealed class ImportTally
{
    private readonly List<string> _warnings = [];

    private readonly SortedSet<string> _placements = new(StringComparer.Ordinal);

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

    public void Warn(string sentence) => _warnings.Add(sentence);

    /// <summary>A file says where the sensor was worn.</summary>
    public void NotePlacement(string? placement)
    {
        if (placement is not null)
        {
            _placements.Add(placement);
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
        Warnings = _placements.Count < 2 ? [.. _warnings] :
        [
            .. _warnings,
            $"The sensor was worn at several places ({string.Join(", ", _placements)}): a model for one of them is better trained on that one alone.",
        ],
    };
}
