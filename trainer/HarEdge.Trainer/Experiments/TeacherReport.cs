namespace HarEdge.Trainer.Experiments;

/// <summary>All teachers on the same windows.</summary>
internal sealed record TeacherReport
{
    /// <summary>Names of the data sets, synthetic ones called so.</summary>
    public required string Data { get; init; }

    /// <summary>How people were divided, in words.</summary>
    public required string Split { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary>Folds of the cross-validation.</summary>
    public required int Folds { get; init; }

    /// <summary>Labelled windows of training people.</summary>
    public required int TrainWindows { get; init; }

    /// <summary>Labelled windows of test people.</summary>
    public required int TestWindows { get; init; }

    /// <summary>Processors of the machine, for the seconds.</summary>
    public required int Processors { get; init; }

    /// <summary>The teachers, the blend last.</summary>
    public required IReadOnlyList<TeacherRow> Teachers { get; init; }

    /// <summary>What the reader must know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
