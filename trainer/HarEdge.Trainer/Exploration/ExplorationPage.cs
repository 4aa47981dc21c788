using System.Globalization;
using System.Xml.Linq;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Tables;

namespace HarEdge.Trainer.Exploration;

/// <summary>The page and the tables of an exploration.</summary>
internal static class ExplorationPage
{
    private const int GroupsShown = 25;
    private const int SuspiciousOnPage = 60;
    private const int LeastSuspiciousInTerminal = 15;
    private const double SuspiciousShareInTerminal = 0.06;

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
                (Html.Percent(report.CrossFitted.Accuracy), "of rows named correctly by a forest", report.Divided),
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
    /// <param name="report">What was found.</param>
    /// <param name="input">How the data was read, and what is in it.</param>
    public static IReadOnlyList<ReportTable> Tables(ExplorationReport report, IReadOnlyList<ReportTable> input) =>
    [
        .. input,
        People(report),
        SuspiciousTable(report, Math.Clamp((int)Math.Ceiling(SuspiciousShareInTerminal * report.CrossFitted.Windows), LeastSuspiciousInTerminal, SuspiciousOnPage)),
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
            [$"named correctly by a forest, {report.Divided}", Html.Percent(report.CrossFitted.Accuracy)],
            .. Contrast.Findings(report.Contrasts),
            ["suspicious labels", ScoreTables.Number(report.SuspiciousCount)],
            ["test against training rows, AUROC (0.5: alike)", report.TestDrift is { } drift ? Three(drift.Auroc) : "–"],
            [$"stability of the first {report.Importance.Selected} features, plain forest", Three(report.Importance.PlainStability)],
            ["the same of groups, many halves of people", Three(report.Importance.GroupStability)],
            ["consensus", report.Importance.Consensus.Count == 0 ? "–" : string.Join(", ", report.Importance.Consensus)],
        ]);

    private static ReportTable People(ExplorationReport report) => new(
        "Rows by person and class, and how many of the person's a forest named correctly that did not learn from them",
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
        $"Labels contradicted, the {Math.Min(most, report.Suspicious.Count)} surest of {report.Contradicted.Count}, {report.SuspiciousCount} confidently; rows counted from 0, as pandas does",
        [.. HasIds(report) ? ["id"] : Array.Empty<string>(), "row", "line", "person", "label", "likely", "its probability", "the label's", "confidently"],
        [.. report.Suspicious.Take(most).Select(row => (IReadOnlyList<string>)[.. HasIds(report) ? [row.Id ?? ""] : Array.Empty<string>(), Plain(row.Row), Plain(row.Line), row.Person, row.Label, row.Likely, Html.Percent(row.Probability), Html.Percent(row.OfLabel), row.IsConfident ? "yes" : ""])]);

    private static bool HasIds(ExplorationReport report) => report.Suspicious.Any(row => row.Id is not null);

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

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
        $"{contrast.What}: {contrast.Mistakes} of {contrast.OfMistakes} mistakes lie across; what one threshold on a feature alone has right of both sides on average (chance: 50 %), and its share of variance between them",
        ["feature", "alone", "separation", "in words"],
        [.. contrast.Features.Select(feature => (IReadOnlyList<string>)[feature.Feature, Html.Percent(feature.Alone), Html.Percent(feature.Separation), FeatureWords.Of(feature.Feature) ?? "–"])]);

    private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Short(double? value) => value is { } known ? Short(known) : "–";
}

/// <summary>Importance on a page: ranks with intervals, the consensus with its error bound, and what a plain forest says five times.</summary>
internal static class ImportanceSections
{
    private const int Shown = 15;

