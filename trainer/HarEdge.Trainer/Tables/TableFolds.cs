namespace HarEdge.Trainer.Tables;

/// <summary>
/// Parts of a table so that each is judged by who learned from the others. With people they are groups of people; without, blocks of neighbouring rows of each class, since
/// neighbours are often windows of one stretch of time.
/// </summary>
internal sealed class TableFolds
{
    private readonly int[] foldOfRow;

    private TableFolds(int[] foldOfRow, int count, string how, bool areOfPeople)
    {
        this.foldOfRow = foldOfRow;
        Count = count;
        How = how;
        AreOfPeople = areOfPeople;
    }

    /// <summary>Number of folds.</summary>
    public int Count { get; }

    /// <summary>How rows were divided, for people.</summary>
    public string How { get; }

    /// <summary>True when nobody stands on both sides.</summary>
    public bool AreOfPeople { get; }

    /// <summary>The fold of each row.</summary>
    public IReadOnlyList<int> FoldOfRow => foldOfRow;

    /// <summary>The folds that fit a table: by people where they are known and several.</summary>
    /// <param name="table">Rows that all have labels.</param>
    /// <param name="folds">Folds wanted; never more than people.</param>
    /// <param name="seed">Order in which people are dealt.</param>
    public static TableFolds Of(FeatureTable table, int folds, int seed)
    {
        var people = table.GroupOfRow?.Distinct().Count() ?? 0;
        return people > 1 ? ByPeople(table, Math.Min(folds, people), people, seed) : ByBlocks(table, folds);
    }

    /// <summary>Rows dealt by chance, whoever they are of: what notebooks do, and what tells nothing of new people.</summary>
    public static TableFolds ByRows(FeatureTable table, int folds, int seed)
    {
        var random = new Random(seed);
        var fold = new int[table.Rows];
        foreach (var rows in Enumerable.Range(0, table.Rows).Select(row => (Row: row, Key: random.Next())).GroupBy(row => table.Labels[row.Row]))
        {
            var place = 0;
            foreach (var (row, _) in rows.OrderBy(row => row.Key))
            {
                fold[row] = place++ % folds;
            }
        }

        return new TableFolds(fold, folds, $"{folds} parts of random rows", areOfPeople: false);
    }

    /// <summary>Rows judged in a fold, and rows to learn from for it.</summary>
    public (int[] Judged, int[] Learned) Rows(int fold)
    {
        var judged = new List<int>();
        var learned = new List<int>();
        for (var row = 0; row < foldOfRow.Length; row++)
        {
            (foldOfRow[row] == fold ? judged : learned).Add(row);
        }

        return ([.. judged], [.. learned]);
    }

    private static TableFolds ByPeople(FeatureTable table, int folds, int people, int seed)
    {
        var random = new Random(seed);
        var rowsOf = new int[table.Groups.Count];
        foreach (var group in table.GroupOfRow!)
        {
            rowsOf[group]++;
        }

        var order = Enumerable.Range(0, rowsOf.Length).Where(group => rowsOf[group] > 0).Select(group => (Group: group, Key: random.Next())).OrderBy(group => group.Key).Select(group => group.Group);
        var foldOfGroup = new int[rowsOf.Length];
        var loads = new (int People, int Rows)[folds];
        foreach (var group in order)
        {
            var fold = Enumerable.Range(0, folds).MinBy(f => (loads[f].People, loads[f].Rows));
            foldOfGroup[group] = fold;
            loads[fold] = (loads[fold].People + 1, loads[fold].Rows + rowsOf[group]);
        }

        var how = folds == people ? $"each of {people} people left out once" : $"{folds} groups of the {people} people";
        return new TableFolds(Array.ConvertAll(table.GroupOfRow!, group => foldOfGroup[group]), folds, how, areOfPeople: true);
    }

    private static TableFolds ByBlocks(FeatureTable table, int folds)
    {
        var fold = new int[table.Rows];
        foreach (var rows in Enumerable.Range(0, table.Rows).GroupBy(row => table.Labels[row]).Select(group => group.ToList()))
        {
            for (var i = 0; i < rows.Count; i++)
            {
                fold[rows[i]] = (int)((long)i * folds / rows.Count);
            }
        }

        var what = table.Roles.Sequence is null ? "rows" : "sequences";
        return new TableFolds(fold, folds, $"{folds} blocks of neighbouring {what} of each class, because nothing tells who they are of", areOfPeople: false);
    }
}
