namespace HarEdge.Trainer.Tables.Reading;

/// <summary>What is odd about a table that can be read: told before anybody believes a figure.</summary>
internal static class TableChecks
{
    private const int FewRows = 5;

    /// <summary>Adds facts and warnings to the table's account.</summary>
    public static void Tell(FeatureTable table, bool isForPrediction)
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
            table.Account.Warn("No column tells who a row is of, so that rows of one person stand on both sides of every split: accuracies are too good for new people. --group names the column of the person.");
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
