namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>The running counts of one import; becomes an <see cref="ImportReport"/> at the end.</summary>
internal sealed class ImportTally
{
    private readonly List<string> _warnings = [];

    public long RowsRead { get; set; }

    public long RowsIncomplete { get; set; }

    public long RowsDropped { get; set; }

    public long RowsOutsideRuns { get; set; }

    public long SamplesWritten { get; set; }

    public long SamplesInterpolated { get; set; }

    public int LongGaps { get; set; }

    public long ValuesClipped { get; set; }

    public int LabelRowsClamped { get; set; }

    public void Warn(string sentence) => _warnings.Add(sentence);

    public ImportReport ToReport() => new()
    {
        RowsRead = RowsRead,
        RowsIncomplete = RowsIncomplete,
        RowsDropped = RowsDropped,
        RowsOutsideRuns = RowsOutsideRuns,
        SamplesWritten = SamplesWritten,
        SamplesInterpolated = SamplesInterpolated,
        LongGaps = LongGaps,
        ValuesClipped = ValuesClipped,
        LabelRowsClamped = LabelRowsClamped,
        Warnings = [.. _warnings],
    };
}
