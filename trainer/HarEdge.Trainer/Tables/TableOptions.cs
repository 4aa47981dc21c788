namespace HarEdge.Trainer.Tables;

/// <summary>What the user says about a table; everything else is found in it.</summary>
internal sealed record TableOptions
{
    /// <summary>Files of one table, whose rows are taken together, or one folder in UCI HAR's layout.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Files whose rows are the test.</summary>
    public IReadOnlyList<string> TestPaths { get; init; } = [];

    /// <summary>Columns that hold the class; empty finds one by its name.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>A file with the labels, joined by sequence, step or id; null when they stand in the table.</summary>
    public string? LabelsFile { get; init; }

    /// <summary>Column of the person; null finds one by its name.</summary>
    public string? Group { get; init; }

    /// <summary>Column that names rows; null finds one by its name.</summary>
    public string? Id { get; init; }

    /// <summary>Column that says which rows are steps of one sequence.</summary>
    public string? Sequence { get; init; }

    /// <summary>Column that orders the steps of a sequence.</summary>
    public string? Step { get; init; }

    /// <summary>A column and the value that marks test rows.</summary>
    public (string Column, string Value)? TestRows { get; init; }

    /// <summary>A column that says of each row whether it is learned from: 1, true or train.</summary>
    public string? SplitColumn { get; init; }

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Columns of text to encode, one feature a value.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Columns to use although they would be left out.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Texts that mean a missing value, besides the usual ones.</summary>
    public IReadOnlyList<string> MissingMarks { get; init; } = [];

    /// <summary>Numbers that mean a missing value.</summary>
    public IReadOnlyList<double> Sentinels { get; init; } = [];

    /// <summary>What to do with missing values; null for what fits the table.</summary>
    public MissingTreatment? Missing { get; init; }

    /// <summary>A file with a code and a name of each class.</summary>
    public string? ClassNamesFile { get; init; }

    /// <summary>Labels that count as another: from, to.</summary>
    public IReadOnlyList<(string From, string To)> Renames { get; init; } = [];

    /// <summary>Whether the file's name is the person.</summary>
    public bool GroupIsFileName { get; init; }

    /// <summary>True when nothing is to be learned: labels may be missing, and no column is left out for what it holds.</summary>
    public bool IsForPrediction { get; init; }

    /// <summary>When predicting, the features wanted; columns that are none of them are not read.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];
}

/// <summary>What is done with missing values.</summary>
internal enum MissingTreatment
{
    /// <summary>A straight line in time between the neighbours of the same sequence.</summary>
    Interpolate,

    /// <summary>The last value of the same sequence.</summary>
    Hold,

    /// <summary>Rows with a missing value are left out.</summary>
    Drop,

    /// <summary>The model deals with it: trees send it to a side of its own, others take the median and learn that it was missing.</summary>
    Model,
}
