namespace HarEdge.Trainer.Tables;

/// <summary>
/// Examples as rows, features as columns, read from a file of anybody: what learning, exploring and predicting on tables start from. Roles such as label and person
/// stand beside the features, never among them.
/// </summary>
internal sealed class FeatureTable
{
    /// <summary>The features.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>Columns × rows; NaN where a value is missing, never infinite.</summary>
    public required float[][] Values { get; init; }

    /// <summary>For each row its index among <see cref="Classes"/>, −1 without a label.</summary>
    public required int[] Labels { get; init; }

    /// <summary>Classes as the file writes them, which is how predictions are written.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Classes for people: names where <see cref="Classes"/> are codes, otherwise the same.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>For each row the index of its person in <see cref="Groups"/>; null where people are not known.</summary>
    public int[]? GroupOfRow { get; init; }

    /// <summary>People, or whatever else must not stand on both sides of a split.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>For each row the name the file gives it; null without such a column.</summary>
    public string[]? Ids { get; init; }

    /// <summary>For each row the index of its sequence in <see cref="Sequences"/>; null where every row stands alone.</summary>
    public int[]? SequenceOfRow { get; init; }

    /// <summary>Names of sequences.</summary>
    public IReadOnlyList<string> Sequences { get; init; } = [];

    /// <summary>For each row its place in time within its sequence; null without such a column.</summary>
    public double[]? Steps { get; init; }

    /// <summary>For each row whether the data holds it back for the test; null where it states no split.</summary>
    public bool[]? IsTest { get; init; }

    /// <summary>For each row the 1-based line it was read from.</summary>
    public required int[] Lines { get; init; }

    /// <summary>Which columns had which role.</summary>
    public required TableRoles Roles { get; init; }

    /// <summary>What was understood, left out and mended.</summary>
    public required TableAccount Account { get; init; }

    /// <summary>Number of rows.</summary>
    public int Rows => Labels.Length;

    /// <summary>Whether the data states which rows are the test.</summary>
    public bool HasSplit => IsTest is not null && Array.Exists(IsTest, isTest => isTest);

    /// <summary>Rows that have a label, of the training or of the test part.</summary>
    public int[] Labelled(bool test) => [.. Enumerable.Range(0, Rows).Where(row => Labels[row] >= 0 && (IsTest?[row] ?? false) == test)];

    /// <summary>The person of a row, for tables and scores; "all" where people are not known.</summary>
    public string GroupName(int row) => GroupOfRow is null ? "all" : Groups[GroupOfRow[row]];

    /// <summary>The same table, only some rows, in that order.</summary>
    public FeatureTable Select(IReadOnlyList<int> rows) => With(
        Columns, Array.ConvertAll(Values, column => Pick(column, rows)), rows);

    /// <summary>Other features of the same or of fewer rows.</summary>
    /// <param name="columns">The features.</param>
    /// <param name="values">Columns × as many rows as <paramref name="rows"/> names.</param>
    /// <param name="rows">For each new row the row of this table that gives it label, person and name.</param>
    /// <param name="account">Another account; null keeps this one's.</param>
    public FeatureTable With(IReadOnlyList<TableColumn> columns, float[][] values, IReadOnlyList<int> rows, TableAccount? account = null) => new()
    {
        Columns = columns,
        Values = values,
        Labels = Pick(Labels, rows),
        Classes = Classes,
        ClassNames = ClassNames,
        GroupOfRow = GroupOfRow is null ? null : Pick(GroupOfRow, rows),
        Groups = Groups,
        Ids = Ids is null ? null : Pick(Ids, rows),
        SequenceOfRow = SequenceOfRow is null ? null : Pick(SequenceOfRow, rows),
        Sequences = Sequences,
        Steps = Steps is null ? null : Pick(Steps, rows),
        IsTest = IsTest is null ? null : Pick(IsTest, rows),
        Lines = Pick(Lines, rows),
        Roles = Roles,
        Account = account ?? Account,
    };

    /// <summary>Entries of an array in another order.</summary>
    internal static TItem[] Pick<TItem>(TItem[] source, IReadOnlyList<int> rows)
    {
        var picked = new TItem[rows.Count];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = source[rows[i]];
        }

        return picked;
    }
}

/// <summary>A feature.</summary>
/// <param name="Name">Unique within the table: a name that occurs again has .1, .2 … behind it, as pandas writes it.</param>
/// <param name="Original">As the file has it.</param>
internal sealed record TableColumn(string Name, string Original);

/// <summary>Names of the columns that are no features; null for a role that no column has.</summary>
internal sealed record TableRoles(string? Label = null, string? Group = null, string? Id = null, string? Sequence = null, string? Step = null);
