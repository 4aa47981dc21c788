using System.Globalization;
using System.Xml.Linq;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;

namespace HarEdge.Trainer.Exploration;

/// <summary>The page and the tables of an exploration.</summary>
internal static class ExplorationPage
{
    private const int GroupsShown = 25;
    private const int SuspiciousOnPage = 60;
    private const int SuspiciousInTerminal = 15;

    /// <summary>The page.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="input">How the data was read, and what is in it.</param>
    /// <param name="signals">Sections that only recordings have.</param>
    /// <param name="isSynthetic">Whether any of it was generated.</param>
    /// <param name="command">The command.</param>
    public static ReportPage Of(
        ExplorationReport report, IReadOnlyList<ReportTable> input, IReadOnlyList<PageSection> signals, bool isSynthetic, string command)
    {
        var page = new ReportPage
        {
            Title = $"Exploration: {report.Dataset}",
            Subtitle = $"{report.Rows} rows with a label, {report.Features} features, {report.RowsOfPeople.Count} people, {string.Join(", ", report.Classes)}.",
            IsSynthetic = isSynthetic,
            Figures =
            [
                (Html.Percent(report.CrossFitted.Accuracy), "of rows told right by a forest", report.Divided),
                (ScoreTables.Number(report.SuspiciousCount), "suspicious labels", $"{Html.Percent((double)report.SuspiciousCount / report.CrossFitted.Windows)} of rows"),
                (ScoreTables.Number(report.Groups.Count), "groups of features", $"of {report.Features} that say the same"),
                (ScoreTables.Number(report.Importance.Consensus.Count), "features to trust", "groups selected in three of four runs"),
            ],
        };
        return page.Add(
            new PageSection("data", "Data", [Html.Table(People(report)), input.Select(Html.Table), report.Missing.Count == 0 ? null : Html.Table(Missing(report))]),
            Suspicious(report)).Add([.. signals]).Add(
            ScoreSections.Confusion(report.Classes, report.Confusion),
            Distributions(report),
            Groups(report),
            Map(report),
            Drift(report),
            ImportanceSections.Ranking(report.Importance),
            ImportanceSections.Course(report.Importance),
            new PageSection("contrasts", "What parts which classes", report.Contrasts.Select(contrast => Html.Table(Contrasts(contrast)))),
            ModelSections.Reproduce(command, report.Seed, []));
    }

    /// <summary>For the terminal: the short of it.</summary>
    public static IReadOnlyList<ReportTable> Tables(ExplorationReport report) =>
    [
        People(report),
        SuspiciousTable(report, SuspiciousInTerminal),
        ImportanceSections.Table(report.Importance),
        .. ImportanceSections.Singles(report.Importance) is { Rows.Count: > 0 } singles ? [singles] : Array.Empty<ReportTable>(),
        .. report.Contrasts.Select(Contrasts),
        Findings(report),
    ];

    private static ReportTable Findings(ExplorationReport report) => new(
        $"Exploration: {report.Dataset}, seed {report.Seed}",
        ["", ""],
        [
            ["rows with a label", ScoreTables.Number(report.Rows)],
            ["features, groups that say the same", $"{report.Features}, {report.Groups.Count}"],
            [$"told right by a forest, {report.Divided}", Html.Percent(report.CrossFitted.Accuracy)],
            ["suspicious labels", ScoreTables.Number(report.SuspiciousCount)],
            ["test against training rows, AUROC (0.5: alike)", report.TestDrift is { } drift ? Three(drift.Auroc) : "–"],
            [$"stability of the first {report.Importance.Selected} features, plain forest", Three(report.Importance.PlainStability)],
            ["the same of groups, many halves of people", Three(report.Importance.GroupStability)],
            ["consensus", report.Importance.Consensus.Count == 0 ? "–" : string.Join(", ", report.Importance.Consensus)],
        ]);

    private static ReportTable People(ExplorationReport report) => new(
        "Rows by person and class, and how many of the person's a forest told right that did not learn from them",
        ["person", .. report.Classes, "all", "right"],
        [.. report.RowsOfPeople.Select(person => (IReadOnlyList<string>)
        [
            person.Key, .. person.Value.Select(ScoreTables.Number), ScoreTables.Number(person.Value.Sum()), report.AccuracyOfPeople.TryGetValue(person.Key, out var right) ? Html.Percent(right) : "–",
        ])]);

    private static ReportTable Missing(ExplorationReport report) => new(
        "Missing values", ["feature", "rows", "share"], [.. report.Missing.Take(GroupsShown).Select(column => (IReadOnlyList<string>)[column.Feature, ScoreTables.Number(column.Rows), Html.Percent(column.Share)])]);

    private static PageSection Suspicious(ExplorationReport report) => new(
        "suspicious",
        "Suspicious labels",
        Html.Paragraph("Rows whose label a teacher contradicts that did not learn from their person: it holds another class for the likely one, confidently if it is as sure of it as it is on average on rows of that class (confident learning, Northcutt and others, 2021). "
            + "Look at them before you trust any score; some are real transitions."),
        report.Suspicious.Count == 0 ? Html.Paragraph("There are none.") : Html.Table(SuspiciousTable(report, SuspiciousOnPage)));

