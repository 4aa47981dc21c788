using System.Globalization;
using System.Text;

namespace HarEdge.Trainer.Tables.Reading;

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
