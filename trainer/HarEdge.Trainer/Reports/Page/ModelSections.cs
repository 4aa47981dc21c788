using System.Globalization;
using System.Xml.Linq;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Reports.Page;

/// <summary>Sections about a model: what it costs, what disturbs it, what it was made of, what it is not for, how to make it again.</summary>
internal static class ModelSections
{
    private const int RowHeight = 20;

    private static readonly (string Style, string Words)[] EnergyKeys =
    [
        ("bar", "the sensor"), ("bar2", "waking up and reading it"), ("bar3", "computing, by stage, and the line on the wire"), ("bar4", "light sleep"),
    ];

    /// <summary>Bits compared, time and energy on each chip.</summary>
    public static PageSection Device(ParityMetrics parity, CostReport? cost) => new(
        "device",
        "On the device",
        [ParityWords(parity), .. cost is null ? [] : CostBlocks(cost)]);

    /// <summary>Whether all ways to run the model agree.</summary>
    public static XElement ParityWords(ParityMetrics parity)
    {
        var mismatches = parity.FeatureMismatches + parity.ScoreMismatches + parity.LabelMismatches;
        return Html.Paragraph(
            new XElement("strong", $"{mismatches} mismatches in {parity.Windows} windows"),
            $": {string.Join(", ", parity.Backends)} were compared bit for bit, every feature, every score, every class and decision.",
            parity.FirstMismatch is { } first ? $" The first: {first}." : null);
    }

    /// <summary>Accuracy under each disturbance beside the undisturbed one.</summary>
    public static PageSection? Robustness(RobustnessMetrics? metrics)
    {
        if (metrics is null)
        {
            return null;
        }

        const double Left = 212;
        var bottom = 22 + (metrics.Rows.Count * RowHeight);
        var worst = metrics.Rows.MinBy(row => row.Accuracy ?? 1)!;
        var plot = new Plot(
            "robustness-figure",
            "Accuracy under disturbances",
            $"Undisturbed {Html.Percent(metrics.Undisturbed.Accuracy)}; the hardest of {metrics.Rows.Count} disturbances is {worst.Kind}, {worst.Disturbance}: {Html.Percent(worst.Accuracy)}.",
            bottom + 40);
        var x = Scale.OfShares(metrics.Rows.Append(metrics.Undisturbed).Select(row => row.Accuracy ?? double.NaN), Left, Plot.Width - 20);
        plot.XAxis(x, 18, bottom, "windows right", Plot.PercentTick);
        plot.Line("ideal", x.At(metrics.Undisturbed.Accuracy ?? 0), 18, x.At(metrics.Undisturbed.Accuracy ?? 0), bottom);
        plot.Text(x.At(metrics.Undisturbed.Accuracy ?? 0), 12, "undisturbed", "quiet end");
        for (var i = 0; i < metrics.Rows.Count; i++)
        {
            var row = metrics.Rows[i];
            var y = 22 + ((i + 0.5) * RowHeight);
            plot.RowName(Left - 8, y + 4, Short(row));
            plot.Line("range", x.At(row.Accuracy ?? 0), y, x.At(metrics.Undisturbed.Accuracy ?? 0), y);
            plot.Dot("dot", x.At(row.Accuracy ?? 0), y, 4.5, $"{row.Kind}, {row.Disturbance}: {Html.Percent(row.Accuracy)}");
        }

        return new PageSection(
            "robustness",
            "Robustness",
            Html.Paragraph("The same test recordings as another sensor, another way of wearing it or a lossy line would have given them. haredge robustness tries many more."),
            plot.Figure("Each line is what a disturbance costs."),
            Html.Table(RobustnessTables.Of(metrics)));
    }

    /// <summary>What the data is, who is in it and what was done to it.</summary>
    public static PageSection Data(IReadOnlyList<DataManifest> data, string split, IReadOnlyList<string> trained, IReadOnlyList<string> tested) => new(
        "data",
        "Data card",
        [
            Html.Paragraph($"Split: {split}. Learned from {People(trained)}: {string.Join(", ", trained)}. Tested on {People(tested)} the model never saw: {string.Join(", ", tested)}."),
            .. data.SelectMany(Card),
        ]);

    /// <summary>What the data is, who is in it and what was done to it, where nobody was kept for a test.</summary>
    public static PageSection Data(IEnumerable<DataManifest> data) => new("data", "Data card", data.SelectMany(Card));

    /// <summary>Facts and limits of a model.</summary>
    public static PageSection Card(FixedPointModel model) => new(
        "model",
        "Model card",
        Html.Table(ModelCard.Facts(model)),
        Html.Paragraph("It is not for:"),
        Html.Points(ModelCard.NotFor));

