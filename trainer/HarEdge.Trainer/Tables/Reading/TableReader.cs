using HarEdge.Trainer.Datasets.Csv;

namespace HarEdge.Trainer.Tables.Reading;

/// <summary>Reads tables of anybody into a <see cref="FeatureTable"/> and accounts for everything it found, left out or mended.</summary>
internal sealed class TableReader
{
    private static readonly string[] Endings = [".csv", ".tsv", ".txt", ".parquet", ".arff"];

    private readonly TableOptions options;
    private readonly TableAccount account = new();
    private readonly MissingMarks marks;
    private readonly IProgress<StepProgress>? progress;
    private readonly CancellationToken cancellation;
    private IReadOnlyDictionary<string, string>? classNames;
    private string? label;
    private string? group;
    private string? id;

    private TableReader(TableOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        this.options = options;
        this.progress = progress;
        this.cancellation = cancellation;
        marks = new MissingMarks(options.MissingMarks, options.Sentinels);
    }

    /// <summary>Reads what the options name.</summary>
    /// <exception cref="InputException">A file or column is missing, a row is broken, or nothing is left to learn from.</exception>
    public static FeatureTable Read(TableOptions options, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        new TableReader(options.Paths.All(FeatureStore.IsAt) ? FeatureStore.Roles(options) : options, progress, cancellation).Read();

    /// <summary>Whether a path is a table by its ending or its layout, without being asked.</summary>
    public static bool IsTable(string path) =>
        UciHarFolder.Find(path) is not null || FeatureStore.IsAt(path) || Path.GetExtension(TableFile.Unpacked(path)).ToLowerInvariant() is ".parquet" or ".arff";

    private FeatureTable Read()
    {
        var raw = ReadFiles();
        if (raw.Rows == 0)
        {
            throw new InputException($"'{options.Paths[0]}' has no rows.", "Give a file with a header row and data.");
        }

        account.Add("rows", TableAccount.Count(raw.Rows) + (raw.EmptyRows > 0 ? $" ({raw.EmptyRows} empty ones left out)" : ""));
        FindRoles(raw);
        var isTest = TestSplit.Of(raw, options, account);
        var (labels, classes) = Labels(raw);
        var (groupOfRow, groups) = People(raw);
        var train = Enumerable.Range(0, raw.Rows).Where(row => isTest is null || !isTest[row]).ToArray();
        var features = Features(raw, train, labels, groupOfRow);
        var sequences = options.Sequence is null ? null : Column(raw, options.Sequence, "--sequence");
        var table = new FeatureTable
        {
            Columns = [.. features.Select(column => new TableColumn(column.Name, column.Original))],
            Values = [.. features.Select(ColumnChecks.Numbers)],
            Labels = labels,
            Classes = classes,
            ClassNames = [.. classes.Select(NameOf)],
            GroupOfRow = groupOfRow,
            Groups = groups,
            Ids = id is null ? null : RowKeys.Texts(raw.Find(id)!),
            SequenceOfRow = sequences is null ? null : RowKeys.Indices(RowKeys.Texts(sequences), out _),
            Sequences = sequences is null ? [] : RowKeys.Names(RowKeys.Texts(sequences)),
            Steps = options.Step is null ? null : RowKeys.Steps(Column(raw, options.Step, "--step")),
            IsTest = isTest,
            Lines = [.. raw.Lines],
            Roles = new TableRoles(label, group, id, sequences?.Name, options.Step),
            Account = account,
        };
        MissingAccount.Report(raw, features, account);
        TableChecks.Report(table, options.IsForPrediction);
        return table;
    }

    private RawTable ReadFiles()
    {
        if (options.Paths is [var only] && UciHarFolder.Find(only) is { } folder)
        {
            var (table, names) = UciHarFolder.Read(folder, marks, account, progress, cancellation);
            classNames = names;
            account.Add("format", "the folder of UCI HAR, runs of blanks between columns, columns named by features.txt");
            return table;
        }

        RawTable? all = null;
        foreach (var path in options.Paths.SelectMany(FilesOf))
        {
            all = Add(all, path, options.TestPaths.Count > 0 ? "train" : null);
        }

        foreach (var path in options.TestPaths.SelectMany(FilesOf))
        {
            all = Add(all, path, "test");
        }

        var commas = all!.Columns.Where(column => column.DecimalCommas > 0).Select(column => column.Name).ToList();
        account.Add("format", $"{all.Format}; {(all.HasHeader ? "the first row names the columns" : "no names of columns")}"
            + (commas.Count > 0 ? $"; decimal comma in {TableAccount.Names(commas)}" : ""));
        return all;
    }

    private RawTable Add(RawTable? all, string path, string? part)
    {
        var table = RawTable.Read(path, marks, HasRole, null, progress, cancellation);
        if (table.CutLine > 0)
        {
            account.Warn($"{Path.GetFileName(path)} line {table.CutLine}, the last, was cut short and is left out.");
        }

        if (part is not null)
        {
            table.Add(RawColumn.OfTexts(UciHarFolder.Part, Enumerable.Repeat(part, table.Rows)));
        }

        if (options.GroupIsFileName)
        {
            table.Add(RawColumn.OfTexts(FileColumn, Enumerable.Repeat(Path.GetFileNameWithoutExtension(TableFile.Unpacked(path)), table.Rows)));
        }

        if (all is null)
        {
            return table;
        }

        // A test file without labels is one to predict, but a missing feature is an error.
        all.Append(table, path, name => part == "test" && HasRole(name));
        return all;
    }

    private const string FileColumn = "file";

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files = [.. Directory.EnumerateFiles(path).Where(file => Endings.Contains(Path.GetExtension(TableFile.Unpacked(file)).ToLowerInvariant())).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new InputException($"'{path}' holds no table ({string.Join(", ", Endings)}).", "Give the folder or file of the table.", 2);
    }

    // Columns that must keep their texts: those with a role, and those whose names say they may have one.
    private bool HasRole(string name) =>
        name == options.Group || name == options.Id || name == options.Sequence || name == options.Step || name == options.SplitColumn || name == options.TestRows?.Column
        || options.Labels.Contains(name) || options.Categorical.Contains(name)
        || ColumnGuess.IsLabel(name) || ColumnGuess.IsGroup(name) || ColumnGuess.IsId(name) || ColumnGuess.IsTime(name);

    private void FindRoles(RawTable raw)
    {
        string[] names = [.. raw.Columns.Select(column => column.Name)];
        classNames ??= ClassNamesFile.Read(options.ClassNamesFile);
        if (options.LabelsFile is not null)
        {
            (label, var found) = LabelJoin.Into(raw, options, account);
            classNames ??= found;
        }
        else if (options.Labels.Count > 0)
        {
            label = options.Labels.Count == 1 ? LabelNamed(raw, options.Labels[0]) : LabelJoin.Together(raw, options.Labels, marks);
        }
        else
        {
            label = ColumnGuess.Label(names);
        }

        if (label is null && !options.IsForPrediction)
        {
            throw new InputException(
                $"No column of '{options.Paths[0]}' is named like a label.",
                $"Name it with --label, or give --labels FILE; the columns are {TableAccount.Names([.. raw.Columns.Select(column => TableAccount.Shown(column.Original))], 20)}.",
                2);
        }

        group = options.Group is not null && !options.IsForPrediction ? Column(raw, options.Group, "--group").Name
            : options.GroupIsFileName ? FileColumn : ColumnGuess.Group(raw.Columns.Select(column => column.Name).Where(name => name != label));
        id = options.Id is not null ? Column(raw, options.Id, "--id").Name
            : raw.Columns.Select(column => column.Name).FirstOrDefault(name => ColumnGuess.IsId(name) && name != options.Sequence && name != label);
    }

    private string? LabelNamed(RawTable raw, string name) => options.IsForPrediction ? raw.Find(name)?.Name : Column(raw, name, "--label").Name;

    private static RawColumn Column(RawTable raw, string name, string option) => ColumnGuess.Named(raw, name, option);

    private (int[] Labels, string[] Classes) Labels(RawTable raw)
    {
        if (label is null)
        {
            return ([.. Enumerable.Repeat(-1, raw.Rows)], []);
        }

        var column = raw.Find(label)!;
        string[] texts = [.. RowKeys.Texts(column)];
        if (classNames is not null && options.Paths is [var only] && UciHarFolder.Find(only) is not null)
        {
            // The layout names its classes; its codes mean nothing elsewhere.
            texts = Array.ConvertAll(texts, text => classNames.GetValueOrDefault(text, text));
            classNames = classNames.ToDictionary(pair => pair.Value, pair => pair.Value);
        }

        var (labels, classes) = LabelColumn.Read(texts, raw.Lines, options.Renames, classNames, account);
        var counts = classes.Select((name, index) => $"{(NameOf(name) == name ? name : $"{name} {NameOf(name)}")} {TableAccount.Count(labels.Count(of => of == index))}");
        account.Add("label", options.Labels.Count == 0 && options.LabelsFile is null && options.Paths.All(path => !Directory.Exists(path)) ? $"{label}, found by its name (--label names another)" : label);
        account.Add($"classes: {classes.Length}", string.Join(", ", counts));
        return (labels, classes);
    }

    private string NameOf(string label) => classNames?.GetValueOrDefault(label) ?? label;

    private (int[]? OfRow, string[] Groups) People(RawTable raw)
    {
        if (group is null || options.IsForPrediction)
        {
            if (!options.IsForPrediction)
            {
                account.Add("people", "no column says who a row is of");
            }

            return (null, []);
        }

        var ofRow = RowKeys.Indices(RowKeys.Texts(raw.Find(group)!), out var names);
        if (options.Group is null && (names.Length < 2 || names.Length > raw.Rows / 2))
        {
            // A column that is named like people and is none.
            account.Add("people", $"no column says who a row is of: {group} has {names.Length} different values in {raw.Rows} rows");
            group = null;
            return (null, []);
        }

        account.Add("people", $"{names.Length}, by {group}" + (options.Group is null && !options.GroupIsFileName ? ", found by its name (--group names another)" : ""));
        return (ofRow, names);
    }

    private List<RawColumn> Features(RawTable raw, int[] train, int[] labels, int[]? groupOfRow)
    {
        HashSet<string?> roles = [label, group, id, options.Sequence, options.Step, options.SplitColumn, options.TestRows?.Column, .. options.Labels];
        List<RawColumn> candidates = [];
        foreach (var column in raw.Columns.Where(column => !roles.Contains(column.Name) && !roles.Contains(column.Original)))
        {
            if (options.Ignore.Contains(column.Name) || options.Ignore.Contains(column.Original))
            {
                account.LeaveOut(column.Name, "left out as asked");
            }
            else if (column.Name == UciHarFolder.Part && column.IsText && (options.TestPaths.Count > 0 || column.Texts.TrueForAll(text => text is "train" or "test")))
            {
                // Made by this reader, from the files a row stood in.
                continue;
            }
            else if (options.IsForPrediction && !options.Wanted.Contains(column.Name) && !options.Categorical.Contains(column.Name))
            {
                account.LeaveOut(column.Name, "unknown to the model");
            }
            else if (options.Categorical.Contains(column.Name) || options.Categorical.Contains(column.Original))
            {
                candidates.AddRange(TextColumns.Encoded(column));
            }
            else if (column.IsText && !TextColumns.IsNumeric(column, marks))
            {
                TextColumns.Report(column, account);
            }
            else
            {
                candidates.Add(column);
            }
        }

        RefuseUnknown(raw);
        if (options.IsForPrediction)
        {
            return candidates;
        }

        var features = new ColumnChecks(options, account, train, labels, groupOfRow).Features(candidates);
        account.Add("features", $"{features.Count} of {raw.Columns.Count(column => column.Name != UciHarFolder.Part)} columns{MissingAccount.TwiceNamed(features)}");
        return features.Count > 0 ? features : throw new InputException(
            $"'{options.Paths[0]}' has no column that can be a feature: {TableAccount.Names([.. account.LeftOut.Select(left => $"{TableAccount.Shown(left.Column)} {left.Reason}")], 4)}.",
            "Use one in spite of it with --keep, or encode text with --categorical.");
    }

    private void RefuseUnknown(RawTable raw)
    {
        foreach (var (name, option) in options.Ignore.Select(name => (name, "--ignore")).Concat(options.Categorical.Select(name => (name, "--categorical"))).Concat(options.Keep.Select(name => (name, "--keep"))))
        {
            if (!options.IsForPrediction)
            {
                Column(raw, name, option);
            }
        }
    }
}
