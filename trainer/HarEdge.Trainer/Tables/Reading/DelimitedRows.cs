using System.Globalization;
using System.Text;
using CsvHelper;
using HarEdge.Trainer.Datasets.Csv;
using Parser = CsvHelper.CsvReader;

namespace HarEdge.Trainer.Tables.Reading;

/// <summary>CSV and its relatives: the separator is found, and whether the first row names the columns.</summary>
internal sealed class DelimitedRows : RowSource
{
    private const int SampleBytes = 1 << 20;
    private const int SampleLines = 40;

    private static readonly char[] Separators = [';', '\t', '|', ','];

    private readonly FileStream file;
    private readonly Parser? parser;
    private readonly StreamReader? lines;
    private readonly string path;
    private readonly long skippedLines;
    private readonly char separator;
    private List<byte[]> blankFields = [];
    private long blankLine;
    private bool isFirstPending;

    public DelimitedRows(string path)
    {
        this.path = path;
        var sample = Sample(path);
        if (sample.Lines.Count == 0)
        {
            throw new InputException($"'{path}' is empty.", "Give a file with a header row and data.");
        }

        skippedLines = sample.Skipped;
        separator = sample.Stated ?? Detect(sample.Lines);
        file = File.OpenRead(path);
        var decoded = Opened(file, sample.Skipped);
        if (separator == ' ')
        {
            lines = new StreamReader(decoded, Encoding.Latin1);
        }
        else
        {
            parser = Parser.Create(decoded, new CsvReaderOptions
            {
                Separator = separator,
                HasHeader = false,
                TrimWhitespace = false,
                TrackLineNumbers = true,
                AllowLineBreaksInQuotes = false,
                MalformedData = CsvMalformedDataHandling.Throw,
                FormatProvider = CultureInfo.InvariantCulture,
            });
        }

        FindHeader(sample.Lines);
    }

    public override string Format =>
        separator == ' ' ? "text, runs of blanks between columns" : $"CSV, {SeparatorName} between columns";

    private string SeparatorName => separator switch
    {
        '\t' => "tabulators",
        ',' => "commas",
        ';' => "semicolons",
        _ => separator.ToString(),
    };

    public override char Separator => separator;

    public override bool MayHaveDecimalComma => separator != ',';

    public override int FieldCount => parser?.FieldCount ?? blankFields.Count;

    public override long Line => (parser?.LineNumber ?? blankLine) + skippedLines;

    public override double Fraction => file.Length == 0 ? 0 : (double)file.Position / file.Length;

    public override bool Read()
    {
        if (isFirstPending)
        {
            isFirstPending = false;
            return true;
        }

        return Advance();
    }

    public override ReadOnlySpan<byte> Field(int index) => parser is null ? blankFields[index] : parser.GetSpan(index);

    protected override void Dispose(bool disposing)
    {
        parser?.Dispose();
        lines?.Dispose();
        file.Dispose();
    }

    private bool Advance()
    {
        if (parser is not null)
        {
            try
            {
                return parser.Read();
            }
            catch (CsvFormatException e)
            {
                throw new InputException($"'{path}' line {e.LineNumber + skippedLines} has broken quotes.", "Correct or remove the quotes in that line.", 1, e);
            }
        }

        while (lines!.ReadLine() is { } line)
        {
            blankLine++;
            blankFields = [.. line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Encoding.Latin1.GetBytes)];
            if (blankFields.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    // A first row is a header unless it is made like the second: numbers above numbers and at least one of them.
    private void FindHeader(List<string> sample)
    {
        if (!Advance())
        {
            throw new InputException($"'{path}' is empty.", "Give a file with a header row and data.");
        }

        string[] first = [.. Enumerable.Range(0, FieldCount).Select(i => TextOf(Field(i)))];
        var second = sample.Count > 1 ? Fields(sample[1], separator) : [];
        var textOverNumber = Enumerable.Range(0, Math.Min(first.Length, second.Length)).Any(i => !IsNumber(first[i]) && IsNumber(second[i]));
        if (!textOverNumber && Array.Exists(first, IsNumber))
        {
            isFirstPending = true;
            return;
        }

        // R writes row names without a name above them.
        Header = second.Length == first.Length + 1 ? ["", .. first] : first;
    }

    private static Stream Opened(FileStream raw, int skip)
    {
        var decoded = TableHead.Decode(raw);
        for (var line = 0; line < skip; line++)
        {
            int value;
            do
            {
                value = decoded.ReadByte();
            }
            while (value is >= 0 and not '\n');
        }

        return decoded;
    }

    // The first lines that are neither blank nor comment, and how many stand before them.
    private static (List<string> Lines, int Skipped, char? Stated) Sample(string path)
    {
        using var raw = File.OpenRead(path);
        using var decoded = TableHead.Decode(raw);
        var buffer = new byte[SampleBytes];
        var length = decoded.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var all = Encoding.Latin1.GetString(buffer, 0, length).TrimStart('\u00EF', '\u00BB', '\u00BF').Split('\n');
        var whole = length == buffer.Length && all.Length > 1 ? all[..^1] : all;
        var skipped = 0;
        char? stated = null;
        foreach (var line in whole.Select(line => line.Trim('\r')))
        {
            if (line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && line.Length > 4)
            {
                stated = line[4] == '\\' ? '\t' : line[4];
            }
            else if (line.Trim().Length > 0 && line[0] is not ('#' or '%'))
            {
                break;
            }

            skipped++;
        }

        List<string> lines = [.. whole.Skip(skipped).Select(line => line.TrimEnd('\r')).Where(line => line.Trim().Length > 0).Take(SampleLines)];
        return (lines, skipped, stated);
    }

    // Semicolons and tabulators before commas, which may be decimal ones; the first that stands equally often in nearly all lines.
    private static char Detect(List<string> lines)
    {
        const double MostLines = 0.8;
        foreach (var candidate in Separators)
        {
            var counts = lines.Select(line => Fields(line, candidate).Length).ToList();
            var usual = counts.GroupBy(count => count).MaxBy(group => group.Count())!;
            if (usual.Key > 1 && usual.Count() >= MostLines * counts.Count)
            {
                return candidate;
            }
        }

        return lines.TrueForAll(line => line.Contains(',', StringComparison.Ordinal)) ? ','
            : lines.Exists(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > 1) && !lines.Exists(line => line.Contains('"', StringComparison.Ordinal)) ? ' ' : ',';
    }

    private static string[] Fields(string line, char separator)
    {
        if (separator == ' ')
        {
            return line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        }

        List<string> fields = [];
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == separator && !isQuoted))
            {
                fields.Add(line[start..i].Trim().Trim('"').Trim());
                start = i + 1;
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
        }

        return [.. fields];
    }
}
