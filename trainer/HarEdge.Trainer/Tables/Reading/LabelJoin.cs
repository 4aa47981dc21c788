using System.Globalization;

namespace HarEdge.Trainer.Tables.Reading;

/// <summary>
/// Labels that stand in a file of their own: joined by sequence, step or id, whichever columns both files have, or row by row where the file has nothing but labels. The person
/// and names of the classes may stand there, too.
/// </summary>
internal static class LabelJoin
{
    /// <summary>Adds the columns of the labels file to a table.</summary>
    /// <param name="table">The features; gets further columns.</param>
    /// <param name="options">The labels file, and the names of roles.</param>
    /// <param name="account">Receives how the files were joined.</param>
    /// <returns>The label column's name, and what its codes mean where the file says it.</returns>
    /// <exception cref="InputException">The files have nothing in common, or a key has two labels.</exception>
    public static (string Label, IReadOnlyDictionary<string, string>? Names) Into(RawTable table, TableOptions options, TableAccount account)
    {
        var path = options.LabelsFile!;
        var file = RawTable.Read(path, new MissingMarks([], []), _ => true);
        if (file.Columns.Count == 1 && file.Rows == table.Rows)
        {
            var only = RawColumn.OfTexts(options.Labels.Count > 0 ? options.Labels[0] : "label", Texts(file.Columns[0]));
            table.Add(only);
            account.Add("labels", $"{path}, row by row");
            return (only.Name, null);
        }

        var label = options.Labels.Count > 0
            ? ColumnGuess.Named(file, options.Labels[0], "--label in the labels file").Name
            : ColumnGuess.Label(file.Columns.Select(column => column.Name)) ?? throw new InputException(
                $"No column of '{path}' is named like a label.", $"Name it with --label; the columns are {TableAccount.Names([.. file.Columns.Select(column => column.Original)])}.", 2);
        string[] keys = [.. Keys(table, file, options, label)];
        if (keys.Length == 0)
        {
            throw new InputException(
                $"'{path}' and the table have no column in common by which a label finds its rows.",
                "Give both the column of the sequence or the row's name, under one name, and name it with --sequence or --id.",
                2);
        }

        var group = options.Group is { } named && table.Find(named) is null ? file.Find(named)?.Name
            : ColumnGuess.Group(table.Columns.Select(column => column.Name)) is null ? ColumnGuess.Group(file.Columns.Select(column => column.Name)) : null;
        Join(table, file, keys, label, group is not null && !keys.Contains(group) ? group : null, path, account);
        return (label, Names(file, label, [.. keys, group ?? ""], account));
    }

    /// <summary>Adds one label made of several columns: one column a class with a 1 in the row's own, or labels of several kinds, which are classes together.</summary>
    /// <returns>Its name.</returns>
    public static string Together(RawTable table, IReadOnlyList<string> names, MissingMarks marks)
    {
        var columns = names.Select(name => ColumnGuess.Named(table, name, "--label")).ToArray();
        var isOneHot = columns.All(column => column.Texts.TrueForAll(text => text is "0" or "1" or "0.0" or "1.0" or "True" or "False"));
        string Of(int row) => isOneHot
            ? columns.Where(column => column.Text(row) is "1" or "1.0" or "True").Select(column => column.Name).SingleOrDefault() ?? ""
            : Array.Exists(columns, column => marks.Contains(column.Text(row).Trim())) ? "" : string.Join('/', columns.Select(column => column.Text(row).Trim()));
        var joined = RawColumn.OfTexts(string.Join('/', columns.Select(column => column.Name)), Enumerable.Range(0, table.Rows).Select(Of));
        table.Add(joined);
        return joined.Name;
    }

    private static IEnumerable<string> Keys(RawTable table, RawTable file, TableOptions options, string label)
    {
        string?[] roles = [options.Sequence, options.Step, options.Id];
        var byRole = roles.Where(role => role is not null && table.Find(role) is not null && file.Find(role) is not null).Select(role => table.Find(role!)!.Name).ToList();
        return byRole.Count > 0
            ? byRole
            : file.Columns.Select(column => column.Name).Where(name => name != label && table.Columns.Any(column => column.Name == name) && !ColumnGuess.IsGroup(name));
    }

