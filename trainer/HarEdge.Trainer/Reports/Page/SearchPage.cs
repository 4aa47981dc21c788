using System.Globalization;
using System.Xml.Linq;
using HarEdge.Trainer.Experiments;

namespace HarEdge.Trainer.Reports.Page;

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