    /// <summary>How to get the same again.</summary>
    /// <param name="command">The command.</param>
    /// <param name="seed">Seed of every random choice; null where there is none.</param>
    /// <param name="dataSha256">Of the recordings as read.</param>
    /// <param name="more">Further commands that go on from here.</param>
    public static PageSection Reproduce(string command, int? seed, IReadOnlyList<string> dataSha256, params IReadOnlyList<string> more) =>
        Reproduce(command, seed, dataSha256, "The same version, data and seed give the same files, byte for byte.", more);

    /// <summary>The same for a page with seconds on it, which are those of a machine.</summary>
    public static PageSection ReproduceButTimes(string command, int? seed, IReadOnlyList<string> dataSha256) =>
        Reproduce(command, seed, dataSha256, "The same version, data and seed give the same numbers, but for the seconds: those are of the machine.", []);

    private static PageSection Reproduce(string command, int? seed, IReadOnlyList<string> dataSha256, string promise, IReadOnlyList<string> more) => new(
        "reproduce",
        "Reproduce",
        Html.Command(command),
        Html.Paragraph(
            $"With HarEdge {ToolVersion.Number}",
            seed is { } number ? $", seed {number}" : null,
            dataSha256.Count == 0 ? null : $" and recordings with SHA-256 {string.Join(", ", dataSha256)}",
            ". " + promise),
        more.Count == 0 ? null : Html.Paragraph("From here:"),
        more.Select(Html.Command));

    private static string People(IReadOnlyList<string> people) => people.Count == 1 ? "1 person" : $"{people.Count} people";

    // What a row is called where there is little room.
    private static string Short(RobustnessMetricsRow row) => row.Kind switch
    {
        "worn rotated" => "turned " + row.Disturbance,
        "missing bursts" or "missing samples" => "missing " + row.Disturbance.Split(", held")[0],
        "offset" => row.Disturbance,
        _ => $"{row.Kind} {row.Disturbance}",
    };

    private static IEnumerable<object> CostBlocks(CostReport cost)
    {
        yield return Html.Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"A decision takes {cost.PerDecision.Mean:0} IL instructions on average and never more than {cost.PerDecision.StaticWorst}, which is proven of the compiled code. Firmware, Core and model are {cost.IlBytes} bytes of IL, of which the model is {cost.ModelIlBytes}; they take {cost.RamBytes} bytes of RAM at start and make no garbage in the loop."));
        yield return EnergyFigure(cost.Chips);
        foreach (var table in CostTables.Of(cost).Skip(1).Take(3))
        {
            yield return Html.Table(table);
        }
    }

    // Stacks of what a decision's energy goes to, a row a chip; all parts are in the table below.
    private static IEnumerable<XElement> EnergyFigure(IReadOnlyList<ChipCost> chips)
    {
        const double Left = 130;
        var bottom = 10 + (chips.Count * 26);
        double Total(ChipCost cost) => cost.Energy.Sum(part => part.Millijoules);
        var plot = new Plot(
            "energy",
            "Energy from one decision to the next",
            "Estimated millijoules: " + string.Join("; ", chips.Select(cost => string.Create(CultureInfo.InvariantCulture, $"{CostTables.NameOf(cost)} {Total(cost):0.0}"))) + ".",
            bottom + 40);
        var x = Scale.FromZero(chips.Select(Total), Left, Plot.Width - 20);
        plot.XAxis(x, 6, bottom, "mJ from one decision to the next, estimated", Plot.Count);
        for (var i = 0; i < chips.Count; i++)
        {
            var y = 10 + (i * 26) + 4;
            plot.RowName(Left - 8, y + 13, CostTables.NameOf(chips[i]));
            var from = 0.0;
            foreach (var (name, millijoules) in chips[i].Energy)
            {
                var box = string.Create(CultureInfo.InvariantCulture, $"{CostTables.NameOf(chips[i])}, {name}: {millijoules:0.0} mJ");
                plot.Box(StyleOf(name), x.At(from), y, x.At(from + millijoules) - x.At(from), 17, box);
                from += millijoules;
            }
        }

        yield return Html.Of("ul", "keys", EnergyKeys.Select(key => new XElement("li", Html.Of("span", "key " + key.Style, ""), key.Words)));
        yield return plot.Figure("What a decision and the time to the next one cost on each chip, in the order of the key.");
    }

    private static string StyleOf(string part) => part switch
    {
        "sensor" => "bar",
        "waking up" or "reading the FIFO" => "bar2",
        "light sleep" => "bar4",
        _ => "bar3",
    };

    private static IEnumerable<object> Card(DataManifest data)
    {
        yield return new XElement("h3", data.IsSynthetic ? data.Name + " (SYNTHETIC data)" : data.Name);
        if (data.Attribution is { } source)
        {
            yield return Html.Paragraph($"Source and terms: {source}");
        }

        // The people's table names everybody; the files' would be as long as the data set.
        foreach (var table in DataTables.Of(data).SkipWhile(table => table.Title.StartsWith("Files", StringComparison.Ordinal)))
        {
            yield return Html.Table(table);
        }
    }
}
