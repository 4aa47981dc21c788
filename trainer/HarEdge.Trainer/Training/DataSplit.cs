using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>Recordings to learn from and recordings to test on.</summary>
/// <param name="Train">For training; people or blocks of time never in the test.</param>
/// <param name="Test">For the last line of the report.</param>
/// <param name="Name">How it was divided, in words.</param>
/// <param name="Notes">What the reader must know about it.</param>
internal sealed record DataSplit(IReadOnlyList<Recording> Train, IReadOnlyList<Recording> Test, string Name, IReadOnlyList<string> Notes)
{
    /// <summary>How the recordings were turned; null when they are as worn.</summary>
    public CalibratedWear? Wear { get; init; }

    /// <summary>Where gravity points on a standing wearer of all these recordings, as Tilt.Pack gives it; 0 when they are as worn.</summary>
    public int Upright => Wear?.Upright ?? 0;

    /// <summary>
    /// Divides by person: the people asked for, else each set's official test people, else every third person of a set. A single
    /// person is divided by contiguous blocks of time.
    /// </summary>
    /// <param name="data">Data sets, in parallel with <paramref name="relabelled"/>.</param>
    /// <param name="relabelled">Their recordings with common labels.</param>
    /// <param name="testSubjects">People held back, as "subject" or "data set/subject"; null for the defaults.</param>
    /// <param name="windowSamples">Guard between blocks of time.</param>
    /// <exception cref="InputException">A named person is not there, or nobody is left on one side.</exception>
    public static DataSplit Of(
        IReadOnlyList<DataSet> data,
        IReadOnlyList<IReadOnlyList<Recording>> relabelled,
        IReadOnlyList<string>? testSubjects,
        int windowSamples)
    {
        var people = relabelled.SelectMany(set => set).Select(Windows.WindowExtractor.SubjectKey).Distinct().ToList();
        var unknown = testSubjects?.FirstOrDefault(name => !people.Any(person => Names(person, name)));
        if (unknown is not null)
        {
            throw new InputException(
                $"Nobody in the data is called \"{unknown}\".", $"Choose test subjects from {string.Join(", ", people)}.", exitCode: 2);
        }

        if (people.Count == 1)
        {
            return TimeBlocks.Split([.. relabelled.SelectMany(set => set)], windowSamples);
        }

        var train = new List<Recording>();
        var test = new List<Recording>();
        var names = new List<string>();
        for (var i = 0; i < data.Count; i++)
        {
            var (held, name) = HeldBack(data[i], relabelled[i], testSubjects, data.Count == 1);
            names.Add(data.Count == 1 ? name : data[i].Name + ": " + name);
            train.AddRange(relabelled[i].Where(recording => !held.Contains(recording.Subject)));
            test.AddRange(relabelled[i].Where(recording => held.Contains(recording.Subject)));
        }

        if (train.Count == 0 || test.Count == 0)
        {
            throw new InputException(
                train.Count == 0 ? "Every person is held back for the test." : "Nobody is held back for the test.",
                "Name some, but not all, of the people as test subjects.",
                exitCode: 2);
        }

        return new DataSplit(train, test, string.Join("; ", names), []);
    }

    private static (HashSet<string> Held, string Name) HeldBack(
        DataSet set, IReadOnlyList<Recording> recordings, IReadOnlyList<string>? testSubjects, bool isOnlySet)
    {
        var people = recordings.Select(recording => recording.Subject).Distinct().Order(StringComparer.Ordinal).ToList();
        if (testSubjects is not null)
        {
            return ([.. people.Where(person => testSubjects.Any(name => Names(set.Name + "/" + person, name)))], "by subject, as asked");
        }

        var official = people.Where(set.OfficialTestSubjects.Contains).ToHashSet();
        if (official.Count > 0 && official.Count < people.Count)
        {
            return (official, "official");
        }

        // A set with a single person among others helps to learn; it cannot be divided by person.
        return people.Count == 1 && !isOnlySet
            ? ([], "all for training")
            : ([.. people.Where((_, i) => i % 3 == 2 || (people.Count == 2 && i == 1))], "by subject, every third");
    }

    private static bool Names(string person, string name) => person == name || person.EndsWith("/" + name, StringComparison.Ordinal);
}

/// <summary>
/// Divides one person's recordings by time: of each uninterrupted bout of an activity the last part is for the test, with a
/// window's length unused in between, so that no two windows share a sample. Windows are never shuffled.
/// </summary>
internal static class TimeBlocks
{
    private const double TestShare = 0.3;

    /// <summary>Note that goes with every figure from such a split.</summary>
    public const string Note =
        "All recordings are of one person: train and test are different times of the same person, so the figures speak for that person only.";

    /// <summary>Splits; labels outside a side's part become −1.</summary>
    /// <param name="recordings">All of one person.</param>
    /// <param name="guardSamples">Samples of each bout left out between the sides.</param>
    public static DataSplit Split(IReadOnlyList<Recording> recordings, int guardSamples)
    {
        var train = new List<Recording>();
        var test = new List<Recording>();
        foreach (var recording in recordings)
        {
            var trainLabels = Enumerable.Repeat((short)-1, recording.SampleCount).ToArray();
            var testLabels = Enumerable.Repeat((short)-1, recording.SampleCount).ToArray();
            foreach (var (start, end, _) in Bout.Of(recording.Labels).Where(bout => bout.Label >= 0))
            {
                var cut = end - (int)((end - start) * TestShare);
                recording.Labels.AsSpan(start, Math.Max(0, cut - guardSamples - start)).CopyTo(trainLabels.AsSpan(start));
                recording.Labels.AsSpan(cut, end - cut).CopyTo(testLabels.AsSpan(cut));
            }

            train.Add(recording with { Labels = trainLabels });
            test.Add(recording with { Labels = testLabels });
        }

        return new DataSplit(train, test, "time blocks of one person", [Note]);
    }
}
