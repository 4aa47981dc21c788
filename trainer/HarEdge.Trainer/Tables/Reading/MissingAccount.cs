namespace HarEdge.Trainer.Tables.Reading;

/// <summary>What an account says of the cells that were read.</summary>
internal static class MissingAccount
{
    /// <summary>Tells of missing values by mark and by column, and of cells that are no number.</summary>
    public static void Tell(RawTable raw, List<RawColumn> features, TableAccount account)
    {
        var numeric = raw.Columns.Where(column => !column.IsText).ToList();
        Tell("missing cells", numeric, account);
        if (features.Count < numeric.Count && numeric.Exists(column => column.Marks.Count > 0))
        {
            Tell("missing in features", features, account);
        }

        var byColumn = features.Where(column => column.Marks.Count > 0).Select(column => $"{column.Name} {Counted(column.Marks)}").ToList();
        if (byColumn.Count > 0)
        {
            account.Add("missing by column", TableAccount.Names(byColumn, 20));
        }

        foreach (var column in features.Where(column => column.StrayCount > 0))
        {
            account.Warn($"{TableAccount.Count(column.StrayCount)} cell{(column.StrayCount == 1 ? "" : "s")} of {column.Name} {(column.StrayCount == 1 ? "is" : "are")} no number and {(column.StrayCount == 1 ? "counts" : "count")} as missing: "
                + string.Join(", ", column.Strays.Select(stray => $"line {stray.Line} '{stray.Text}'")) + ".");
        }
    }

    private static void Tell(string what, List<RawColumn> columns, TableAccount account)
    {
        SortedDictionary<string, int> all = new(StringComparer.Ordinal);
        foreach (var (mark, count) in columns.SelectMany(column => column.Marks))
        {
            all[mark] = all.GetValueOrDefault(mark) + count;
        }

        var strays = columns.Sum(column => column.StrayCount);
        var sum = all.Values.Sum() + strays;
        var infinite = all.Keys.Where(MissingMarks.IsInfinite).ToList();
        var cells = columns.Sum(column => (long)column.Numbers.Count);
        account.Add(what, sum == 0 ? "none" : $"{TableAccount.Count(sum)} of {TableAccount.Count(cells)}: {Counted(all)}{(strays > 0 ? $"{(all.Count > 0 ? ", " : "")}no number {strays}" : "")}"
            + (infinite.Count > 0 ? " (infinite values count as missing)" : ""));
    }

    private static string Counted(IEnumerable<KeyValuePair<string, int>> marks) => string.Join(", ", marks.Select(mark => $"{mark.Key} {TableAccount.Count(mark.Value)}"));

    /// <summary>Words for names that several features have.</summary>
    public static string TwiceNamed(List<RawColumn> features)
    {
        var twice = features.GroupBy(column => column.Original).Where(same => same.Key.Length > 0 && same.Count() > 1).ToList();
        return twice.Count == 0 ? "" : $"; {TableAccount.Count(features.Select(column => column.Original).Distinct().Count())} names, of which "
            + string.Join(", ", twice.GroupBy(same => same.Count()).OrderByDescending(times => times.Key).Select(times => $"{times.Count()} {(times.Count() == 1 ? "occurs" : "occur")} {times.Key} times"))
            + $" and are told apart ({twice[0].Key}.1 …)";
    }
}
