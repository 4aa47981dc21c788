using System.Globalization;
using System.Xml.Linq;
using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Reports.Page;

/// <summary>Sections about right and wrong windows, from the numbers JSON files hold; several verbs show them.</summary>
internal static class ScoreSections
{
    /// <summary>Accuracies side by side, and each class.</summary>
    /// <param name="rows">Name and scores, the first of them the page's subject.</param>
    /// <param name="classes">Class by class.</param>
    public static PageSection Accuracy(IReadOnlyList<(string Name, ScoreMetrics Scores)> rows, IReadOnlyDictionary<string, ClassMetrics> classes) => new(
        "accuracy",
        "Accuracy",
        Html.Table(new ReportTable(
            "Share of windows right; the interval is that of other people of the same kind: 2000 draws of whole people with replacement",
            ["", "accuracy", "95 % interval", "macro-F1", "windows"],
            [.. rows.Select(row => (IReadOnlyList<string>)
            [
                row.Name, Html.Percent(row.Scores.Accuracy), Html.Interval(row.Scores.Low, row.Scores.High), Html.Percent(row.Scores.MacroF1), ScoreTables.Number(row.Scores.Windows),
            ])])),
        Html.Table(new ReportTable(
            "By class: recall is the share of the class's windows that were found, precision the share of windows called so that are so",
            ["class", "windows", "recall", "precision", "F1"],
            [.. classes.Select(one => (IReadOnlyList<string>)
            [
                one.Key, ScoreTables.Number(one.Value.Windows), Html.Percent(one.Value.Recall), Html.Percent(one.Value.Precision), Html.Percent(one.Value.F1),
            ])])));

    /// <summary>The confusion matrix as a heat map: counts in the cells, shares of the row as ground.</summary>
    public static PageSection Confusion(IReadOnlyList<string> classes, IReadOnlyList<IReadOnlyList<int>> confusion)
    {
        var table = new XElement(
            "table",
            new XAttribute("class", "matrix"),
            new XElement(
                "thead",
                new XElement("tr", Html.Of("th", "side", new XAttribute("scope", "col"), "label ↓ prediction →"), classes.Select(name => new XElement("th", new XAttribute("scope", "col"), Breakable(name))))),
            new XElement("tbody", classes.Select((name, label) => new XElement(
                "tr", new XElement("th", new XAttribute("scope", "row"), name), classes.Select((_, predicted) => Cell(confusion[label], label, predicted))))));
        return new PageSection(
            "confusion",
            "Confusion",
            Html.Paragraph(
                "Rows are the labels (what the wearer did), columns the predictions (what the model said). Each cell has the number of windows and its share of the row. "
                + "On the diagonal, in blue, are right windows; all others, in orange, are mistakes. The stronger the color, the larger the share."),
            Html.Scrolling("Confusion matrix, rows labels, columns predictions", table),
            Mistakes(classes, confusion));
    }

    /// <summary>Everybody's accuracy with its interval, the worst first.</summary>
    public static PageSection? People(IReadOnlyDictionary<string, SubjectMetrics> people)
    {
        var ordered = people.OrderBy(person => person.Value.Accuracy).ThenBy(person => person.Key, StringComparer.Ordinal).ToList();
        return new PageSection(
            "people",
            "People",
            PeopleFigure("people", [.. ordered.Select(person => (person.Key, person.Value.Accuracy, person.Value.Low, person.Value.High))],
                "Accuracy of each person, the lowest first. Lines are 95 % intervals (Wilson) of as many windows as lie side by side: overlapping windows count once."),
            Html.Table(new ReportTable(
                "By person",
                ["person", "windows", "right", "accuracy", "95 % interval"],
                [.. ordered.Select(person => (IReadOnlyList<string>)
                [
                    person.Key, ScoreTables.Number(person.Value.Windows), ScoreTables.Number(person.Value.Right), Html.Percent(person.Value.Accuracy),
                    Html.Interval(person.Value.Low, person.Value.High),
                ])])));
    }

