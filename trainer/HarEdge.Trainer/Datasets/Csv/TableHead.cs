using System.Globalization;
using System.IO.Compression;
using System.Text;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>
/// What stands in a table before its rows: a description of the recording, comment lines (<c>#</c>, <c>//</c>, <c>%</c>), blank lines, a
/// spreadsheet's <c>sep=;</c>, lines of fewer than three columns, and the header row, which may be missing or stand in the last comment.
/// </summary>
/// <param name="Description">What the file says of itself; null for nothing.</param>
/// <param name="LinesBefore">Lines before the header row, or before the first row when there is no header row.</param>
/// <param name="Separator">As <c>sep=</c> states it.</param>
/// <param name="FirstRow">The first line that is neither comment nor blank.</param>
/// <param name="HeaderInComment">Names in a last comment line that has as many fields as the numbers below it; null for none.</param>
internal sealed record TableHead(RecordingDescription? Description, int LinesBefore, char? Separator, string FirstRow, string? HeaderInComment)
{
    // Longer than any line of a table of sensors; a file without line ends is not read whole for this.
    private const int LongestBytes = 16384;

    // A licence and a description of columns fit; a file of nothing but comments is not read whole.
    private const int MostLines = 500;

    private const int FewestNumbers = 3;

    private const int FewestColumns = 3;

    /// <summary>Whether the first row holds numbers instead of names.</summary>
    public bool HasNoHeader => IsNumeric(Fields(FirstRow, SeparatorOf(FirstRow)));

    /// <summary>Reads what stands before the rows.</summary>
    /// <exception cref="InputException">The description cannot be understood.</exception>
    public static TableHead Read(SourceTree source, SourceEntry entry)
    {
        try
        {
            using var stream = Decode(source.Open(entry));
            return Read(stream, source.Describe(entry));
        }
        catch (InvalidDataException)
        {
            // Whoever reads the rows tells of the damage.
            return new TableHead(null, 0, null, "", null);
        }
    }

    /// <summary>The file as UTF-8: gzip is unpacked, UTF-16 (which PowerShell and spreadsheets write) is translated.</summary>
    public static Stream Decode(Stream raw)
    {
        var start = new byte[2];
        var length = raw.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var whole = new PrefixedStream(start[..length], raw);
        return (length, start[0], start[1]) switch
        {
            (2, 0x1F, 0x8B) => Decode(new GZipStream(whole, CompressionMode.Decompress)),
            (2, 0xFF, 0xFE) => Encoding.CreateTranscodingStream(raw, Encoding.Unicode, Encoding.UTF8),
            (2, 0xFE, 0xFF) => Encoding.CreateTranscodingStream(raw, Encoding.BigEndianUnicode, Encoding.UTF8),
            (2, > 0, 0) => Encoding.CreateTranscodingStream(whole, Encoding.Unicode, Encoding.UTF8),
            _ => whole,
        };
    }

    /// <summary>Moves a decoded stream to the header row; where the file has none, puts one with the numbers of the columns in front.</summary>
    public Stream Skip(Stream decoded)
    {
        for (var line = 0; line < LinesBefore; line++)
        {
            Take(decoded);
        }

        if (!HasNoHeader)
        {
            return decoded;
        }

        var separator = SeparatorOf(FirstRow);
        var header = HeaderInComment
            ?? string.Join(separator, Enumerable.Range(1, Fields(FirstRow, separator).Length).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return new PrefixedStream(Encoding.UTF8.GetBytes(header + "\n"), decoded);
    }

    /// <summary>The separator of a line that is not told otherwise: semicolons and tabs count before commas, which may be decimal ones.</summary>
    public char SeparatorOf(string line) =>
        Separator ?? (line.Contains(';', StringComparison.Ordinal) ? ';' : line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',');

    private static TableHead Read(Stream stream, string fileName)
    {
        RecordingDescription? description = null;
        char? separator = null;
        var comment = "";
        TableHead? papers = null;
        for (var lines = 0; lines < MostLines && Take(stream) is { } line; lines++)
        {
            description ??= RecordingDescription.Parse(line, fileName);
            if (line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && line.Length >= 5)
            {
                separator = line[4] == '\\' ? '\t' : line[4];
            }
            else if (line.StartsWith('#') || line.StartsWith('%') || line.StartsWith("//", StringComparison.Ordinal))
            {
                comment = line.TrimStart('#', '%', '/', ' ');
            }
            else if (line.Trim().Length > 0)
            {
                var head = new TableHead(description, lines, separator, line, null);
                var found = head.SeparatorOf(line);
                if (Fields(line, found).Length < FewestColumns)
                {
                    // The device, the date and the like before the table; a table of fewer columns is none of a sensor.
                    papers ??= head;
                    continue;
                }

                var isHeader = head.HasNoHeader && Fields(comment, found) is { Length: > 1 } names
                    && names.Length == Fields(line, found).Length && !IsNumeric(names);
                return isHeader ? head with { HeaderInComment = comment } : head;
            }
        }

        return papers ?? new TableHead(description, 0, separator, "", null);
    }

    private static string[] Fields(string line, char separator) => line.Split(separator, StringSplitOptions.TrimEntries);

    /// <summary>Numbers but for a few fields such as a name or a label; a header row has none.</summary>
    private static bool IsNumeric(string[] fields)
    {
        var numbers = fields.Count(field => double.TryParse(field.Trim('"').Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return numbers >= FewestNumbers && numbers * 2 > fields.Length;
    }

    /// <summary>A line without its terminator, byte by byte: nothing behind it may be taken from the stream. Null at the end.</summary>
    private static string? Take(Stream stream)
    {
        List<byte> line = [];
        var value = stream.ReadByte();
        if (value < 0)
        {
            return null;
        }

        for (; value >= 0 && value != '\n' && line.Count < LongestBytes; value = stream.ReadByte())
        {
            line.Add((byte)value);
        }

        return Encoding.UTF8.GetString([.. line]).TrimStart('\uFEFF').TrimEnd('\r');
    }
}
