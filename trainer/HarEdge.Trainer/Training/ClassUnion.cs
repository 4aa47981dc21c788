using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Training;

/// <summary>Maps the classes of several data sets by name onto one list; everything else becomes unlabelled.</summary>
public static class ClassUnion
{
    /// <summary>The classes to learn, in the order in which the data sets name them.</summary>
    /// <param name="data">Data sets.</param>
    /// <param name="wanted">Names to keep; null keeps each set's default classes.</param>
    /// <exception cref="InputException">A wanted class is in no data set, or fewer than two remain.</exception>
    public static IReadOnlyList<string> Choose(IReadOnlyList<DataSet> data, IReadOnlyList<string>? wanted)
    {
        var known = data.SelectMany(set => set.Classes).Distinct().ToList();
        var missing = wanted?.FirstOrDefault(name => !known.Contains(name));
        if (missing is not null)
        {
            throw new InputException(
                $"No data set has a class \"{missing}\".", $"Choose from {string.Join(", ", known)}.", exitCode: 2);
        }

        IReadOnlyList<string> classes = wanted is null
            ? [.. data.SelectMany(set => set.DefaultClasses).Distinct()]
            : [.. wanted.Distinct()];
        return classes.Count >= 2
            ? classes
            : throw new InputException(
                $"Only {classes.Count} class is left to learn: {string.Join(", ", classes)}.", "Name at least two classes.", exitCode: 2);
    }

    /// <summary>The recordings of a data set with labels that index <paramref name="classes"/>.</summary>
    public static IReadOnlyList<Recording> Relabel(DataSet set, IReadOnlyList<string> classes)
    {
        var target = set.Classes.Select(name => (short)IndexOf(classes, name)).ToArray();
        return [.. set.Recordings.Select(recording => recording with
        {
            Labels = Array.ConvertAll(recording.Labels, label => label < 0 ? (short)-1 : target[label]),
        })];
    }

    private static int IndexOf(IReadOnlyList<string> classes, string name)
    {
        for (var i = 0; i < classes.Count; i++)
        {
            if (classes[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
