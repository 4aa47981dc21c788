namespace HarEdge.Trainer.Tables.Reading;

/// <summary>What is odd about a table that can be read: reported before anybody believes a figure.</summary>
internal static class TableChecks
{
    private const int FewRows = 5;

    /// <summary>Adds facts and warnings to the table's account.</summary>
    public static void Report(FeatureTable table, bool isForPrediction)
    {
        TellRepeatedIds(table);
        if (isForPrediction)
        {
            return;
        }

        TellRepeatedRows(table);
        TellSmallClasses(table);
        TellSharedPeople(table);
        if (table.GroupOfRow is null)
        {
            table.Account.Warn("No column names the person of a row, so that rows of one person stand on both sides of every split: accuracies are too good for new people. --group names the column of the person.");
        }
    }

    private static void TellRepeatedIds(FeatureTable table)
    {
        if (table.Ids is null)
        {
            return;
        }

        var repeated = table.Rows - table.Ids.Distinct().Count();
        if (repeated > 0)
        {
            var startsAgain = table.IsTest is not null && table.Ids.Zip(table.IsTest).Distinct().Count() == table.Rows;
            table.Account.Add("ids", startsAgain
                ? $"{table.Roles.Id}: start again in the test part"
                : $"{table.Roles.Id}: {TableAccount.Count(repeated)} rows have the id of an earlier row; where rows are steps of a sequence, --sequence \"{table.Roles.Id}\" says so");
        }
        else
        {
            table.Account.Add("ids", table.Roles.Id!);
        }
    }

    private static void TellRepeatedRows(FeatureTable table)
    {
        var rowOfHash = new Dictionary<ulong, int>();
        var repeated = 0;
        var contradicting = 0;
        var across = 0;
        for (var row = 0; row < table.Rows; row++)
        {
            var hash = Hash(table, row);
            if (rowOfHash.TryAdd(hash, row))
            {
                continue;
            }

            var first = rowOfHash[hash];
            repeated++;
            contradicting += table.Labels[first] >= 0 && table.Labels[row] >= 0 && table.Labels[first] != table.Labels[row] ? 1 : 0;
            across += table.IsTest is not null && table.IsTest[first] != table.IsTest[row] ? 1 : 0;
        }

        if (repeated > 0)
        {
            table.Account.Add("repeated rows", $"{TableAccount.Count(repeated)} rows have the values of an earlier row" + (contradicting > 0 ? $", {contradicting} of them another label" : ""));
        }

        if (across > 0)
        {
            table.Account.Warn($"{across} rows of the test repeat rows to learn from: the test is too easy by them.");
        }
    }

    private static void TellSmallClasses(FeatureTable table)
    {
        for (var c = 0; c < table.Classes.Count; c++)
        {
            var rows = Enumerable.Range(0, table.Rows).Where(row => table.Labels[row] == c).ToList();
            var units = table.SequenceOfRow is null ? rows.Count : rows.Select(row => table.SequenceOfRow[row]).Distinct().Count();
            var people = table.GroupOfRow is null ? 0 : rows.Select(row => table.GroupOfRow[row]).Distinct().Count();
            if (units <= FewRows)
            {
                table.Account.Warn($"The class {table.ClassNames[c]} has {units} {(table.SequenceOfRow is null ? "row" : "sequence")}{(units == 1 ? "" : "s")}: too few to learn or to judge it.");
            }
            else if (people == 1 && table.Groups.Count > 1)
            {
                table.Account.Warn($"Only {table.GroupName(rows[0])} has rows of the class {table.ClassNames[c]}: whether others' would be known cannot be judged.");
            }
        }
    }

    private static void TellSharedPeople(FeatureTable table)
    {
        if (table.IsTest is null || table.GroupOfRow is null)
        {
            return;
        }

        HashSet<int> Of(bool test) => [.. Enumerable.Range(0, table.Rows).Where(row => table.IsTest[row] == test).Select(row => table.GroupOfRow[row])];
        var shared = Of(true).Intersect(Of(false)).Select(group => table.Groups[group]).ToList();
        if (shared.Count > 0)
        {
            table.Account.Warn($"{(shared.Count == 1 ? "One person has" : $"{shared.Count} people have")} rows on both sides of the given split ({TableAccount.Names(shared)}): the test's accuracy is too good for new people.");
        }
        else if (table.HasSplit)
        {
            table.Account.Add("people of the test", TableAccount.Names([.. Of(true).Select(group => table.Groups[group])]) + ", none of whom is learned from");
        }
    }

