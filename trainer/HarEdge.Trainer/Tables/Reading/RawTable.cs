namespace HarEdge.Trainer.Tables.Reading;

/// <summary>A file's cells by column: numbers as float, everything else as codes of texts. A column of mostly numbers stays one; its other cells are reported.</summary>
internal sealed class RawTable
{
    // A column is text when more than this share of its filled cells is no number.
    private const double MostStrays = 0.2;

    private readonly List<RawColumn> columns;

    private RawTable(List<RawColumn> columns, RowSource source)
    {
        this.columns = columns;
        Format = source.Format;
        Separator = source.Separator;
        HasHeader = source.Header is not null;
    }

    /// <summary>All columns of the file, in its order.</summary>
    public IReadOnlyList<RawColumn> Columns => columns;

    /// <summary>The file's format in words.</summary>
    public string Format { get; }

    /// <summary>What stands between its columns.</summary>
    public char Separator { get; }

    /// <summary>Whether the file names its columns.</summary>
    public bool HasHeader { get; }

    /// <summary>1-based line of each row.</summary>
    public List<int> Lines { get; } = [];

    /// <summary>1-based line of a last row that was cut short and is left out; 0 for none.</summary>
    public long CutLine { get; private set; }

    /// <summary>Rows that hold nothing at all and are left out.</summary>
    public int EmptyRows { get; private set; }

    /// <summary>Number of rows.</summary>
    public int Rows => Lines.Count;

    /// <summary>A column by its unique or its original name; null when there is none.</summary>
    public RawColumn? Find(string name) =>
        Columns.FirstOrDefault(column => column.Name == name) ?? Columns.FirstOrDefault(column => column.Original == name)
        ?? Columns.FirstOrDefault(column => string.Equals(column.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds the rows of another file, by the names of its columns; columns that are only there are passed over.</summary>
    /// <exception cref="InputException">It lacks a column.</exception>
    public void Append(RawTable other, string path, Func<string, bool> mayLack)
    {
        var lacking = Columns.Where(column => other.Find(column.Name) is null && !mayLack(column.Name)).Select(column => column.Name).ToList();
        if (lacking.Count > 0)
        {
            throw new InputException(
                $"'{path}' lacks {(lacking.Count == 1 ? "the column" : $"{lacking.Count} columns:")} {TableAccount.Names(lacking)}.",
                NearestName.Question(lacking[0], other.Columns.Select(column => column.Name)) + "Files of one table need the same columns; leave out with --ignore what only one has.");
        }

        foreach (var column in Columns)
        {
            column.Append(other.Find(column.Name) ?? RawColumn.OfNothing(column, other.Rows));
        }

        Lines.AddRange(other.Lines);
        EmptyRows += other.EmptyRows;
    }

    /// <summary>Adds a column.</summary>
    public void Add(RawColumn column) => columns.Add(column);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="marks">What means a missing value.</param>
    /// <param name="asText">Whether a column by its name must keep its texts, because it has a role.</param>
    /// <param name="names">Names for a file without header; null numbers the columns.</param>
    /// <param name="progress">Receives the share that was read.</param>
    /// <param name="cancellation">Checked between rows.</param>
    /// <exception cref="InputException">There is no such file, it is empty, or a row has too few or too many cells.</exception>
    public static RawTable Read(
        string path,
        MissingMarks marks,
        Func<string, bool> asText,
        IReadOnlyList<string>? names = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        HashSet<int> texts = [];
        while (true)
        {
            var table = ReadOnce(path, marks, asText, texts, names, progress, cancellation);
            int[] strays = [.. Enumerable.Range(0, table.Columns.Count).Where(i => table.Columns[i] is { IsText: false } column
                && column.StrayCount > MostStrays * (column.StrayCount + column.Numbers.Count(value => !float.IsNaN(value))))];
            if (strays.Length == 0)
            {
                return table;
            }

            // What looked like numbers at first is text: its first cells were not kept as such.
            texts.UnionWith(strays);
        }
    }

    /// <summary>Names that are unique: the second of a name becomes NAME.1, as pandas writes it; one without a name is "column N".</summary>
    internal static string[] Unique(IReadOnlyList<string> originals)
    {
        HashSet<string> taken = [.. originals];
        HashSet<string> given = [];
        var unique = new string[originals.Count];
        for (var i = 0; i < unique.Length; i++)
        {
            var name = originals[i].Length == 0 ? $"column {i + 1}" : originals[i];
            var candidate = name;
            for (var number = 1; !given.Add(candidate); number++)
            {
                candidate = $"{name}.{number}";
                while (taken.Contains(candidate))
                {
                    candidate = $"{name}.{++number}";
                }
            }

            unique[i] = candidate;
        }

        return unique;
    }

    private static RawTable ReadOnce(
        string path, MissingMarks marks, Func<string, bool> asText, HashSet<int> texts, IReadOnlyList<string>? names, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        const int ReportRows = 2000;
        using var source = RowSource.Open(path);
        var hasRow = source.Read();
        if (!hasRow)
        {
            throw new InputException($"'{path}' has no rows.", "Give a file with a header row and data.");
        }

        var given = names?.Count == source.FieldCount ? names : null;
        string[] originals = [.. (given ?? source.Header ?? [.. Enumerable.Range(1, source.FieldCount).Select(number => $"column {number}")]).Select(name => name.Trim())];
        var unique = Unique(originals);
        var table = new RawTable(
            [.. originals.Select((original, i) => new RawColumn(unique[i], original, texts.Contains(i) || asText(unique[i]) || asText(original)))],
            source);
        for (; hasRow; hasRow = source.Read())
        {
            if (!table.AddRow(source, marks, path))
            {
                break;
            }

            if (table.Rows % ReportRows == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new StepProgress($"reading {Path.GetFileName(path)}", Math.Min(0.99, source.Fraction), $"{TableAccount.Count(table.Rows)} rows"));
            }
        }

        return table;
    }

    // False at a last row that was cut short.
    private bool AddRow(RowSource source, MissingMarks marks, string path)
    {
        if (source.FieldCount < Columns.Count)
        {
            if (source.FieldCount == 1 && source.Field(0).IsEmpty)
            {
                EmptyRows++;
                return true;
            }

            var (line, fields) = (source.Line, source.FieldCount);
            CutLine = line;
            return source.Read()
                ? throw new InputException(
                    $"'{path}' line {line} has {fields} columns, the header has {Columns.Count}.", "Correct or delete the line; leave a field empty where a value is missing.")
                : false;
        }

        for (var extra = Columns.Count; extra < source.FieldCount; extra++)
        {
            if (!source.Field(extra).IsEmpty)
            {
                throw new InputException(
                    $"'{path}' line {source.Line} has {source.FieldCount} columns, the header has {Columns.Count}.",
                    "Correct the line, or name all columns in the header row; a name or number with a comma needs quotes.");
            }
        }

        for (var column = 0; column < Columns.Count; column++)
        {
            Columns[column].Add(source.Field(column), marks, source.MayHaveDecimalComma, (int)source.Line);
        }

        Lines.Add((int)source.Line);
        return true;
    }
}
