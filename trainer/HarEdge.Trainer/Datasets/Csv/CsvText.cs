using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using Parser = CsvHelper.CsvReader;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>The rows of one CSV file: separator found from the first lines, numbers with point or decimal comma, errors with file and line.</summary>
internal sealed class CsvText : IDisposable
{
    private readonly Parser parser;
    private readonly string fileName;
    private readonly int headerLine;

    /// <param name="stream">The file from its header row; closed with this object.</param>
    /// <param name="fileName">Name for messages.</param>
    /// <param name="separator">The column separator, or null to find it.</param>
    /// <param name="headerLine">1-based line of the header row.</param>
    /// <exception cref="InputException">The file is empty.</exception>
    public CsvText(Stream stream, string fileName, char? separator, int headerLine)
    {
        this.fileName = fileName;
        this.headerLine = headerLine;
        parser = Parser.Create(stream, new CsvReaderOptions
        {
            Separator = separator,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            // A stray quote must end with its line: it would otherwise swallow the rows after it.
            AllowLineBreaksInQuotes = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            FormatProvider = CultureInfo.InvariantCulture,
        });
        parser.ReadHeader();
        Header = [.. parser.Headers.ToArray().Select(name => name.Trim())];
        if (Header.Length == 0)
        {
            parser.Dispose();
            throw new InputException($"'{fileName}' is empty.", "Give a file with a header row and data, or take it out of the folder.");
        }
    }

    /// <summary>Names in the header row.</summary>
    public string[] Header { get; }

    /// <summary>1-based line of a last row that was cut short and is not read; 0 for none.</summary>
    public long CutLine { get; private set; }

    /// <summary>Whether a timestamp was a date or a time of day: whatever a header says, it is in seconds then.</summary>
    public bool HasDates { get; set; }

    /// <summary>1-based line of the row read last.</summary>
    public long Line => parser.LineNumber + headerLine - 1;

    /// <summary>Moves to the next row.</summary>
    /// <exception cref="InputException">The row has fewer columns than the header, or more that are filled, or its quotes are broken.</exception>
    public bool Read()
    {
        if (!TryRead())
        {
            return false;
        }

        if (parser.FieldCount < Header.Length)
        {
            return ReadPastShortRow();
        }

        for (var extra = Header.Length; extra < parser.FieldCount; extra++)
        {
            if (!parser.GetSpan(extra).IsEmpty)
            {
                throw TooLong();
            }
        }

        return true;
    }

    /// <summary>A field of the row.</summary>
    public string Text(CsvColumn column) => parser.GetString(column.Index);

    /// <summary>A number; NaN when it is missing.</summary>
    public double Value(CsvColumn column)
    {
        var field = parser.GetSpan(column.Index);
        if (TryNumber(field, out var value) || TryDecimalComma(field, out value))
        {
            return column.IsNegated ? -value : value;
        }

        return IsMissing(field)
            ? double.NaN
            : throw new InputException(
                $"'{fileName}' line {Line}: '{Encoding.UTF8.GetString(field)}' in column {Header[column.Index]} is not a number.",
                "Correct the line, or leave the field empty where the value is missing.");
    }

    public void Dispose() => parser.Dispose();

    private bool TryRead()
    {
        try
        {
            return parser.Read();
        }
        catch (CsvFormatException e)
        {
            throw new InputException($"'{fileName}' line {e.LineNumber + headerLine - 1} has broken quotes.", "Correct or remove the quotes in that line.", 1, e);
        }
    }

    /// <summary>A short last row is one that was being written when the file ended; any other is an error.</summary>
    private bool ReadPastShortRow()
    {
        var line = Line;
        var fields = parser.FieldCount;
        if (!TryRead())
        {
            CutLine = line;
            return false;
        }

        throw new InputException(
            $"'{fileName}' line {line} has {fields} columns, the header has {Header.Length}.",
            "Correct or delete the line; leave a field empty where a value is missing.");
    }