    // FNV-1a over the bits of the row's values and its step: rows that agree in it agree, but for one chance in 10¹⁰ of tables.
    private static ulong Hash(FeatureTable table, int row)
    {
        var hash = 14695981039346656037UL;
        foreach (var column in table.Values)
        {
            hash = (hash ^ (uint)BitConverter.SingleToInt32Bits(column[row])) * 1099511628211UL;
        }

        return table.Steps is null ? hash : (hash ^ (ulong)BitConverter.DoubleToInt64Bits(table.Steps[row])) * 1099511628211UL;
    }
}

/// <summary>Which rows are the test: by a column and a value, by a column that says so, or by the files they stood in.</summary>
internal static class TestSplit
{
    /// <summary>For each row whether it is of the test; null where nothing says so.</summary>
    /// <exception cref="InputException">A column or value is not there.</exception>
    public static bool[]? Of(RawTable raw, TableOptions options, TableAccount account)
    {
        if (options.TestRows is { } stated)
        {
            var column = ColumnGuess.Named(raw, stated.Column, "--test-rows");
            var value = stated.Value.Trim();
            bool[] isTest = [.. Enumerable.Range(0, raw.Rows).Select(row => string.Equals(column.Text(row).Trim(), value, StringComparison.OrdinalIgnoreCase))];
            return Array.Exists(isTest, test => test)
                ? Stated(isTest, account, $"{column.Name} = {value}")
                : throw new InputException(
                    $"No row has '{value}' in the column '{column.Name}'.", NearestName.Question(value, column.Texts) + $"It has {TableAccount.Names(column.Texts)}.", 2);
        }

        if (options.SplitColumn is { } name)
        {
            var column = ColumnGuess.Named(raw, name, "--split-column");
            return Stated([.. Enumerable.Range(0, raw.Rows).Select(row => !IsTrain(column.Text(row).Trim(), column))], account, $"{column.Name} says so");
        }

        return raw.Find(UciHarFolder.Part) is { IsText: true } part && (options.TestPaths.Count > 0 || (options.Paths is [var only] && Directory.Exists(only)))
            ? Stated([.. Enumerable.Range(0, raw.Rows).Select(row => part.Text(row) == "test")], account, "as the files are given")
            : null;
    }

    private static bool IsTrain(string text, RawColumn column) => text.ToUpperInvariant() switch
    {
        "1" or "1.0" or "TRUE" or "T" or "YES" or "TRAIN" or "TRAINING" => true,
        "0" or "0.0" or "FALSE" or "F" or "NO" or "TEST" or "TESTING" or "HOLDOUT" or "VALIDATION" => false,
        _ => throw new InputException(
            $"'{text}' in the column '{column.Name}' says neither train nor test.", "Name the column and the value of the test rows with --test-rows COLUMN=VALUE.", 2),
    };

    private static bool[] Stated(bool[] isTest, TableAccount account, string how)
    {
        var test = isTest.Count(row => row);
        account.Add("split", $"{TableAccount.Count(isTest.Length - test)} rows to learn from, {TableAccount.Count(test)} for the test: {how}");
        return isTest;
    }
}

/// <summary>What an account says of the cells that were read.</summary>
internal static class MissingAccount
{
    /// <summary>Reports missing values by mark and by column, and cells that are no number.</summary>
    public static void Report(RawTable raw, List<RawColumn> features, TableAccount account)
    {
        var numeric = raw.Columns.Where(column => !column.IsText).ToList();
        Report("missing cells", numeric, account);
        if (features.Count < numeric.Count && numeric.Exists(column => column.Marks.Count > 0))
        {
            Report("missing in features", features, account);
        }

        if (features.Exists(column => column.Marks.Count > 0 || column.StrayCount > 0))
        {
            var whole = Enumerable.Range(0, raw.Rows).Count(row => !features.Exists(column => !column.IsText && float.IsNaN(column.Numbers[row])));
            account.Add("rows without a gap", $"{TableAccount.Count(whole)} of {TableAccount.Count(raw.Rows)}");
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

    private static void Report(string what, List<RawColumn> columns, TableAccount account)
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
            + $" and are distinguished ({twice[0].Key}.1 …)";
    }
}
