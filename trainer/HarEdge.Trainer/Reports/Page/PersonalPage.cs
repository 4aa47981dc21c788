using System.Globalization;
using System.Xml.Linq;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Experiments;

namespace HarEdge.Trainer.Reports.Page;

/// <summary>The page of what own recordings are worth.</summary>
internal static class PersonalPage
{
    /// <summary>The page of a study with one or more wearers.</summary>
    public static ReportPage Of(PersonalStudyMetrics metrics, string dataset, IReadOnlyList<DataManifest> data)
    {
        var page = new ReportPage { Title = $"Models for one wearer: {dataset}", Subtitle = $"{People(metrics.People.Count)}, each in turn the wearer and all others the public.", IsSynthetic = metrics.Synthetic };
        page.Add(Summary(metrics));
        if (metrics.People.Count > 1)
        {
            page.Add(new PageSection("study", "All wearers", PersonalTables.OfStudy(metrics).Select(Html.Table)));
        }

        return page.Add([.. metrics.People.Select(Section)]).Add(ModelSections.Data(data), ModelSections.Reproduce(metrics.Command, null, [.. data.Select(one => one.ContentSha256)]));
    }

    private static string People(int count) => count == 1 ? "1 person" : $"{count} people";

    private static PageSection Summary(PersonalStudyMetrics metrics)
    {
        var curves = metrics.People.Where(person => person.Curve is [{ Blended: not null }, .., { Blended: not null }]).Select(person => (First: person.Curve[0], Last: person.Curve[^1])).ToList();
        if (curves.Count == 0)
        {
            return new PageSection("summary", "Summary", Html.Paragraph("Nobody's recordings are long enough to say what more of them would bring."));
        }

        var (before, after) = (curves.Average(curve => curve.First.Blended!.Value), curves.Average(curve => curve.Last.Blended!.Value));
        var (least, most) = (curves.Min(curve => curve.Last.Seconds), curves.Max(curve => curve.Last.Seconds));
        return new PageSection("summary", "Summary", Html.Points(
        [
            $"With the recordings of other people alone {Html.Percent(before)} of a wearer's later windows are right, on average over {People(curves.Count)}.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"With {(least == most ? $"{most}" : $"{least} to {most}")} seconds of each activity recorded by the wearer it is {Html.Percent(after)}: {100 * (after - before):+0.0;-0.0;0.0} points."),
        ]));
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
    /// <param name="metrics">The numbers.</param>
    /// <param name="dataset">Name of the data.</param>
    /// <param name="data">What is in it.</param>
    /// <param name="independentShare">Hop over window: windows that overlap are not independent.</param>
    public static ReportPage Of(PeopleMetrics metrics, string dataset, IReadOnlyList<DataManifest> data, double independentShare)
    {
        var scores = metrics.Scores;
        var summary = metrics.Student;
        var page = new ReportPage
        {
            Title = $"Leave one person out: {dataset}",
            Subtitle = $"{(metrics.People.Count == 1 ? "One person" : $"Each of {metrics.People.Count} people")} judged once by a model of all the others, every choice made anew.",
            IsSynthetic = metrics.Synthetic,
            Figures =
            [
                (Html.Percent(summary.Mean), "mean over people", summary.Low is null ? "one person: no interval" : $"95 % interval {Html.Interval(summary.Low, summary.High)}"),
                (Html.Percent(summary.Worst), "the worst person", summary.WorstPerson),
                (Html.Percent(metrics.Decisions.Mean), "of decisions right", "mean over people, unknown counts as wrong"),
            ],
        };
        return page.Add(
            new PageSection(
                "summary",
                "Summary",
                Html.Points(
                [
                    $"A model that never saw a person names {Html.Percent(summary.Mean)} of that person's windows, on average over {metrics.People.Count} people who were left out one at a time.",
                    $"For the worst of them, {summary.WorstPerson}, it is {Html.Percent(summary.Worst)}.",
                    $"Of the device's decisions {Html.Percent(metrics.Decisions.Mean)} are right, where unknown counts as wrong; the teachers, far too large for the device, have {Html.Percent(metrics.Teacher.Mean)} of the windows.",
                ]),
                Html.Table(PeopleTables.Summary("Means over people, 95 % intervals of people drawn with replacement", metrics))),
            ScoreSections.People(SubjectMetrics.Of(scores, independentShare)),
            ScoreSections.Confusion(scores.Classes, scores.Confusion),
            ModelSections.Data(data),
            ModelSections.Reproduce(metrics.Command, metrics.Seed, [.. metrics.People[0].DataSha256]));
    }
}

/// <summary>The page of a comparison of teachers.</summary>
internal static class TeachersPage
{
    /// <summary>The page.</summary>
    public static ReportPage Of(TeacherReport report, IReadOnlyList<DataManifest> data, string command)
    {
        const double Left = 228;
        var rows = report.Teachers;
        var best = rows.MaxBy(row => row.CrossValidatedAccuracy ?? 0)!;
        var (low, high) = (rows.MinBy(row => row.TestAccuracy)!, rows.MaxBy(row => row.TestAccuracy)!);
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
            new PageSection("summary", "Summary", Html.Points(
            [
                $"Best on training people, each judged by a teacher that never saw them: {best.Name} with {Html.Percent(best.CrossValidatedAccuracy)}; on the test people it has {Html.Percent(best.TestAccuracy)}.",
                $"On the test people the {rows.Count} teachers lie between {Html.Percent(low.TestAccuracy)} ({low.Name}) and {Html.Percent(high.TestAccuracy)} ({high.Name}). Choosing by this number would be choosing by the test: haredge train does not.",
            ])),
            new PageSection(
                "comparison",
                "Comparison",
                report.Notes.Count == 0 ? null : Html.Points(report.Notes),
                plot.Figure("Dots: test people. Diamonds: training people, each by a teacher that never saw them. The seconds in the table are those of this machine and the one number that differs from run to run."),
                Html.Table(TeacherTables.Of(report))),
            ModelSections.Data(data),
            ModelSections.ReproduceButTimes(command, report.Seed, [.. data.Select(one => one.ContentSha256)]));
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
    /// <param name="data">What is in the data.</param>
    public static ReportPage Of(IReadOnlyList<Trial> trials, string subject, string train, string again, IReadOnlyList<DataManifest> data)
    {
        var complete = trials.Where(trial => trial.IsComplete).ToList();
        var page = new ReportPage
        {
            Title = "Search for students",
            Subtitle = $"{subject}. {complete.Count} complete trials, {trials.Count(trial => trial.IsPruned)} given up early; cross-validated on training people, whom to test was never used.",
            IsSynthetic = subject.StartsWith("synthetic ", StringComparison.Ordinal),
        };
        if (complete.Count == 0)
        {
            return page.Add(new PageSection("front", "Pareto front", Html.Paragraph("No trial is complete yet.")), ModelSections.Reproduce(again, null, []));
        }

        return page.Add(
            Summary(trials, complete),
            new PageSection(
                "front",
                "Pareto front",
                Html.Paragraph(
                    "Each ring is a trial. Dots are the trials that no other beats in accuracy, time and bytes at once; lines reach from their worst to their best fold of people. "
                    + "Dashed lines are the budgets of the profiles."),
                Html.Of(
                    "div",
                    "pair",
                    ChipTable.Default.Chips.Select((chip, number) => Figure(
                        $"front-ms-{number}",
                        complete,
                        subject,
                        $"ms a decision on an {chip.Name} at {chip.ClockMhz} MHz",
                        trial => MachinePrice.Milliseconds(trial.Instructions, chip),
                        profile => MachinePrice.Milliseconds(profile.Budget.MostInstructions, chip))),
                    Figure("front-bytes", complete, subject, "bytes of the model", trial => trial.Bytes, profile => profile.Budget.MostBytes)),
                SearchTables.Of(trials, subject).Select(Html.Table)),
            new PageSection(
                "train",
                "Train a point of the front",
                ParetoFront.Of(trials).SelectMany(trial => new object[]
                {
                    new XElement("h3", string.Create(
                        CultureInfo.InvariantCulture, $"Trial {trial.Number}: {Html.Percent(trial.Accuracy)}, {MachinePrice.Of(trial.Instructions) / 1e6:0.00} million machine instructions, {trial.Bytes:0} bytes")),
                    Html.Command($"{train} --trial {trial.Number}"),
                })),
            ModelSections.Data(data),
            ModelSections.Reproduce(again, null, [.. data.Select(one => one.ContentSha256)]));
    }

