namespace HarEdge.Trainer.Datasets;

/// <summary>How much of one person a data set holds, in samples at 50 Hz within runs.</summary>
public sealed record SubjectCounts
{
    /// <summary>The person.</summary>
    public required string Subject { get; init; }

    /// <summary>Recordings of them.</summary>
    public required int Recordings { get; init; }

    /// <summary>Samples of each class, in the order of the class list.</summary>
    public required IReadOnlyList<long> SamplesPerClass { get; init; }

    /// <summary>Samples without a class.</summary>
    public required long Unlabeled { get; init; }
}
