using HarEdge.Trainer.Distillation;

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
        if (metrics.TeacherInContext is { } heard)
        {
            rows.Add(Row("teacher, hearing the windows before and after", heard));
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