    /// <summary>A row a person: a dot and, where there is one, its interval.</summary>
    public static XElement PeopleFigure(string id, IReadOnlyList<(string Name, double? Accuracy, double? Low, double? High)> people, string caption, string what = "person")
    {
        const double Left = 150;
        const double RowHeight = 18;
        var bottom = 8 + (people.Count * RowHeight);
        var plot = new Plot(
            id + "-figure",
            "Accuracy by " + what,
            $"Accuracy by {what}, {people.Count} in all, from {people[0].Name} with {Html.Percent(people[0].Accuracy)} to {people[^1].Name} with {Html.Percent(people[^1].Accuracy)}.",
            (int)bottom + 40);
        var x = Scale.OfShares(people.SelectMany(person => new[] { person.Low, person.Accuracy }).OfType<double>(), Left, Plot.Width - 20);
        plot.XAxis(x, 4, bottom, "accuracy", Plot.PercentTick);
        for (var row = 0; row < people.Count; row++)
        {
            var (name, accuracy, low, high) = people[row];
            var y = 8 + ((row + 0.5) * RowHeight);
            plot.RowName(Left - 8, y + 4, name);
            if (low is { } from && high is { } to)
            {
                plot.Line("range", x.At(from), y, x.At(to), y);
            }

            plot.Dot("dot", x.At(accuracy ?? x.Low), y, 4.5, $"{name}: {Html.Percent(accuracy)}");
        }

        return plot.Figure(caption);
    }

    /// <summary>What stated confidence is worth: accuracy when the unsure windows are left out, and confidence against truth.</summary>
    public static PageSection? Confidence(
        IReadOnlyList<CoverageMetrics> curve, IReadOnlyList<ConfidenceBand> bands, double? auroc, double? calibrationError) => bands.Count == 0 ? null : new PageSection(
        "confidence",
        "Confidence",
        Html.Of("div", "pair", CoverageFigure(curve), CalibrationFigure(bands)),
        Html.Paragraph(
            $"Confidence parts right windows from wrong ones with AUROC {Decimals(auroc, 3)} (1 is perfect, 0.5 is chance). ",
            $"It is off by {Decimals(100 * calibrationError, 1)} points on average over windows (expected calibration error over the bands below)."),
        Html.Table(new ReportTable(
            "Stated confidence against the truth",
            ["stated", "windows", "mean stated", "right"],
            [.. bands.Select(band => (IReadOnlyList<string>)
            [
                $"{band.FromPercent}–{band.ToPercent} %", ScoreTables.Number(band.Windows), Html.Percent(band.MeanPercent / 100), Html.Percent((double)band.Right / band.Windows),
            ])])));

    /// <summary>Continuous recordings, pauses and changes included: before and after the filter, and what the unknown rule rejects.</summary>
    public static PageSection Continuous(StreamMetrics stream, UnknownMetrics unknown, IReadOnlyList<string> classes, IReadOnlyList<AnswerTimeline> timelines, int hopSamples) => new(
        "timeline",
        "Timeline",
        Html.Paragraph("Each recording from its first to its last window, as the device would have decided. The pale band is the label, the mark inside it the device's decision: where the mark leaves the band, the decision was wrong or late."),
        Hypnogram.Key(),
        Hypnogram.Of(classes, timelines, hopSamples),
        Html.Table(StreamTables.Filter(stream)),
        unknown.MostlyOutOfClassWindows > 0 ? Html.Table(StreamTables.Unknown(unknown)) : null);

    /// <summary>The three commonest mistakes in words; null when there is none.</summary>
    internal static XElement? Mistakes(IReadOnlyList<string> classes, IReadOnlyList<IReadOnlyList<int>> confusion)
    {
        var lines = Enumerable.Range(0, classes.Count)
            .SelectMany(label => Enumerable.Range(0, classes.Count).Where(said => said != label).Select(said => (label, said, Windows: confusion[label][said])))
            .Where(mistake => mistake.Windows > 0)
            .OrderByDescending(mistake => mistake.Windows).ThenBy(mistake => mistake.label).ThenBy(mistake => mistake.said).Take(3)
            .Select(mistake => $"{classes[mistake.label]} taken for {classes[mistake.said]}: {mistake.Windows} windows")
            .ToList();
        return lines.Count == 0 ? null : Html.Points(lines);
    }

