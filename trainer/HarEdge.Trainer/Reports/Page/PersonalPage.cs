using HarEdge.Trainer.Experiments;

namespace HarEdge.Trainer.Reports.Page;

/// <summary>The page of what own recordings are worth.</summary>
internal static class PersonalPage
{
    /// <summary>The page of a study with one or more wearers.</summary>
    public static ReportPage Of(PersonalStudyMetrics metrics, string dataset, bool isSynthetic)
    {
        var page = new ReportPage { Title = $"Models for one wearer: {dataset}", Subtitle = $"{metrics.People.Count} people, each in turn the wearer and all others the public.", IsSynthetic = isSynthetic };
        if (metrics.People.Count > 1)
        {
            page.Add(new PageSection("study", "All wearers", PersonalTables.OfStudy(metrics).Select(Html.Table)));
        }

        return page.Add([.. metrics.People.Select(Section)]).Add(ModelSections.Reproduce(metrics.Command, null, []));
    }

    /// <summary>One wearer: the learning curve, the blend, the activities.</summary>
    public static PageSection Section(PersonalMetrics metrics) => new(
        "wearer-" + string.Concat(metrics.Wearer.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')),
        "Own recordings of " + metrics.Wearer,
        Html.Paragraph(metrics.Advice),
        Curve(metrics),
        PersonalTables.Of(metrics).Select(Html.Table));

    private static System.Xml.Linq.XElement? Curve(PersonalMetrics metrics)
    {
        if (metrics.Curve.Count < 2)
        {
            return null;
        }

        var plot = new Plot(
            "curve-" + metrics.Wearer.Replace('/', '-').Replace(' ', '-'),
            "Accuracy by seconds recorded",
            string.Join("; ", metrics.Curve.Select(point => $"{point.Seconds} s: own alone {Html.Percent(point.OwnAlone)}, blended {Html.Percent(point.Blended)}")) + ".",
            270);
        var x = Scale.FromZero(metrics.Curve.Select(point => (double)point.Seconds), 48, Plot.Width - 20);
        var y = Scale.OfShares(metrics.Curve.SelectMany(point => new[] { point.OwnAlone, point.Blended }).OfType<double>(), 222, 30);
        plot.YAxis(y, x.From, x.To, "accuracy on the wearer's later time", Plot.PercentTick);
        plot.XAxis(x, y.To, y.From, "seconds recorded of each activity", Plot.Count);
        var own = metrics.Curve.Where(point => point.OwnAlone is not null).Select(point => (X: x.At(point.Seconds), Y: y.At(point.OwnAlone!.Value))).ToList();
        if (own.Count > 1)
        {
            plot.Polyline("other", own);
        }

        plot.Polyline("line", metrics.Curve.Select(point => (x.At(point.Seconds), y.At(point.Blended ?? y.Low))));
        foreach (var point in own)
        {
            plot.Diamond(point.X, point.Y, 5);
        }

        foreach (var point in metrics.Curve)
        {
            plot.Dot("dot", x.At(point.Seconds), y.At(point.Blended ?? y.Low), 4);
        }

        return plot.Figure("Line with dots: own recordings blended with everybody else's. Dashed with diamonds: own recordings alone.");
    }
}

/// <summary>The page of leave-one-person-out.</summary>
internal static class PeoplePage
{
    /// <summary>The page.</summary>
    public static ReportPage Of(PeopleMetrics metrics, string dataset, bool isSynthetic)
    {
        var scores = metrics.Scores;
        var summary = metrics.Student;
        var page = new ReportPage
        {
            Title = $"Leave one person out: {dataset}",
            Subtitle = $"Each of {metrics.People.Count} people judged once by a model of all the others, every choice made anew.",
            IsSynthetic = isSynthetic,
            Figures =
            [
                (Html.Percent(summary.Mean), "mean over people", summary.Low is null ? "one person: no interval" : $"95 % interval {Html.Interval(summary.Low, summary.High)}"),
                (Html.Percent(summary.Worst), "the worst person", summary.WorstPerson),
                (Html.Percent(metrics.Decisions.Mean), "of decisions right", "mean over people, unknown counts as wrong"),
            ],
        };
        var ordered = scores.PerSubject.OrderBy(person => person.Value.Accuracy).ThenBy(person => person.Key, StringComparer.Ordinal).ToList();
        return page.Add(
            new PageSection("summary", "Summary", Html.Table(PeopleTables.Summary("Means over people, 95 % intervals of people drawn with replacement", metrics))),
            new PageSection(
                "people",
                "People",
                ScoreSections.PeopleFigure("people", [.. ordered.Select(person => (person.Key, (double?)person.Value.Accuracy, (double?)null, (double?)null))], "Accuracy of each person, the lowest first: where it is low, others like them will be disappointed."),
                Html.Table(ScoreTables.PerSubject("Student, windows by themselves", scores))),
            ScoreSections.Confusion(scores.Classes, scores.Confusion),
            ModelSections.Reproduce(metrics.Command, metrics.Seed, [.. metrics.People[0].DataSha256]));
    }
}

/// <summary>The page of a comparison of teachers.</summary>
internal static class TeachersPage
{
    /// <summary>The page.</summary>
    public static ReportPage Of(TeacherReport report, string command)
    {
        const double Left = 150;
        var rows = report.Teachers;
        var bottom = 10 + (rows.Count * 22);
        var plot = new Plot(
            "teachers-figure", "Accuracy of the teachers", "On test people: " + string.Join("; ", rows.Select(row => $"{row.Name} {Html.Percent(row.TestAccuracy)}")) + ".", bottom + 40);
        var x = Scale.OfShares(rows.SelectMany(row => new[] { row.TestAccuracy, row.CrossValidatedAccuracy ?? double.NaN }), Left, Plot.Width - 20);
        plot.XAxis(x, 6, bottom, "accuracy", Plot.PercentTick);
        for (var i = 0; i < rows.Count; i++)
        {
            var y = 10 + ((i + 0.5) * 22);
            plot.RowName(Left - 8, y + 4, rows[i].Name);
            if (rows[i].CrossValidatedAccuracy is { } validated)
            {
                plot.Diamond(x.At(validated), y, 5, $"{rows[i].Name}, cross-validated: {Html.Percent(validated)}");
            }

            plot.Dot("dot", x.At(rows[i].TestAccuracy), y, 4.5, $"{rows[i].Name}, test people: {Html.Percent(rows[i].TestAccuracy)}");
        }

        return new ReportPage
        {
            Title = $"Teachers: {report.Dataset}",
            Subtitle = $"Split {report.Split}, seed {report.Seed}; {report.TrainWindows} windows to learn from, {report.TestWindows} to test on, {report.Folds} folds of training people.",
            IsSynthetic = report.Synthetic,
        }.Add(
            new PageSection(
                "comparison",
                "Comparison",
                report.Notes.Count == 0 ? null : Html.Points(report.Notes),
                plot.Figure("Dots: test people. Diamonds: training people, each by a teacher that never saw them. The seconds in the table are those of this machine and the one number that differs from run to run."),
                Html.Table(TeacherTables.Of(report))),
            ModelSections.Reproduce(command, report.Seed, []));
    }
}