    /// <summary>Groups with their rank intervals.</summary>
    public static PageSection Ranking(ImportanceStudy study) => new(
        "importance",
        "Importance, and how sure it is",
        Html.Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"{study.Runs} forests, each of another half of the {study.Halved} and another seed; the other half judges. Features that say the same are one group, so that they do not take importance from each other. The rank interval holds nine of ten runs.")),
        Html.Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"In the consensus are groups that are among the first {study.Selected}, and cost accuracy when shuffled, in at least {100 * ImportanceStudy.Threshold:0} % of the runs: {(study.Consensus.Count == 0 ? "none" : string.Join(", ", study.Consensus))}. At most {study.ErrorBound:0.0} of them are expected to be there in error (stability selection, Meinshausen and Bühlmann, 2010; for exchangeable features). Half of the runs and the other half agree on {100 * study.HalvesAgree:0} % of it; stability of the selections is {study.Stability:0.00} (Nogueira and others, 2018; 1 always the same, 0 as by chance).")),
        RankFigure([.. study.Groups.Take(Shown)]),
        Html.Table(Table(study)),
        Singles(study) is { Rows.Count: > 0 } singles ? Html.Table(singles) : null);

    /// <summary>Own ranks of features that share a group of the consensus.</summary>
    public static ReportTable Singles(ImportanceStudy study) => new(
        "Inside the groups of the consensus: each feature's own rank among all features, and what shuffling it alone costs. Single ranks are unstable there: which feature comes first is chance, and any whose intervals overlap will do",
        ["group of", "feature", "own rank, 5 to 95 %", "median", "lost when alone shuffled", ""],
        [.. study.Groups.Where(group => study.Consensus.Contains(group.Feature)).SelectMany(group => group.Singles.Take(Shown).Select(single => (IReadOnlyList<string>)
        [
            group.Feature, single.Feature, $"{single.Low:0} to {single.High:0}", single.Median.ToString("0", CultureInfo.InvariantCulture), single.Loss is { } loss ? ReportTable.Points(loss) + " points" : "–",
            group.IsInterchangeable ? "unstable, interchangeable" : "unstable",
        ]))]);

    /// <summary>The table of groups.</summary>
    public static ReportTable Table(ImportanceStudy study) => new(
        "Importance: share of the forests' gain, accuracy lost on people not learned from when the group is shuffled, rank, how often selected",
        ["first feature", "features", "gain", "accuracy lost", "rank, 5 to 95 %", "median", "selected"],
        [.. study.Groups.Take(Shown).Select(group => (IReadOnlyList<string>)
        [
            group.Feature, ScoreTables.Number(group.Members.Count), Html.Percent(group.Gain), group.Loss is { } loss ? ReportTable.Points(loss) + " points" : "–",
            $"{group.RankLow:0} to {group.RankHigh:0}", group.RankMedian.ToString("0", CultureInfo.InvariantCulture), Html.Percent(group.Frequency),
        ])]);

    /// <summary>Five rankings of a plain forest, and five of ours.</summary>
    public static PageSection Course(ImportanceStudy study) => new(
        "rankings",
        "Five seeds, five rankings",
        Html.Paragraph("Left what a notebook does: a random forest of all rows and single features, five times with another seed, and its first features. Each member of a team gets another list. Right the first groups, five times from six halves of the people each."),
        Html.Of(
            "div",
            "pair",
            Bumps("plain", "Plain forest", study.PlainRankings, study.PlainStability),
            Bumps("grouped", "Groups over halves of people", study.GroupRankings, study.GroupStability)));

    private static XElement RankFigure(IReadOnlyList<GroupImportance> groups)
    {
        const double Left = 190;
        var bottom = 8 + (groups.Count * 18);
        var plot = new Plot(
            "ranks", "Rank of each group", "Median rank and its interval: " + string.Join("; ", groups.Select(group => $"{group.Feature} {group.RankMedian:0} ({group.RankLow:0} to {group.RankHigh:0})")) + ".", bottom + 40);
        var x = new Scale(1, Math.Max(20, groups.Max(group => group.RankHigh)), Left, Plot.Width - 16, IsLogarithmic: true);
        plot.XAxis(x, 4, bottom, "rank by gain, 1 is first", Plot.Count);
        for (var row = 0; row < groups.Count; row++)
        {
            var y = 8 + ((row + 0.5) * 18);
            plot.RowName(Left - 8, y + 4, groups[row].Feature);
            plot.Line("range", x.At(groups[row].RankLow), y, x.At(groups[row].RankHigh), y);
            plot.Dot(groups[row].Frequency >= ImportanceStudy.Threshold ? "dot" : "ring", x.At(groups[row].RankMedian), y, 4.5);
        }

        return plot.Figure("Dots are median ranks, lines hold nine of ten runs. Filled: in the consensus. Ring: not.");
    }

    // A line for each feature through the rankings it is in; who is in all of them is drawn full.
    private static XElement Bumps(string id, string title, IReadOnlyList<IReadOnlyList<string>> rankings, double stability)
    {
        const double Left = 170;
        var depth = rankings.Max(ranking => ranking.Count);
        var names = rankings.SelectMany(ranking => ranking).Distinct().ToList();
        var always = names.Count(name => rankings.All(ranking => ranking.Contains(name)));
        var plot = new Plot(id, title, $"{names.Count} different features in {rankings.Count} rankings of {depth}; {always} are in all of them.", 70 + (depth * 20));
        double X(int ranking) => Left + ((Plot.Width - 20 - Left) * ranking / (rankings.Count - 1.0));
        double Y(int rank) => 32 + (rank * 20);
        plot.Text(0, 14, title, "axis");
        for (var ranking = 0; ranking < rankings.Count; ranking++)
        {
            plot.Text(X(ranking), 22 + 4, (ranking + 1).ToString(CultureInfo.InvariantCulture), "tick middle");
        }

        foreach (var name in names)
        {
            var places = Enumerable.Range(0, rankings.Count).Select(ranking => (Ranking: ranking, Rank: rankings[ranking].ToList().IndexOf(name))).Where(place => place.Rank >= 0).ToList();
            for (var i = 1; i < places.Count; i++)
            {
                plot.Line(
                    places.Count == rankings.Count ? "line" : "ideal", X(places[i - 1].Ranking), Y(places[i - 1].Rank) + 14, X(places[i].Ranking), Y(places[i].Rank) + 14);
            }

            foreach (var (ranking, rank) in places)
            {
                plot.Dot(places.Count == rankings.Count ? "dot" : "ring", X(ranking), Y(rank) + 14, 4, name);
            }
        }

        for (var rank = 0; rank < rankings[0].Count; rank++)
        {
            plot.RowName(Left - 12, Y(rank) + 18, rankings[0][rank]);
        }

        return plot.Figure(string.Create(
            CultureInfo.InvariantCulture,
            $"{names.Count} different features in five rankings of {depth}, {always} of them in all five (filled, full lines). Stability {stability:0.00}. Names are those of the first ranking."));
    }
}