    private static ReportTable SuspiciousTable(ExplorationReport report, int most) => new(
        $"Labels contradicted, the {Math.Min(most, report.Suspicious.Count)} surest of them; {report.SuspiciousCount} of all confidently",
        ["row", "person", "label", "likely", "its probability", "the label's", "confidently"],
        [.. report.Suspicious.Take(most).Select(row => (IReadOnlyList<string>)[row.Row, row.Person, row.Label, row.Likely, Html.Percent(row.Probability), Html.Percent(row.OfLabel), row.IsConfident ? "yes" : ""])]);

    private static PageSection Distributions(ExplorationReport report) => new(
        "distributions",
        "Features by class",
        Html.Paragraph("The features that part the classes best, one of each group. The thin line reaches from the 5th to the 95th percentile, the bar from the 25th to the 75th, the dot is the median."),
        Html.Of("div", "grid3", report.Distributions.Select((one, i) => DistributionFigure(one, i, report.Classes))));

    private static XElement DistributionFigure(Distribution one, int number, IReadOnlyList<string> names)
    {
        const double Left = 150;
        var bottom = 10 + (names.Count * 22);
        var plot = new Plot($"distribution-{number}", one.Feature, "Medians: " + string.Join("; ", names.Select((name, c) => $"{name} {Short(one.Classes[c].P50)}")) + ".", bottom + 36);
        var ends = one.Classes.SelectMany(quantiles => new[] { quantiles.P5, quantiles.P95 }).OfType<double>().ToList();
        var (low, high) = (ends.Min(), Math.Max(ends.Max(), ends.Min() + 1e-6));
        var x = new Scale(low, high, Left, Plot.Width - 24);
        plot.XAxis(x, 6, bottom, one.Feature.Length > 40 ? one.Feature[..39] + "…" : one.Feature, Short);
        for (var c = 0; c < names.Count; c++)
        {
            var y = 10 + ((c + 0.5) * 22);
            plot.RowName(Left - 8, y + 4, names[c]);
            if (one.Classes[c] is { P5: { } p5, P25: { } p25, P50: { } p50, P75: { } p75, P95: { } p95 })
            {
                plot.Line("range", x.At(p5), y, x.At(p95), y);
                plot.Box("bar2", x.At(p25), y - 5, x.At(p75) - x.At(p25), 10);
                plot.Dot("dot", x.At(p50), y, 4);
            }
        }

        return plot.Figure(one.Words ?? one.Feature);
    }

    private static PageSection Groups(ExplorationReport report) => new(
        "groups",
        "Features that say the same",
        Html.Paragraph($"{report.Features} features are {report.Groups.Count} groups: in each, all are correlated at least 0.9 with the first. Separation is the share of variance between the classes (η²); "
            + "of the person is the share of the variance within a class that lies between people: a feature that is mostly the person will not carry over."),
        Html.Table(new ReportTable(
            $"The {Math.Min(GroupsShown, report.Groups.Count)} groups that part the classes best",
            ["first feature", "in words", "features", "separation", "of the person"],
            [.. report.Groups.Take(GroupsShown).Select(group => (IReadOnlyList<string>)
            [
                group.Feature, group.Words ?? "", ScoreTables.Number(group.Members.Count), Html.Percent(group.Separation), Html.Percent(group.OfPerson),
            ])])));

    private static PageSection Map(ExplorationReport report) => new(
        "map",
        "Map",
        Html.Paragraph($"Rows on the two directions of most variance (principal components: {Html.Percent(report.Map.XShare)} and {Html.Percent(report.Map.YShare)} of it), the same map once for each class: its rows in blue, all others pale."),
        Html.Of("div", "grid3", report.Classes.Select((name, c) =>
        {
            var plot = new Plot($"map-{c}", $"Map of {name}", $"{report.Map.Labels.Count(label => label == c)} rows of {name} among {report.Map.Labels.Count}.", 300);
            var x = new Scale(report.Map.X.Min(), report.Map.X.Max(), 8, Plot.Width - 8);
            var y = new Scale(report.Map.Y.Min(), report.Map.Y.Max(), 292, 8);
            IEnumerable<(double, double)> Of(bool own) => Enumerable.Range(0, report.Map.X.Count).Where(i => report.Map.Labels[i] == c == own).Select(i => (x.At(report.Map.X[i]), y.At(report.Map.Y[i])));
            plot.Marks("others", Of(false));
            plot.Marks("marks", Of(true));
            return plot.Figure(name);
        })));

    private static PageSection? Drift(ExplorationReport report) => report.TestDrift is not { } drift ? null : new PageSection(
        "drift",
        "Training against test",
        Html.Paragraph($"A forest that is to tell rows of the test from rows to learn from reaches an AUROC of {Three(drift.Auroc)} on rows it did not learn from (adversarial validation): 0.5 or less is that they are alike, 1 that they are not."),
        Html.Table(new ReportTable(
            "What it used most", ["feature", "share of its splits' gain"], [.. drift.Features.Select(feature => (IReadOnlyList<string>)[feature.Feature, Html.Percent(feature.Separation)])])));

    private static ReportTable Contrasts(Contrast contrast) => new(
        $"{contrast.What}: share of variance between them",
        ["feature", "separation", "in words"],
        [.. contrast.Features.Select(feature => (IReadOnlyList<string>)[feature.Feature, Html.Percent(feature.Separation), FeatureWords.Of(feature.Feature) ?? "–"])]);

    private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Short(double? value) => value is { } known ? Short(known) : "–";
}
