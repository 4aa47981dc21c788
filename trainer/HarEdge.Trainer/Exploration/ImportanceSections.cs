using System.Globalization;
using System.Xml.Linq;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;

namespace HarEdge.Trainer.Exploration;

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
        "Inside the groups of the consensus: each feature's own rank among all features. Where the intervals overlap, which one comes first is chance, and any of them will do",
        ["group of", "feature", "own rank, 5 to 95 %", "median", ""],
        [.. study.Groups.Where(group => study.Consensus.Contains(group.Feature)).SelectMany(group => group.Singles.Take(Shown).Select(single => (IReadOnlyList<string>)
        [
            group.Feature, single.Feature, $"{single.Low:0} to {single.High:0}", single.Median.ToString("0", CultureInfo.InvariantCulture), group.IsInterchangeable ? "interchangeable" : "unstable",
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
        Html.Paragraph("Left what a notebook does: a random forest of all rows and single features, five times with another seed, and its first features. Each member of a team gets another list. Right the first groups, five times from four halves of the people each."),
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
