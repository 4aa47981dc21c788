using System.Globalization;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>What one wearer's own recordings are worth. Shares are 0..1.</summary>
internal sealed record PersonalStudy
{
    /// <summary>The wearer, as "data set/subject".</summary>
    public required string Wearer { get; init; }

    /// <summary>Weight of everybody else in what is learned, chosen by <see cref="Blends"/>.</summary>
    public required double PublicShare { get; init; }

    /// <summary>Every share tried, cross-validated over blocks of the wearer's earlier time.</summary>
    public required IReadOnlyList<BlendScore> Blends { get; init; }

    /// <summary>By seconds of each activity recorded, accuracy on the wearer's later time.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>Each activity of the wearer.</summary>
    public required IReadOnlyList<OwnClass> Classes { get; init; }

    /// <summary>What to record next.</summary>
    public required string Advice { get; init; }
}

/// <summary>Accuracy when everybody else has this weight.</summary>
internal sealed record BlendScore(double PublicShare, double Accuracy);

/// <summary>Accuracy on later time.</summary>
/// <param name="Seconds">Of each activity learned from, at most.</param>
/// <param name="OwnAlone">The wearer's windows alone; null when there are none.</param>
/// <param name="Blended">With everybody else at the chosen weight.</param>
internal sealed record CurvePoint(int Seconds, double? OwnAlone, double Blended);

/// <summary>An activity of the wearer.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Seconds">Recorded, for learning.</param>
/// <param name="Recognised">Share of its windows right in the cross-validation; NaN when it has none.</param>
/// <param name="TakenFor">The class it is most often taken for, or null.</param>
internal sealed record OwnClass(string Name, double Seconds, double Recognised, string? TakenFor);

/// <summary>Says which activity a wearer should record next, if any.</summary>
internal static class RecordingAdvice
{
    // Below, cross-validation has too few windows to speak.
    private const double LeastSeconds = 15;

    // One window in fifty is what a change of pace or a cough does.
    private const double GoodEnough = 0.98;

    public static string Of(IReadOnlyList<OwnClass> classes)
    {
        var shortest = classes.MinBy(one => one.Seconds)!;
        if (shortest.Seconds < LeastSeconds)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Record another half minute of {shortest.Name}: there are {shortest.Seconds:0} seconds to learn from.");
        }

        var worst = classes.MinBy(one => double.IsNaN(one.Recognised) ? 0 : one.Recognised)!;
        return worst.Recognised >= GoodEnough
            ? string.Create(CultureInfo.InvariantCulture, $"Enough is recorded: every activity is recognised in at least {100 * worst.Recognised:0} % of the windows that were not learned from.")
            : string.Create(CultureInfo.InvariantCulture, $"Record another half minute of {worst.Name}: it is recognised in {100 * worst.Recognised:0} % of the windows that were not learned from")
                + (worst.TakenFor is null ? "." : $", and else mostly taken for {worst.TakenFor}.");
    }
}

/// <summary>One wearer's recordings, divided by time, and everybody else's.</summary>
/// <param name="Wearer">As "data set/subject".</param>
/// <param name="Classes">Class names that labels index.</param>
/// <param name="Own">The wearer's earlier and later time.</param>
/// <param name="Others">Everybody else's recordings; may be empty.</param>
internal sealed record PersonalSplit(string Wearer, IReadOnlyList<string> Classes, DataSplit Own, IReadOnlyList<Recording> Others)
{
    /// <summary>Divides.</summary>
    /// <param name="relabelled">All recordings with common labels.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="wearer">As "data set/subject".</param>
    /// <param name="windowSamples">Guard between the wearer's earlier and later time.</param>
    public static PersonalSplit Of(IEnumerable<Recording> relabelled, IReadOnlyList<string> classes, string wearer, int windowSamples)
    {
        var all = relabelled.ToLookup(recording => WindowExtractor.SubjectKey(recording) == wearer);
        return new PersonalSplit(wearer, classes, TimeBlocks.Split([.. all[true]], windowSamples), [.. all[false]]);
    }

    /// <summary>What a model of a blend learns from, and the wearer's later time to test it on.</summary>
    public DataSplit With(PersonalBlend blend) => new(
        [.. blend.PublicShare > 0 ? Others : [], .. blend.PublicShare < 1 ? Own.Train : []],
        Own.Test,
        FormattableString.Invariant($"time blocks of one person; everybody else weighs {100 * blend.PublicShare:0} %"),
        Own.Notes);
}

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

/// <summary>How much other people count when a model learns for one wearer.</summary>
/// <param name="Wearer">The wearer, as "data set/subject".</param>
/// <param name="PublicShare">Weight of everybody else's windows in all, 0 (the wearer alone) to 1 (everybody else alone).</param>
internal sealed record PersonalBlend(string Wearer, double PublicShare)
{
    /// <summary>The shares tried.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0, 0.3, 0.7, 0.9, 1];

    /// <summary>
    /// The share that listens to the wearer most among those within one standard error of the best: the wearer's blocks were judged by
    /// models that had learned from a third less of the wearer than the last one will, so a narrow lead of the others is none.
    /// </summary>
    /// <param name="blends">The shares tried.</param>
    /// <param name="windows">Windows each was judged on.</param>
    public static double Choose(IReadOnlyList<BlendScore> blends, int windows)
    {
        // One window right and one wrong more: a perfect score of a few windows is no certainty.
        var best = blends.Max(blend => blend.Accuracy);
        var likely = ((best * windows) + 1) / (windows + 2);
        var error = Math.Sqrt(likely * (1 - likely) / (windows + 2));
        return blends.Where(blend => blend.Accuracy >= best - error).Min(blend => blend.PublicShare);
    }

    /// <summary>For each row its weight, 1 on average; null where only one side is there.</summary>
    public float[]? WeightsOf(WindowTable table)
    {
        var isOwn = Array.ConvertAll(table.SubjectOfRow, subject => table.Subjects[subject] == Wearer);
        var own = isOwn.Count(mine => mine);
        var others = isOwn.Length - own;
        return own == 0 || others == 0
            ? null
            : Array.ConvertAll(isOwn, mine => (float)(isOwn.Length * (mine ? (1 - PublicShare) / own : PublicShare / others)));
    }
}