    private InputException TooLong()
    {
        var fields = parser.FieldCount;
        var seen = $"'{fileName}' line {Line} has {fields} columns, the header has {Header.Length}";
        var hasPoint = Enumerable.Range(0, fields).Any(field => parser.GetSpan(field).IndexOf((byte)'.') >= 0);
        if (fields == Header.Length + 1 && !hasPoint)
        {
            return new InputException(
                $"{seen}; a decimal comma may stand in one of them, or names or numbers of rows in front.",
                "Export the table again with decimal points, or with semicolons between columns; where the rows are numbered, give the header row one more name at its start.");
        }

        if (fields == Header.Length + 1)
        {
            return new InputException(
                $"{seen}; names or numbers of rows may stand in front of each row, as R writes them.",
                "Give the header row a name for every column, in this case one more at its start; in R, write.csv(…, row.names = FALSE).");
        }

        return fields > Header.Length * 3 / 2 && !hasPoint
            ? new InputException(
                $"{seen}: decimal commas stand between commas, so that nobody can see where a number ends.",
                "Export the table again with decimal points, or with semicolons between columns.")
            : new InputException($"{seen}.", "Correct the line, or name all columns in the header row.");
    }

    private static bool TryNumber(ReadOnlySpan<byte> field, out double value)
    {
        var isNumber = Utf8Parser.TryParse(field, out value, out var used) && used == field.Length;
        value = double.IsFinite(value) ? value : double.NaN;
        return isNumber;
    }

    private static bool TryDecimalComma(ReadOnlySpan<byte> field, out double value)
    {
        var comma = field.IndexOf((byte)',');
        if (comma < 0 || field.Length > 64 || field.Count((byte)',') > 1)
        {
            value = double.NaN;
            return false;
        }

        Span<byte> point = stackalloc byte[64];
        field.CopyTo(point);
        point[comma] = (byte)'.';
        return TryNumber(point[..field.Length], out value);
    }

    private static bool IsMissing(ReadOnlySpan<byte> field) =>
        field.IsEmpty || field.SequenceEqual("-"u8) || IsWord(field, "nan"u8) || IsWord(field, "na"u8) || IsWord(field, "n/a"u8)
        || IsWord(field, "null"u8) || IsWord(field, "none"u8) || IsWord(field, "inf"u8) || IsWord(field, "-inf"u8);

    private static bool IsWord(ReadOnlySpan<byte> field, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(field, word);
}

/// <summary>Timestamps as numbers of a unit or as dates.</summary>
internal static partial class CsvTime
{
    /// <summary>A timestamp field: a number as it is, a date and time as seconds, NaN when missing.</summary>
    public static double Parse(CsvText text, CsvColumn column)
    {
        var field = text.Text(column);
        if (field.Length < 5 || field.AsSpan(1).IndexOfAny('-', ':', '/') < 0)
        {
            return text.Value(column);
        }

        var usual = FractionAfterColon().Replace(field, "${time}.${fraction}");
        if (DayFirst().Match(usual) is { Success: true } day && (day.Groups[2].Value == "." || int.Parse(day.Groups[1].ValueSpan, CultureInfo.InvariantCulture) > MostMonths))
        {
            usual = $"{day.Groups[4].Value}-{day.Groups[3].Value}-{day.Groups[1].Value}{usual[day.Length..]}";
        }

        if (!DateTime.TryParse(usual, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal | DateTimeStyles.NoCurrentDateDefault, out var time))
        {
            return text.Value(column);
        }

        text.HasDates = true;
        return time.Ticks / (double)TimeSpan.TicksPerSecond;
    }

    /// <summary>Lets times of day without a date go on after midnight.</summary>
    public static void PassMidnights(List<double> times)
    {
        double days = 0;
        for (var row = 1; row < times.Count; row++)
        {
            // A date has more seconds than a day, because it counts from the year 1.
            days += times[row] < SecondsADay && times[row] + days - times[row - 1] < -SecondsADay / 2 ? SecondsADay : 0;
            times[row] += days;
        }
    }

    private const double SecondsADay = 86400;

    private const int MostMonths = 12;

    // 17.5.2024 is of the 17th, and so is 17/5/2024; 5/6/2024 is of the 6th of May, as the invariant culture has it.
    [GeneratedRegex(@"^(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b", RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    // Physics Toolbox writes tenths after a third colon, AndroSensor milliseconds after a third colon or an underscore.
    [GeneratedRegex(@"(?<time>\d{1,2}:\d{2}:\d{2})[:_,](?<fraction>\d{1,9})$", RegexOptions.CultureInvariant)]
    private static partial Regex FractionAfterColon();
}
