using System.Globalization;
using System.Text;

namespace HarEdge.Trainer.Tables.Reading;

/// <summary>A file's cells by column: numbers as float, everything else as codes of texts. A column of mostly numbers stays one; its other cells are told.</summary>
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
    /// <param name="progress">Told the share that was read.</param>
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

/// <summary>One column as the file has it.</summary>
internal sealed class RawColumn(string name, string original, bool isText)
{
    private const int MostStraysKept = 5;

    private readonly Dictionary<string, int> codeOfText = new(StringComparer.Ordinal);
    private byte[] lastField = [];
    private int lastCode;

    /// <summary>Unique within the file.</summary>
    public string Name { get; } = name;

    /// <summary>As in the header.</summary>
    public string Original { get; } = original;

    /// <summary>Whether texts are kept instead of numbers.</summary>
    public bool IsText { get; } = isText;

    /// <summary>Values, NaN where missing; empty for texts.</summary>
    public List<float> Numbers { get; } = [];

    /// <summary>For each row the index of its text; empty for numbers.</summary>
    public List<int> Codes { get; } = [];

    /// <summary>The texts that occur.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>How often each mark of a missing value occurs.</summary>
    public SortedDictionary<string, int> Marks { get; } = new(StringComparer.Ordinal);

    /// <summary>The first cells that are no number, by line.</summary>
    public List<(int Line, string Text)> Strays { get; } = [];

    /// <summary>How many cells are no number.</summary>
    public int StrayCount { get; private set; }

    /// <summary>How many numbers are written with a decimal comma.</summary>
    public int DecimalCommas { get; private set; }

    /// <summary>The text of a row.</summary>
    public string Text(int row) => IsText ? Texts[Codes[row]] : Numbers[row].ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A column of texts that did not come from this file's cells.</summary>
    public static RawColumn OfTexts(string name, IEnumerable<string> texts)
    {
        var column = new RawColumn(name, name, isText: true);
        foreach (var text in texts)
        {
            column.Codes.Add(column.CodeOf(Encoding.UTF8.GetBytes(text)));
        }

        return column;
    }

    /// <summary>A column like another, with nothing in it.</summary>
    public static RawColumn OfNothing(RawColumn like, int rows)
    {
        var column = new RawColumn(like.Name, like.Original, like.IsText);
        if (like.IsText)
        {
            column.Codes.AddRange(Enumerable.Repeat(column.CodeOf([]), rows));
        }
        else
        {
            column.Numbers.AddRange(Enumerable.Repeat(float.NaN, rows));
        }

        return column;
    }

    /// <summary>Adds the cells of the same column of another file.</summary>
    public void Append(RawColumn other)
    {
        if (IsText != other.IsText)
        {
            throw new InputException(
                $"The column '{Name}' holds numbers in one file and text in another.", $"Correct the files, or leave the column out with --ignore \"{Name}\".");
        }

        Numbers.AddRange(other.Numbers);
        Codes.AddRange(other.Codes.Select(code => CodeOf(Encoding.UTF8.GetBytes(other.Texts[code]))));
        Strays.AddRange(other.Strays);
        StrayCount += other.StrayCount;
        DecimalCommas += other.DecimalCommas;
        foreach (var (mark, count) in other.Marks)
        {
            Marks[mark] = Marks.GetValueOrDefault(mark) + count;
        }
    }

    /// <summary>Adds a cell.</summary>
    internal void Add(ReadOnlySpan<byte> field, MissingMarks marks, bool mayHaveDecimalComma, int line)
    {
        if (IsText)
        {
            Codes.Add(CodeOf(field));
            return;
        }

        if (TryNumber(field, mayHaveDecimalComma, out var value) && double.IsFinite(value) && float.IsFinite((float)value))
        {
            if (marks.IsSentinel(value))
            {
                Mark(value.ToString("R", CultureInfo.InvariantCulture));
                value = double.NaN;
            }

            Numbers.Add((float)value);
            return;
        }

        Numbers.Add(float.NaN);
        var text = RowSource.TextOf(field).Trim();
        if (marks.Contains(text))
        {
            Mark(text.Length == 0 ? MissingMarks.Empty : text);
        }
        else if (!double.IsNaN(value))
        {
            // A number too large for any sensor, such as 1e400: infinite.
            Mark(text);
        }
        else
        {
            StrayCount++;
            if (Strays.Count < MostStraysKept)
            {
                Strays.Add((line, text));
            }
        }
    }

    private void Mark(string mark) => Marks[mark] = Marks.GetValueOrDefault(mark) + 1;

    private int CodeOf(ReadOnlySpan<byte> field)
    {
        if (Texts.Count > 0 && field.SequenceEqual(lastField))
        {
            return lastCode;
        }

        var text = RowSource.TextOf(field);
        if (!codeOfText.TryGetValue(text, out var code))
        {
            code = Texts.Count;
            codeOfText[text] = code;
            Texts.Add(text);
        }

        lastField = field.ToArray();
        return lastCode = code;
    }

    private bool TryNumber(ReadOnlySpan<byte> field, bool mayHaveDecimalComma, out double value)
    {
        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        value = double.NaN;
        field = Ascii.Trim(field) is var trimmed ? field[trimmed] : field;
        var comma = field.LastIndexOf((byte)',');
        if (!mayHaveDecimalComma || comma < 0 || field.Length > 64 || field[..comma].Contains((byte)','))
        {
            return false;
        }

        // 1.234,5 has its thousands apart by points.
        Span<byte> plain = stackalloc byte[64];
        var length = 0;
        for (var i = 0; i < field.Length; i++)
        {
            if (i == comma)
            {
                plain[length++] = (byte)'.';
            }
            else if (field[i] != (byte)'.')
            {
                plain[length++] = field[i];
            }
            else if (i > comma)
            {
                return false;
            }
        }

        var isNumber = double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        DecimalCommas += isNumber ? 1 : 0;
        value = isNumber ? value : double.NaN;
        return isNumber;
    }
}

/// <summary>Texts and numbers that mean a missing value.</summary>
internal sealed class MissingMarks(IEnumerable<string> further, IEnumerable<double> sentinels)
{
    /// <summary>How an empty cell is named.</summary>
    public const string Empty = "empty";

    private static readonly string[] Usual =
    [
        "", "NA", "N/A", "#N/A", "#NA", "n.a.", "n.d.", "k.A.", "NaN", "-NaN", "NULL", "None", "nil", "?", "-", "--", "–", ".", "missing", "unknown",
        "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#WERT!", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞", "NaT", "<NA>", "1.#INF", "-1.#INF", "1.#QNAN", "-1.#IND",
    ];

    private static readonly string[] Infinities = ["inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞", "1.#INF", "-1.#INF"];

    private readonly HashSet<string> marks = [.. Usual.Concat(further), .. Usual.Concat(further).Select(mark => mark.ToUpperInvariant())];
    private readonly double[] sentinels = [.. sentinels];

    /// <summary>Whether a cell's text means a missing value.</summary>
    public bool Contains(string text) => marks.Contains(text) || marks.Contains(text.ToUpperInvariant());

    /// <summary>Whether a number does.</summary>
    public bool IsSentinel(double value) => sentinels.Length > 0 && Array.IndexOf(sentinels, value) >= 0;

    /// <summary>Whether a mark is an infinite value.</summary>
    public static bool IsInfinite(string mark) => Infinities.Contains(mark, StringComparer.OrdinalIgnoreCase);
}
