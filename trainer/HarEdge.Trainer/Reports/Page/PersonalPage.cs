using System.Globalization;
using System.Xml.Linq;
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

/// <summary>The page of a search: the Pareto front against instructions and bytes, and how to train each point of it.</summary>
internal static class SearchPage
{
    /// <summary>The page.</summary>
    /// <param name="trials">Trials so far.</param>
    /// <param name="subject">What was searched on.</param>
    /// <param name="train">The command that trains a trial, but for its number.</param>
    /// <param name="again">The command that makes the search again.</param>
    public static ReportPage Of(IReadOnlyList<Trial> trials, string subject, string train, string again)
    {
        var complete = trials.Where(trial => trial.IsComplete).ToList();
        var page = new ReportPage
        {
            Title = "Search for students",
            Subtitle = $"{subject}. {complete.Count} complete trials, {trials.Count(trial => trial.IsPruned)} given up early; cross-validated on training people, whom to test was never looked at.",
            IsSynthetic = subject.StartsWith("synthetic ", StringComparison.Ordinal),
        };
        if (complete.Count == 0)
        {
            return page.Add(new PageSection("front", "Pareto front", Html.Paragraph("No trial is complete yet.")), ModelSections.Reproduce(again, null, []));
        }

        return page.Add(
            new PageSection(
                "front",
                "Pareto front",
                Html.Paragraph(
                    "Each ring is a trial. Dots are the trials that no other beats in accuracy, instructions and bytes at once; lines reach from their worst to their best fold of people. "
                    + "Dashed lines are the budgets of the profiles."),
                Html.Of(
                    "div",
                    "pair",
                    Figure("front-instructions", complete, "IL instructions a decision", trial => trial.Instructions, profile => profile.Budget.MostInstructions),
                    Figure("front-bytes", complete, "bytes of the model", trial => trial.Bytes, profile => profile.Budget.MostBytes)),
                SearchTables.Of(trials, subject).Select(Html.Table)),
            new PageSection(
                "train",
                "Train a point of the front",
                ParetoFront.Of(trials).SelectMany(trial => new object[]
                {
                    new XElement("h3", string.Create(
                        CultureInfo.InvariantCulture, $"Trial {trial.Number}: {Html.Percent(trial.Accuracy)}, {trial.Instructions:0} instructions, {trial.Bytes:0} bytes")),
                    Html.Command($"{train} --trial {trial.Number}"),
                })),
            ModelSections.Reproduce(again, null, []));
    }

    private static XElement Figure(string id, List<Trial> complete, string name, Func<Trial, double> cost, Func<Profile, int> budget)
    {
        var front = ParetoFront.Of(complete);
        var plot = new Plot(
            id,
            "Accuracy against " + name,
            "The front by rising cost: " + string.Join("; ", front.OrderBy(cost).Select(trial => string.Create(CultureInfo.InvariantCulture, $"{cost(trial):0} {name}, {Html.Percent(trial.Accuracy)}"))) + ".",
            290);
        double Positive(Trial trial) => Math.Max(1, cost(trial));
        var ends = complete.Select(Positive).Concat(Profile.All.Select(profile => (double)budget(profile))).ToList();
        var x = new Scale(ends.Min() * 0.85, ends.Max() * 1.15, 48, Plot.Width - 20, IsLogarithmic: true);

        // Hopeless trials would press the others together: they lie on the lower edge.
        var lowest = front.Min(trial => trial.FoldAccuracies.Min());
        var y = Scale.OfShares([lowest], 240, 44);
        plot.YAxis(y, x.From, x.To, "accuracy in cross-validation", Plot.PercentTick);
        plot.XAxis(x, y.To, y.From, name, Plot.Count);
        foreach (var profile in Profile.All)
        {
            plot.Line("ideal", x.At(budget(profile)), y.To, x.At(budget(profile)), y.From);
            plot.Text(x.At(budget(profile)) - 3, y.To - 2, profile.Name, "quiet end");
        }

        foreach (var trial in complete.Except(front))
        {
            plot.Dot("ring", x.At(Positive(trial)), y.At(trial.Accuracy), 2.5, Words(trial));
        }

        foreach (var trial in front)
        {
            plot.Line("range", x.At(Positive(trial)), y.At(trial.FoldAccuracies.Min()), x.At(Positive(trial)), y.At(trial.FoldAccuracies.Max()));
            plot.Dot("dot", x.At(Positive(trial)), y.At(trial.Accuracy), 4.5, Words(trial));
        }

        return plot.Figure($"Accuracy against {name}, on a logarithmic scale.");
    }

    private static string Words(Trial trial) => string.Create(
        CultureInfo.InvariantCulture, $"trial {trial.Number}: {Html.Percent(trial.Accuracy)}, {trial.Instructions:0} instructions, {trial.Bytes:0} bytes");
}

/// <summary>The page of a bit-exact comparison.</summary>
internal static class ComparisonPage
{
    /// <summary>On the desktop: trainer, generated code, device twin.</summary>
    public static ReportPage Of(string about, ParityMetrics parity, bool isSynthetic, string command) => new ReportPage
    {
        Title = "Comparison, bit for bit",
        Subtitle = about,
        IsSynthetic = isSynthetic,
    }.Add(
        ModelSections.Device(parity, null),
        ModelSections.Reproduce(command, null, []));

    /// <summary>With a device: the tables the terminal shows.</summary>
    public static ReportPage Of(string about, IReadOnlyList<ReportTable> tables, string command) => new ReportPage
    {
        Title = "Comparison with a device, bit for bit",
        Subtitle = about,
    }.Add(
        new PageSection("comparison", "Comparison", tables.Select(Html.Table)),
        ModelSections.Reproduce(command, null, []));
}