    private static void Join(RawTable table, RawTable file, string[] keys, string label, string? group, string path, TableAccount account)
    {
        var keyColumns = keys.Select(key => file.Find(key)!).ToArray();
        var rowOfKey = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < file.Rows; row++)
        {
            var key = KeyOf(keyColumns, row);
            if (!rowOfKey.TryAdd(key, row) && file.Find(label)!.Text(rowOfKey[key]) != file.Find(label)!.Text(row))
            {
                throw new InputException(
                    $"'{path}' gives {string.Join(" and ", keys)} {string.Join(", ", keyColumns.Select(column => column.Text(row)))} two labels: "
                    + $"'{file.Find(label)!.Text(rowOfKey[key])}' in line {file.Lines[rowOfKey[key]]}, '{file.Find(label)!.Text(row)}' in line {file.Lines[row]}.",
                    "Correct the labels, or name a further column that separates them with --step.");
            }
        }

        var tableColumns = keys.Select(key => table.Find(key)!).ToArray();
        int[] found = [.. Enumerable.Range(0, table.Rows).Select(row => rowOfKey.GetValueOrDefault(KeyOf(tableColumns, row), -1))];
        var used = found.Where(row => row >= 0).Distinct().Count();
        if (used == 0)
        {
            throw new InputException(
                $"No {string.Join(" and ", keys)} of '{path}' occurs in the table: '{keyColumns[0].Text(0)}' there, '{tableColumns[0].Text(0)}' here.",
                "Give the labels of this table, or name the common column with --sequence or --id.");
        }

        foreach (var name in new[] { label, group }.Where(name => name is not null && table.Columns.All(column => column.Name != name)))
        {
            var column = file.Find(name!)!;
            table.Add(RawColumn.OfTexts(name!, found.Select(row => row < 0 ? "" : column.Text(row))));
        }

        account.Add(
            "labels",
            $"{Path.GetFileName(path)}, joined by {string.Join(" and ", keys)}: {TableAccount.Count(used)} of its {TableAccount.Count(file.Rows)} rows found"
            + (found.Contains(-1) ? $"; {TableAccount.Count(found.Count(row => row < 0))} rows of the table have no label" : ""));
    }

    private static string KeyOf(RawColumn[] columns, int row) => string.Join('\u001F', columns.Select(column => LabelColumn.IsWhole(column.Text(row).Trim(), out var code) ? code : column.Text(row).Trim()));

    // A further column that has one text for each label, and another for every label, is what the codes mean.
    private static Dictionary<string, string>? Names(RawTable file, string label, HashSet<string> others, TableAccount account)
    {
        var codes = file.Find(label)!;
        foreach (var column in file.Columns.Where(column => column.Name != label && !others.Contains(column.Name)))
        {
            Dictionary<string, string> names = [];
            var isOneToOne = Enumerable.Range(0, file.Rows).All(row => names.TryAdd(codes.Text(row).Trim(), column.Text(row).Trim()) || names[codes.Text(row).Trim()] == column.Text(row).Trim());
            if (isOneToOne && names.Count > 1 && names.Count < file.Rows && names.Values.Distinct().Count() == names.Count
                && names.Values.All(name => name.Length > 0 && !LabelColumn.IsWhole(name, out _)))
            {
                account.Add("names of classes", $"{column.Name}, which has one text for each {label}; it is no feature");
                return names;
            }
        }

        return null;
    }

    private static IEnumerable<string> Texts(RawColumn column) => column.Codes.Select(code => column.Texts[code]);
}

/// <summary>Columns that name rows, people, sequences and steps.</summary>
internal static class RowKeys
{
    /// <summary>The text of every row.</summary>
    public static string[] Texts(RawColumn column) => column.IsText
        ? [.. column.Codes.Select(code => column.Texts[code])]
        : [.. column.Numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))];

    /// <summary>Different names, in the order of the file.</summary>
    public static string[] Names(string[] texts)
    {
        Indices(texts, out var names);
        return names;
    }

    /// <summary>For each row the index of its name: "7" and "7.0" are one person or sequence.</summary>
    public static int[] Indices(string[] texts, out string[] names)
    {
        Dictionary<string, int> known = [];
        var indices = Array.ConvertAll(texts, text =>
        {
            var name = LabelColumn.IsWhole(text.Trim(), out var code) ? code : text.Trim();
            return known.TryGetValue(name, out var index) ? index : known[name] = known.Count;
        });
        names = [.. known.Keys];
        return indices;
    }

    /// <summary>Numbers or times, the latter in seconds.</summary>
    public static double[] Steps(RawColumn column) => Array.ConvertAll(Texts(column), text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time.Ticks / (double)TimeSpan.TicksPerSecond
        : throw new InputException($"'{text}' in the column '{column.Name}' is neither a number nor a time.", "Name the column that orders the steps with --step."));
}