    private static PageSection Summary(IReadOnlyList<Trial> trials, List<Trial> complete)
    {
        var best = complete.MaxBy(trial => trial.Accuracy)!;
        List<string> lines =
        [
            $"The most accurate of {complete.Count} complete trials is {Words(best)}, cross-validated on people it never saw.",
            .. Profile.All.Select(profile => (profile, Best: ParetoFront.Best(trials, profile.Budget))).Select(pair => pair.Best is { } found
                ? $"Within the budget of {pair.profile.Name}: {Words(found)}."
                : $"Within the budget of {pair.profile.Name}: none yet."),
        ];
        return new PageSection("summary", "Summary", Html.Points(lines));
    }

    private static XElement Figure(string id, List<Trial> complete, string subject, string name, Func<Trial, double> cost, Func<Profile, double> budget)
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
        var y = Scale.OfShares([lowest], 240, 48);
        plot.YAxis(y, x.From, x.To, "accuracy in cross-validation", Plot.PercentTick, nameAbove: 24);
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

        return plot.Figure($"Accuracy against {name}, on a logarithmic scale; lines from the worst to the best fold, dashed the budgets of {string.Join(", ", Profile.All.Select(profile => profile.Name))}. {subject}.");
    }

    private static string Words(Trial trial) => string.Create(
        CultureInfo.InvariantCulture, $"trial {trial.Number}: {Html.Percent(trial.Accuracy)}, {MachinePrice.Of(trial.Instructions) / 1e6:0.00} million machine instructions, {trial.Bytes:0} bytes");
}
