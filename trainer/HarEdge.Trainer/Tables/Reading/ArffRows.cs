using System.Text;
using HarEdge.Trainer.Datasets.Csv;

namespace HarEdge.Trainer.Tables.Reading;

/// <summary>
/// Weka's attribute-relation format: names after <c>@attribute</c>, rows after <c>@data</c>, dense or sparse, <c>%</c> before comments. A sparse row gives what is not 0;
/// of an attribute with a list of values 0 is the first of them.
/// </summary>
internal sealed class ArffRows : RowSource
{
    private readonly FileStream file;
    private readonly StreamReader reader;
    private readonly string path;
    private readonly List<string> zeros = [];
    private List<string> fields = [];
    private byte[] current = [];
    private long line;

    public ArffRows(string path)
    {
        this.path = path;
        file = File.OpenRead(path);
        reader = new StreamReader(TableHead.Decode(file), Encoding.UTF8);
        List<string> names = [];
        while (NextLine() is { } text)
        {
            if (text.StartsWith("@data", StringComparison.OrdinalIgnoreCase))
            {
                Header = names;
                return;
            }

            if (text.StartsWith("@attribute", StringComparison.OrdinalIgnoreCase))
            {
                var (name, type) = NameAndType(text["@attribute".Length..].Trim());
                names.Add(name);
                zeros.Add(type.StartsWith('{') ? Split(type.Trim('{', '}', ' '))[0] : "0");
            }
        }

        Dispose(disposing: true);
        throw new InputException($"'{path}' has no @data line, so it is no ARFF file.", "Give the file the ending of its format, such as .csv.");
    }

    public override string Format => "ARFF";

    public override bool MayHaveDecimalComma => false;

    public override int FieldCount => fields.Count;

    public override long Line => line;

    public override double Fraction => file.Length == 0 ? 0 : (double)file.Position / file.Length;

    public override bool Read()
    {
        if (NextLine() is not { } text)
        {
            return false;
        }

        fields = text.StartsWith('{') ? Sparse(text.Trim('{', '}', ' ')) : Split(text);
        return true;
    }

    public override ReadOnlySpan<byte> Field(int index)
    {
        current = Encoding.UTF8.GetBytes(fields[index]);
        return current;
    }

    protected override void Dispose(bool disposing)
    {
        reader?.Dispose();
        file.Dispose();
    }

    private List<string> Sparse(string text)
    {
        List<string> all = [.. zeros];
        foreach (var pair in text.Length == 0 ? [] : Split(text))
        {
            var blank = pair.IndexOf(' ', StringComparison.Ordinal);
            if (blank < 0 || !int.TryParse(pair[..blank], out var index) || index >= all.Count)
            {
                throw new InputException($"'{path}' line {line}: '{pair}' is no index and value.", "Correct the line.");
            }

            all[index] = pair[(blank + 1)..].Trim().Trim('\'', '"');
        }

        return all;
    }

    private string? NextLine()
    {
        while (reader.ReadLine() is { } text)
        {
            line++;
            text = text.Trim();
            if (text.Length > 0 && text[0] != '%')
            {
                return text;
            }
        }

        return null;
    }

    private static (string Name, string Type) NameAndType(string text)
    {
        if (text.Length > 0 && text[0] is '\'' or '"')
        {
            var end = text.IndexOf(text[0], 1);
            return end < 0 ? (text.Trim('\'', '"'), "") : (text[1..end], text[(end + 1)..].Trim());
        }

        var blank = text.IndexOfAny([' ', '\t']);
        return blank < 0 ? (text, "") : (text[..blank], text[blank..].Trim());
    }

    private static List<string> Split(string text)
    {
        List<string> parts = [];
        var part = new StringBuilder();
        var quote = '\0';
        foreach (var c in text)
        {
            if (quote == '\0' && c == ',')
            {
                parts.Add(part.ToString().Trim());
                part.Clear();
            }
            else if (quote == c)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
            }
            else
            {
                part.Append(c);
            }
        }

        parts.Add(part.ToString().Trim());
        return parts;
    }
}
