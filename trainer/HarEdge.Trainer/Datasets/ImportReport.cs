using System.Text.Json.Serialization;

namespace HarEdge.Trainer.Datasets;

/// <summary>Counts of everything that happened between the files and the recordings; nothing is dropped without a line here.</summary>
public sealed record ImportReport
{
    /// <summary>Data rows read from the files.</summary>
    public long RowsRead { get; init; }

    /// <summary>Rows read in which at least one channel was empty or not a number; they keep their place in time.</summary>
    public long RowsIncomplete { get; init; }

    /// <summary>Rows that the timestamps show to be missing from the files, as far as gaps of at most 200 ms are concerned.</summary>
    public long RowsDropped { get; init; }

    /// <summary>Rows read that lie in a gap of more than 200 ms (or before the first complete row) and so in no run.</summary>
    public long RowsOutsideRuns { get; init; }

    /// <summary>Samples at 50 Hz that came out of them, padding not counted.</summary>
    public long SamplesWritten { get; init; }

    /// <summary>Samples, at the file's rate, with at least one value filled by interpolation across gaps of at most 200 ms.</summary>
    public long SamplesInterpolated { get; init; }

    /// <summary>Rows in which the sensor was dead (exact zeros, or no change for a second or more); they are treated as missing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long RowsDead { get; init; }

    /// <summary>Gaps longer than 200 ms, each of which ends a run.</summary>
    public int LongGaps { get; init; }

    /// <summary>Channel values limited to the sensor's full scale.</summary>
    public long ValuesClipped { get; init; }

    /// <summary>Label rows that reached beyond the signal and were shortened.</summary>
    public int LabelRowsClamped { get; init; }

    /// <summary>One sentence each, for the user.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
