namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>Class names to indices while files are read: a fixed list, or one that grows with the names found.</summary>
internal sealed class ClassList(IReadOnlyList<string>? fixedNames = null)
{
    private static readonly HashSet<string> Nothing = ["", "NAN", "NULL", "NONE", "NA", "N/A", "?", "UNKNOWN", "UNLABELED", "UNLABELLED"];

    private readonly List<string> _names = [.. fixedNames ?? []];

    public IReadOnlyList<string> Names => _names;

    /// <summary>The index of a label as written in a file, −1 for one that says there is none.</summary>
    /// <returns>False when the list is fixed and does not have it.</returns>
    public bool TryIndex(string label, out short index)
    {
        string name = ClassNames.Normalize(label);
        if (Nothing.Contains(name))
        {
            index = Signals.RawSignal.Unlabeled;
            return true;
        }

        index = (short)_names.IndexOf(name);
        if (index < 0 && fixedNames is null)
        {
            index = (short)_names.Count;
            _names.Add(name);
        }

        return index >= 0;
    }

    /// <summary>The same labels by the position of their names in ordinal order.</summary>
    public List<Recording> Sort(IEnumerable<Recording> recordings, out string[] sorted)
    {
        string[] names = [.. _names.Order(StringComparer.Ordinal)];
        short[] newIndex = [.. _names.Select(name => (short)Array.IndexOf(names, name))];
        sorted = names;
        return
        [
            .. recordings.Select(recording => recording with
            {
                Labels = [.. recording.Labels.Select(label => label < 0 ? label : newIndex[label])],
            }),
        ];
    }
}
