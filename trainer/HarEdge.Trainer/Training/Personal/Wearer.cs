using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training.Personal;

/// <summary>Finds whom a personal model is for.</summary>
internal static class Wearer
{
    private const int MostNamed = 40;

    /// <summary>The person named, or the only one of the only data set with a single person.</summary>
    /// <param name="data">Data sets.</param>
    /// <param name="named">As "subject" or "data set/subject"; null when nobody is named.</param>
    /// <param name="option">The option that names people, for the remedy.</param>
    /// <returns>The person as "data set/subject".</returns>
    /// <exception cref="InputException">It is nobody, or it could be several people (exit code 2).</exception>
    public static string Find(IReadOnlyList<DataSet> data, string? named, string option = "--wearer")
    {
        var people = data.SelectMany(set => set.Recordings).Select(WindowExtractor.SubjectKey).Distinct().Order(StringComparer.Ordinal).ToList();
        var found = named is not null
            ? people.Where(person => person == named || person.EndsWith("/" + named, StringComparison.Ordinal)).ToList()
            : [.. data.Select(set => set.Recordings.Select(WindowExtractor.SubjectKey).Distinct().ToList()).Where(set => set.Count == 1).Select(set => set[0])];
        return found.Count == 1 ? found[0] : throw new InputException(
            found.Count == 0
                ? named is null ? "No data set holds a single person, so it is not clear who the wearer is." : $"Nobody in the data is called \"{named}\"."
                : $"The wearer could be any of {string.Join(", ", found)}.",
            $"Name the wearer with {option}: one of {string.Join(", ", people.Take(MostNamed))}{(people.Count > MostNamed ? ", …" : "")}.",
            2);
    }

    /// <summary>The usual classes of the data that the wearer recorded, in the data's order.</summary>
    public static IReadOnlyList<string> ClassesOf(IReadOnlyList<DataSet> data, string wearer) =>
    [
        .. data.SelectMany(set => set.DefaultClasses.Where(name => set.Recordings
            .Where(recording => WindowExtractor.SubjectKey(recording) == wearer)
            .Any(recording => recording.Labels.Any(label => label >= 0 && set.Classes[label] == name)))).Distinct(),
    ];
}
