using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Experiments;

namespace HarEdge.Trainer.Reports;

/// <summary>The tables of leave-one-person-out.</summary>
internal static class PeopleTables
{
    /// <summary>Confusion, people worst first, and the summary with intervals.</summary>
    public static IReadOnlyList<ReportTable> Of(PeopleMetrics metrics)
    {
        var about = $"each of {metrics.People.Count} people left out once: {metrics.Command}";
        return
        [
            ScoreTables.Confusion($"Student, windows by themselves, {about}", metrics.Scores),
            ScoreTables.PerSubject($"By person, {about}", metrics.Scores),
            Summary($"Summary, {about}", metrics),
        ];
    }

    /// <summary>Means over people, 95 % intervals, worst people.</summary>
    public static ReportTable Summary(string title, PeopleMetrics metrics)
    {
        List<IReadOnlyList<string>> rows = [Row("student, windows by themselves", metrics.Student)];
        if (metrics.WearCalibrated is { } calibrated)
        {
            rows.Add(Row("student after three seconds of standing still", calibrated));
        }

        rows.Add(Row("decisions of the device, unknown counted as wrong", metrics.Decisions));
        rows.Add(Row("teacher, windows by themselves", metrics.Teacher));
        if (metrics.TeacherInContext is { } context)
        {
            rows.Add(Row("teacher, with the windows before and after", context));
        }

        return new ReportTable(title, ["", "people", "mean over people", "95 % interval", "of all windows", "worst person", ""], rows);
    }

    private static IReadOnlyList<string> Row(string name, PersonFigures figures) =>
    [
        name,
        ScoreTables.Number(figures.People),
        ReportTable.Percent(figures.Mean ?? double.NaN),
        $"{ReportTable.Percent(figures.Low ?? double.NaN)} to {ReportTable.Percent(figures.High ?? double.NaN)}",
        ReportTable.Percent(figures.OfWindows ?? double.NaN),
        ReportTable.Percent(figures.Worst ?? double.NaN),
        figures.WorstPerson,
    ];
}

/// <summary>What <c>haredge loso --json</c> prints: leave-one-person-out over all people. Shares are 0..1.</summary>
internal sealed record PeopleMetrics
{
    /// <summary>Names of the data sets, joined by '+'.</summary>
    public required string Dataset { get; init; }

    /// <summary>True when any of the data was generated.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The command.</summary>
    public required string Command { get; init; }

    /// <summary>Seed of the intervals.</summary>
    public required int Seed { get; init; }

    /// <summary>Everybody, by name; the counts all other figures are made of.</summary>
    public required IReadOnlyList<HeldOutPerson> People { get; init; }

    /// <summary>The student's windows by themselves.</summary>
    public PersonFigures Student => PersonFigures.Of(People.Select(person => (person.Person, person.Student)), Seed);

    /// <summary>The same after three seconds of standing still, of those who did.</summary>
    public PersonFigures? WearCalibrated => People.All(person => person.WearCalibrated is null)
        ? null
        : PersonFigures.Of(People.Where(person => person.WearCalibrated is not null).Select(person => (person.Person, person.WearCalibrated!)), Seed);

    /// <summary>Decisions after unknown rule and filter; unknown counts as wrong.</summary>
    public PersonFigures Decisions => PersonFigures.Of(People.Select(person => (person.Person, person.Decisions)), Seed);

    /// <summary>The teacher's windows by themselves.</summary>
    public PersonFigures Teacher => PersonFigures.Of(People.Select(person => (person.Person, person.Teacher)), Seed);

    /// <summary>The teacher with the windows before and after, where it is better off with; null when that is so for nobody.</summary>
    public PersonFigures? TeacherInContext => People.All(person => person.TeacherInContext is null)
        ? null
        : PersonFigures.Of(People.Select(person => (person.Person, person.TeacherInContext ?? person.Teacher)), Seed);

    /// <summary>The student's confusion over all people.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ClassificationScores Scores => new()
    {
        Classes = People[0].Classes,
        Confusion = [.. People[0].Classes.Select((_, row) => People[0].Classes.Select((_, column) => People.Sum(person => person.Confusion[row][column])).ToArray())],
        PerSubject = People.ToDictionary(person => person.Person, person => person.Student),
    };
}

/// <summary>Accuracy over people: mean with its interval, all windows together, and the worst person.</summary>
/// <param name="People">Number of people.</param>
/// <param name="Mean">Mean of each person's accuracy.</param>
/// <param name="Low">Lower end of the mean's 95 % interval, people drawn with replacement; null for one person.</param>
/// <param name="High">Upper end.</param>
/// <param name="OfWindows">Share of all windows right.</param>
/// <param name="Worst">The worst person's accuracy.</param>
/// <param name="WorstPerson">Who that is.</param>
internal sealed record PersonFigures(int People, double? Mean, double? Low, double? High, double? OfWindows, double? Worst, string WorstPerson)
{
    internal static PersonFigures Of(IEnumerable<(string Person, SubjectScore Score)> people, int seed)
    {
        var all = people.ToList();
        var interval = BootstrapInterval.OfMean([.. all.Select(person => person.Score)], seed);
        var (worst, score) = all.OrderBy(person => person.Score.Accuracy).ThenBy(person => person.Person, StringComparer.Ordinal).First();
        return new PersonFigures(
            all.Count,
            ScoreMetrics.Share(all.Average(person => person.Score.Accuracy)),
            ScoreMetrics.Share(interval.Low),
            ScoreMetrics.Share(interval.High),
            ScoreMetrics.Share((double)all.Sum(person => person.Score.Right) / all.Sum(person => person.Score.Windows)),
            ScoreMetrics.Share(score.Accuracy),
            worst);
    }
}
