namespace HarEdge.Trainer.Datasets;

/// <summary>What a model remembers of a data set: enough to tell whether another copy of the data is the same.</summary>
public sealed record DataManifest
{
    /// <summary>Name of the data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>True for generated data.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>Files read, with their SHA-256.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>Labelled samples (50 Hz) per class.</summary>
    public required IReadOnlyDictionary<string, long> SamplesOfClass { get; init; }

    /// <summary>Samples (50 Hz) per subject.</summary>
    public required IReadOnlyDictionary<string, long> SamplesOfSubject { get; init; }

    /// <summary>Gaps, interpolation, clipping, warnings.</summary>
    public required ImportReport Report { get; init; }

    /// <summary>Attribution and terms; null when unknown.</summary>
    public string? Attribution { get; init; }
}
