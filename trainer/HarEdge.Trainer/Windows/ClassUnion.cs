using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Windows;

/// <summary>Maps the classes of several data sets by name onto one list; everything else is no class to learn.</summary>
internal static class ClassUnion
{
    /// <summary>Label of samples whose activity is known and none of the classes; unlabelled ones have −1.</summary>
    public const short OutOfClass = -2;

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
                $"No data set has a class \"{missing}\".", NearestName.Question(missing, known) + $"Choose from {string.Join(", ", known)}.", exitCode: 2);
        }

        IReadOnlyList<string> classes = wanted is null
            ? [.. data.SelectMany(set => set.DefaultClasses).Distinct()]
            : [.. wanted.Distinct()];
        return classes.Count >= 2
            ? classes
            : throw new InputException(
                $"Only {classes.Count} class is left to learn: {string.Join(", ", classes)}.", "Name at least two classes.", exitCode: 2);
    }

    /// <summary>The recordings of a data set with labels that index <paramref name="classes"/>, or are <see cref="OutOfClass"/> or −1.</summary>
    public static IReadOnlyList<Recording> Relabel(DataSet set, IReadOnlyList<string> classes) =>
        [.. set.Recordings.Select(recording => Relabel(recording, set.Classes, classes))];

    /// <summary>The recording with labels that index <paramref name="classes"/>, or are <see cref="OutOfClass"/> or −1.</summary>
    /// <param name="recording">Its labels index <paramref name="names"/>; negative ones stay.</param>
    /// <param name="names">Names of the recording's activities.</param>
    /// <param name="classes">Classes to learn or to score.</param>
    public static Recording Relabel(Recording recording, IReadOnlyList<string> names, IReadOnlyList<string> classes)
    {
        var target = names.Select(name => (short)IndexOf(classes, name)).ToArray();
        return recording with { Labels = Array.ConvertAll(recording.Labels, label => label < 0 ? label : target[label]) };
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

        return OutOfClass;
    }
}