    private static XElement CoverageFigure(IReadOnlyList<CoverageMetrics> curve)
    {
        var (first, last) = (curve[0], curve[^1]);
        var plot = new Plot(
            "coverage",
            "Accuracy against coverage",
            $"Answering all windows {Html.Percent(first.Accuracy)} are right; answering only the surest {Html.Percent(last.Coverage)} it is {Html.Percent(last.Accuracy)}.",
            270);
        var x = new Scale(last.Coverage, 1, 48, Plot.Width - 20);
        var y = Scale.OfShares(curve.Select(point => point.Accuracy ?? double.NaN), 222, 30);
        plot.YAxis(y, x.From, x.To, "accuracy of the windows answered", Plot.PercentTick);
        plot.XAxis(x, y.To, y.From, "share of windows answered, the surest first", Plot.PercentTick);
        plot.Polyline("line", curve.Select(point => (x.At(point.Coverage), y.At(point.Accuracy ?? y.Low))));
        foreach (var point in curve)
        {
            plot.Dot("dot", x.At(point.Coverage), y.At(point.Accuracy ?? y.Low), 3.5, $"{Html.Percent(point.Coverage)} answered: {Html.Percent(point.Accuracy)} right");
        }

        return plot.Figure("Accuracy when the model keeps silent on the windows it is least sure of.");
    }

    private static XElement CalibrationFigure(IReadOnlyList<ConfidenceBand> bands)
    {
        var plot = new Plot(
            "calibration",
            "Stated confidence against accuracy",
            "Bands of stated confidence: " + string.Join("; ", bands.Select(band => $"{Html.Percent(band.MeanPercent / 100)} stated, {Html.Percent((double)band.Right / band.Windows)} right")) + ".",
            270);
        var lowest = bands.Min(band => Math.Min(band.MeanPercent / 100, (double)band.Right / band.Windows));
        var x = Scale.OfShares([lowest], 48, Plot.Width - 20);
        var y = x with { From = 222, To = 30 };
        plot.YAxis(y, x.From, x.To, "share right", Plot.PercentTick);
        plot.XAxis(x, y.To, y.From, "mean stated confidence", Plot.PercentTick);
        plot.Line("ideal", x.At(x.Low), y.At(x.Low), x.At(1), y.At(1));
        var points = bands.Select(band => (X: x.At(band.MeanPercent / 100), Y: y.At((double)band.Right / band.Windows), band)).ToList();
        plot.Polyline("line", points.Select(point => (point.X, point.Y)));
        var most = bands.Max(band => band.Windows);
        foreach (var (px, py, band) in points)
        {
            plot.Dot("dot", px, py, 3 + (6 * Math.Sqrt((double)band.Windows / most)), $"{band.FromPercent}–{band.ToPercent} %: {band.Windows} windows, {Html.Percent((double)band.Right / band.Windows)} right");
        }

        return plot.Figure("On the dashed line confidence is what it says; below it the model is too sure. The larger a dot, the more windows.");
    }

    private static XElement Cell(IReadOnlyList<int> row, int label, int predicted)
    {
        var all = row.Sum();
        var share = all == 0 ? 0 : (double)row[predicted] / all;
        var level = row[predicted] == 0 ? "zero" : label == predicted ? "r" + Level(share, [0.2, 0.4, 0.6, 0.8, 0.95]) : "w" + Level(share, [0.02, 0.08, 0.2]);
        return new XElement(
            "td",
            new XAttribute("class", level),
            ScoreTables.Number(row[predicted]),
            row[predicted] == 0 ? null : new XElement("small", Html.Percent(share)));
    }

    // 1 for the lowest step.
    private static string Level(double share, double[] steps) => (1 + steps.Count(step => share >= step)).ToString(CultureInfo.InvariantCulture);

    // Long names of classes break behind their underscores.
    private static IEnumerable<object> Breakable(string name) =>
        name.Split('_').SelectMany((part, i) => i == 0 ? new object[] { part } : ["_", new XElement("wbr"), part]);

    private static string Decimals(double? value, int decimals) => value?.ToString("F" + decimals, CultureInfo.InvariantCulture) ?? "–";
}
