namespace HarEdge.Trainer.Datasets;

/// <summary>What codes of labels mean: a text file with a code and its name on each line, separated by a comma, semicolon, tab, equals sign or blank.</summary>
internal sealed class ClassLegend
{
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    private ClassLegend()
    {
    }

    /// <summary>Reads a legend; null for no file.</summary>
    /// <exception cref="InputException">There is no such file, or a line has no name.</exception>
    public static ClassLegend? Read(string? path)
    {
        if (path is null)
        {
            return null;
        }

        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}' with the names of labels.", "Correct --labels, or leave it out.", 2);
        }

        var legend = new ClassLegend();
        int number = 0;
        foreach (string line in File.ReadLines(path).Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            int end = line.IndexOfAny([',', ';', '\t', '=']);
            end = end < 0 ? line.IndexOf(' ', StringComparison.Ordinal) : end;
            string name = end < 0 ? "" : line[(end + 1)..].Trim(' ', '"', '\t');
            if (name.Length == 0 || !legend._names.TryAdd(Code(line[..end].Trim(' ', '"')), name))
            {
                throw new InputException(
                    $"'{path}' line {number}: '{line}' is no code with its name, or has a code a second time.", "Write one code a line, for example 1,walking.", 2);
            }
        }

        return legend;
    }

    /// <summary>The name of a code; null for a code that is not in the legend.</summary>
    public string? NameOf(string label) => _names.GetValueOrDefault(Code(label));

    /// <summary>"2" and "2.0" are one code.</summary>
    private static string Code(string text) => ClassNames.ToIdentifier(text);
}
