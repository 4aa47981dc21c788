namespace HarEdge.Trainer.Tables.Reading;

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
