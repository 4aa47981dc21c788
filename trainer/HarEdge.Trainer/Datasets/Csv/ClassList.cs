namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>Class names to indices while files are read: a fixed list, or one that grows with the names found.</summary>
internal sealed class ClassList(IReadOnlyList<string>? fixedNames = null, ClassLegend? legend = null)
{
    private const short Unknown = -2;

    private static readonly HashSet<string> Nothing = ["", "NAN", "NULL", "NONE", "NA", "N/A", "?", "UNKNOWN", "UNLABELED", "UNLABELLED"];

    private readonly List<string> names = [.. fixedNames ?? []];

    // Rows repeat their labels, and making a name takes longer than finding it.
    private readonly Dictionary<string, short> known = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, string> writtenAs = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => names;

    /// <summary>The index of a label as written in a file, −1 for one that says there is none.</summary>
    /// <returns>False when the list is fixed and does not have it.</returns>
    /// <exception cref="InputException">Two labels become one name, which would make one class of two.</exception>
    public bool TryIndex(string label, out short index)
    {
        if (!known.TryGetValue(label, out index))
        {
            index = Find(label);
            known[label] = index;
        }

        return index != Unknown;
    }

    /// <summary>A sentence on labels that became other names; null when all could stay.</summary>
    public string? RenamingNote()
    {
        string[] changed = [.. writtenAs.Where(pair => pair.Key != pair.Value).Select(pair => $"'{pair.Value}' is {pair.Key}")];
        const int MostNamed = 6;
        return changed.Length == 0 ? null
            : $"Labels that cannot be names on the device were rewritten: {string.Join(", ", changed.Take(MostNamed))}{(changed.Length > MostNamed ? " …" : "")}. "
                + $"Name them yourself with --map {writtenAs.First(pair => pair.Key != pair.Value).Key}=NAME, or all of them with --labels FILE.";
    }

    private short Find(string label)
    {
        var name = ClassNames.Normalize(label);
        if (Nothing.Contains(name))
        {
            return Signals.RawSignal.Unlabeled;
        }

        if (fixedNames is not null)
        {
            return names.IndexOf(name) is var fixedIndex and >= 0 ? (short)fixedIndex : Unknown;
        }

        var plain = ClassNames.Whole(legend?.NameOf(label) ?? label);
        name = ClassNames.ToIdentifier(plain);
        if (!writtenAs.TryAdd(name, ClassNames.Normalize(plain)))
        {
            return writtenAs[name] == ClassNames.Normalize(plain)
                ? (short)names.IndexOf(name)
                : throw new InputException(
                    $"The labels '{writtenAs[name]}' and '{label}' would both be called {name} on the device.",
                    "Give one of them another name in the files, or name all labels with --labels FILE.");
        }

        names.Add(name);
        return (short)(names.Count - 1);
    }

    /// <summary>The same labels by the position of their names in ordinal order.</summary>
    public List<Recording> Sort(IEnumerable<Recording> recordings, out string[] sorted)
    {
        var inOrder = names.Order(StringComparer.Ordinal).ToArray();
        var newIndex = names.Select(name => (short)Array.IndexOf(inOrder, name)).ToArray();
        sorted = inOrder;
        return
        [
            .. recordings.Select(recording => recording with
            {
                Labels = [.. recording.Labels.Select(label => label < 0 ? label : newIndex[label])],
            }),
        ];
    }
}

/// <summary>What codes of labels mean: a text file with a code and its name on each line, separated by a comma, semicolon, tab, equals sign or blank.</summary>
internal sealed class ClassLegend
{
    private readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);

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
        var number = 0;
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var end = line.IndexOfAny([',', ';', '\t', '=']);
            end = end < 0 ? line.IndexOf(' ', StringComparison.Ordinal) : end;
            var name = end < 0 ? "" : line[(end + 1)..].Trim(' ', '"', '\t');
            if (name.Length == 0 || !legend.names.TryAdd(Code(line[..end].Trim(' ', '"')), name))
            {
                throw new InputException(
                    $"'{path}' line {number}: '{line}' is no code with its name, or has a code a second time.", "Write one code a line, for example 1,walking.", 2);
            }
        }

        return legend;
    }

    /// <summary>The name of a code; null for a code that is not in the legend.</summary>
    public string? NameOf(string label) => names.GetValueOrDefault(Code(label));

    /// <summary>"2" and "2.0" are one code; letters with and without accents are two, although the device writes them alike.</summary>
    private static string Code(string text) => ClassNames.Normalize(ClassNames.Whole(text));
}
