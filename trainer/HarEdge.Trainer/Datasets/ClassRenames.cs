namespace HarEdge.Trainer.Datasets;

/// <summary>
/// Class names of a data set turned into those of a model or of another data set, as the user says: OTHER=OURS. Several classes may
/// become one; names match without regard to case.
/// </summary>
internal sealed class ClassRenames
{
    private readonly SortedDictionary<string, string> ours;

    private ClassRenames(SortedDictionary<string, string> ours) => this.ours = ours;

    /// <summary>Reads "OTHER=OURS" entries.</summary>
    /// <exception cref="InputException">An entry has no '=' or names a class twice (exit code 2).</exception>
    public static ClassRenames Parse(IEnumerable<string> entries)
    {
        var ours = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            var sides = entry.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || sides.Any(side => side.Length == 0))
            {
                throw new InputException($"'{entry}' is not a class mapping.", "Write --map OTHER=OURS, for example --map SEATED=SITTING.", 2);
            }

            if (!ours.TryAdd(ClassNames.ToIdentifier(sides[0]), ClassNames.ToIdentifier(sides[1])))
            {
                throw new InputException($"The class '{sides[0]}' is mapped twice.", "Give each class of the data one --map.", 2);
            }
        }

        return new ClassRenames(ours);
    }

    /// <summary>Refuses a mapping of a class that none of the data has: a misspelling would go unnoticed.</summary>
    /// <exception cref="InputException">A left side is no class of the data (exit code 2).</exception>
    public void RefuseUnused(IReadOnlyList<DataSet> sets)
    {
        var names = sets.SelectMany(set => set.Classes).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (ours.Keys.FirstOrDefault(other => !names.Contains(other)) is { } unknown)
        {
            throw new InputException(
                $"No data has the class '{unknown}' of --map.", NearestName.Question(unknown, names) + $"Its classes are {string.Join(", ", names.Order(StringComparer.Ordinal))}.", 2);
        }
    }

    /// <summary>The data set under the new names.</summary>
    public DataSet Apply(DataSet set)
    {
        if (!set.Classes.Any(ours.ContainsKey))
        {
            return set;
        }

        var classes = set.Classes.Select(Renamed).Distinct().ToList();
        var newIndex = set.Classes.Select(name => (short)classes.IndexOf(Renamed(name))).ToArray();
        return set with
        {
            Classes = classes,
            DefaultClasses = [.. set.DefaultClasses.Select(Renamed).Distinct()],
            Recordings = [.. set.Recordings.Select(recording => recording with
            {
                Labels = [.. recording.Labels.Select(label => label < 0 ? label : newIndex[label])],
            })],
        };
    }

    private string Renamed(string name) => ours.GetValueOrDefault(name, name);
}
