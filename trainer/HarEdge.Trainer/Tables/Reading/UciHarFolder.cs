namespace HarEdge.Trainer.Tables.Reading;

/// <summary>
/// The folder of the data set "Human Activity Recognition Using Smartphones" of the UCI repository, and of sets made like it: <c>features.txt</c>, <c>activity_labels.txt</c>,
/// and in <c>train</c> and <c>test</c> the files <c>X_</c>, <c>y_</c> and <c>subject_</c>.
/// </summary>
internal static class UciHarFolder
{
    /// <summary>Name of the label column the layout gives.</summary>
    public const string Label = "activity";

    /// <summary>Name of the person column the layout gives.</summary>
    public const string Group = "subject";

    /// <summary>Name of the column that says which part a row is of.</summary>
    public const string Part = "part";

    /// <summary>The folder that holds the layout, at the path or one below it; null when there is none.</summary>
    public static string? Find(string path) => !Directory.Exists(path) ? null : new[] { path }.Concat(Directory.GetDirectories(path).Order(StringComparer.Ordinal))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "features.txt")) && File.Exists(FileOf(folder, "train", "X")));

    /// <summary>Reads both parts into one table with columns for label, person and part.</summary>
    public static (RawTable Table, IReadOnlyDictionary<string, string>? Names) Read(
        string folder, MissingMarks marks, TableAccount account, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        string[] names = [.. Pairs(Path.Combine(folder, "features.txt")).Select(pair => pair.Name)];
        RawTable? all = null;
        foreach (var part in new[] { "train", "test" }.Where(part => File.Exists(FileOf(folder, part, "X"))))
        {
            var table = RawTable.Read(FileOf(folder, part, "X"), marks, _ => false, names, progress, cancellation);
            if (table.Columns.Count != names.Length)
            {
                throw new InputException(
                    $"'{FileOf(folder, part, "X")}' has {table.Columns.Count} columns, features.txt names {names.Length}.", "Get the data set again: one of the files is of another one.");
            }

            table.Add(RawColumn.OfTexts(Label, Codes(FileOf(folder, part, "y"), table.Rows)));
            if (File.Exists(FileOf(folder, part, "subject")))
            {
                table.Add(RawColumn.OfTexts(Group, Codes(FileOf(folder, part, "subject"), table.Rows)));
            }

            table.Add(RawColumn.OfTexts(Part, Enumerable.Repeat(part, table.Rows)));
            account.Add($"{part} part", $"{TableAccount.Count(table.Rows)} rows");
            if (all is null)
            {
                all = table;
            }
            else
            {
                all.Append(table, FileOf(folder, part, "X"), _ => false);
            }
        }

        foreach (var signals in new[] { "train", "test" }.Select(part => Path.Combine(folder, part, "Inertial Signals")).Where(Directory.Exists).Take(1))
        {
            account.LeaveOut(Path.GetFileName(signals), "raw signals of the same windows: files of their own, not columns");
        }

        var legend = Path.Combine(folder, "activity_labels.txt");
        return (all!, File.Exists(legend) ? Pairs(legend).ToDictionary(pair => pair.Code, pair => pair.Name) : null);
    }

    private static string FileOf(string folder, string part, string kind) => Path.Combine(folder, part, $"{kind}_{part}.txt");

    // "1 WALKING": a number, a blank, a name.
    private static IEnumerable<(string Code, string Name)> Pairs(string path) => File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)
        .Select(line => line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries))
        .Select(parts => parts.Length == 2 ? (parts[0], parts[1].Trim()) : ("", parts[0]));

    private static string[] Codes(string path, int rows)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'.", "Get the data set again: the layout needs it.");
        }

        string[] codes = [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return codes.Length == rows
            ? codes
            : throw new InputException($"'{path}' has {codes.Length} lines for {rows} rows.", "Get the data set again: one of the files is of another one.");
    }
}

/// <summary>Names of classes that the table has as codes: a code and a name on each line, with or without a header.</summary>
internal static class ClassNamesFile
{
    /// <summary>Names by code, in the order of the file; null without a file.</summary>
    /// <exception cref="InputException">There is no such file, or a line has no name.</exception>
    public static IReadOnlyDictionary<string, string>? Read(string? path)
    {
        if (path is null)
        {
            return null;
        }

        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}' with the names of classes.", "Correct --class-names, or leave it out.", 2);
        }

        Dictionary<string, string> names = [];
        var number = 0;
        foreach (var line in File.ReadLines(path).Select(line => line.Trim('\uFEFF', ' ', '\t')))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var end = line.IndexOfAny([',', ';', '\t', '=', '|']);
            end = end < 0 ? line.IndexOf(' ', StringComparison.Ordinal) : end;
            var name = end < 0 ? "" : line[(end + 1)..].Trim(' ', '"', '\t');
            var code = end < 0 ? "" : line[..end].Trim(' ', '"');
            if (name.Length == 0 || !names.TryAdd(LabelColumn.IsWhole(code, out var whole) ? whole : code, name))
            {
                throw new InputException($"'{path}' line {number}: '{line}' is no code with its name, or has a code a second time.", "Write one code a line, for example 1,walking.", 2);
            }
        }

        return names;
    }
}
