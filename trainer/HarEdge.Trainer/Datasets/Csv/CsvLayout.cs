using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>All that is known about a set of CSV files before they are read.</summary>
internal sealed record CsvLayout
{
    public required FileUnits Units { get; init; }

    public required ClassList Classes { get; init; }

    /// <summary>The wearer when the file has no column for them.</summary>
    public required Func<SourceEntry, string> SubjectOf { get; init; }

    public string? Columns { get; init; }

    public double? RateHz { get; init; }

    public TimeUnit? TimeUnit { get; init; }

    public char? Delimiter { get; init; }
}
