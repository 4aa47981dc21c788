namespace HarEdge.Trainer.Datasets;

/// <summary>Full scales of the sensor the counts are for: ± g and ± °/s.</summary>
public readonly record struct SensorRange(int AccelG, int GyroDps);

/// <summary>A file that went into a data set, with the SHA-256 of its bytes in lower-case hex.</summary>
public sealed record SourceFile(string Name, string Sha256);

/// <summary>Recordings that share a class list, and where they came from.</summary>
public sealed record DataSet
{
    /// <summary>Short name for tables, for example "hapt".</summary>
    public required string Name { get; init; }

    /// <summary>True for generated data; wherever its numbers appear they are called synthetic.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Class names in the order of the label indices, upper case with underscores.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Classes a model is trained on by default; the others (for example postural transitions) are kept as unknowns.</summary>
    public required IReadOnlyList<string> DefaultClasses { get; init; }

    /// <summary>All recordings.</summary>
    public required IReadOnlyList<Recording> Recordings { get; init; }

    /// <summary>Ranges the counts were made for.</summary>
    public required SensorRange Range { get; init; }

    /// <summary>Subjects of the data set's own test split, or empty where it has none.</summary>
    public IReadOnlyList<string> OfficialTestSubjects { get; init; } = [];

    /// <summary>Every file read, with its hash.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>What the door saw: rows, gaps, interpolated and clipped samples, warnings.</summary>
    public required ImportReport Report { get; init; }

    /// <summary>Who made the recordings and under which terms, one line; null when unknown.</summary>
    public string? Attribution { get; init; }
}
