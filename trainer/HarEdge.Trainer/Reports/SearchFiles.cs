using System.Globalization;
using HarEdge.Trainer.Experiments;
using ScottPlot;

namespace HarEdge.Trainer.Reports;

/// <summary>The folder of a search: its log, and what it found so far as table, JSON and pictures.</summary>
internal static class SearchFiles
{
    /// <summary>Every trial, one line each.</summary>
    public const string TrialsFileName = "trials.jsonl";

    /// <summary>The front and the profiles' best, for people.</summary>
    public const string TablesFileName = "front.md";

    /// <summary>The front, for programs.</summary>
    public const string FrontFileName = "front.json";

    /// <summary>Accuracy against instructions.</summary>
    public const string InstructionsPlotFileName = "front-instructions.png";

    /// <summary>Accuracy against bytes.</summary>
    public const string BytesPlotFileName = "front-bytes.png";

    /// <summary>The front as JSON.</summary>
    public static string FrontOf(IReadOnlyList<Trial> trials, string subject) => ReportJson.Format(new
    {
        subject,
        front = ParetoFront.Of(trials).Select(trial => new { trial.Number, trial.Accuracy, trial.Instructions, trial.Bytes, point = SearchPoint.Of(trial.Values) }),
    });

    /// <summary>Writes everything but the log, whole files only.</summary>
    /// <param name="folder">The search's folder.</param>
    /// <param name="trials">Trials so far.</param>
    /// <param name="subject">What was searched on.</param>
    public static void Write(string folder, IReadOnlyList<Trial> trials, string subject)
    {
        WholeFiles.Write(folder, new Dictionary<string, string>
        {
            [TablesFileName] = string.Join("\n", SearchTables.Of(trials, subject).Select(table => table.ToMarkdown())),
            [FrontFileName] = FrontOf(trials, subject),
        });
        if (trials.Any(trial => trial.IsComplete))
        {
            WholeFiles.Write(folder, InstructionsPlotFileName, FrontPlot.OfInstructions(trials, $"Students found by search, {subject}"));
            WholeFiles.Write(folder, BytesPlotFileName, FrontPlot.OfBytes(trials, $"Students found by search, {subject}"));
        }
    }
}

/// <summary>The Pareto front as pictures: accuracy against instructions, and against bytes.</summary>
internal static class FrontPlot
{
    private const int Width = 900;
    private const int Height = 540;

    /// <summary>Accuracy against instructions a decision, PNG.</summary>
    public static byte[] OfInstructions(IReadOnlyList<Trial> trials, string title) =>
        Draw(trials, title, "IL instructions a decision, in thousands", trial => trial.Instructions / 1000, goal => goal.MostInstructions / 1000.0);

    /// <summary>Accuracy against bytes of the model, PNG.</summary>
    public static byte[] OfBytes(IReadOnlyList<Trial> trials, string title) =>
        Draw(trials, title, "bytes of the model", trial => trial.Bytes, goal => goal.MostBytes);

    private static byte[] Draw(IReadOnlyList<Trial> trials, string title, string axis, Func<Trial, double> cost, Func<Goal, double> budget)
    {
        using var plot = new Plot();
        var complete = trials.Where(trial => trial.IsComplete).ToList();
        var front = StaircaseOf(complete, cost);
        var all = plot.Add.ScatterPoints(
            complete.Select(trial => Math.Log10(cost(trial))).ToArray(), complete.Select(trial => 100 * trial.Accuracy).ToArray(), Color.FromHex("#9aa4b2"));
        all.MarkerSize = 7;
        all.LegendText = "a trial";
        var line = plot.Add.Scatter(
            front.Select(trial => Math.Log10(cost(trial))).ToArray(), front.Select(trial => 100 * trial.Accuracy).ToArray(), Color.FromHex("#0b6bcb"));
        line.LineWidth = 2;
        line.MarkerSize = 9;
        line.LegendText = "best for its cost";
        AddIntervals(plot, front, cost);
        foreach (var limit in complete.Select(trial => budget(trial.Goal)).Distinct())
        {
            var border = plot.Add.VerticalLine(Math.Log10(limit), 1, Color.FromHex("#b45309"), LinePattern.Dashed);
            border.LabelText = "budget";
        }

        plot.Axes.Bottom.TickGenerator = TicksFor([.. complete.Select(cost)]);
        plot.Title(title);
        plot.XLabel(axis);
        plot.YLabel("accuracy in cross-validation, %");
        plot.ShowLegend(Alignment.LowerRight);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    // One standard error of the folds' mean to either side: people differ more than students.
    private static void AddIntervals(Plot plot, List<Trial> front, Func<Trial, double> cost)
    {
        foreach (var trial in front.Where(trial => trial.FoldAccuracies.Count > 1))
        {
            var mean = trial.FoldAccuracies.Average();
            var error = Math.Sqrt(trial.FoldAccuracies.Sum(accuracy => (accuracy - mean) * (accuracy - mean)) / (trial.FoldAccuracies.Count - 1) / trial.FoldAccuracies.Count);
            var bar = plot.Add.Line(Math.Log10(cost(trial)), 100 * (trial.Accuracy - error), Math.Log10(cost(trial)), 100 * (trial.Accuracy + error));
            bar.Color = Color.FromHex("#0b6bcb");
            bar.LineWidth = 1;
        }
    }

    private static List<Trial> StaircaseOf(List<Trial> trials, Func<Trial, double> cost)
    {
        var front = new List<Trial>();
        foreach (var trial in trials.OrderBy(cost).ThenByDescending(trial => trial.Accuracy))
        {
            if (front.Count == 0 || trial.Accuracy > front[^1].Accuracy)
            {
                front.Add(trial);
            }
        }

        return front;
    }

    // 1, 2, 5, 10, … within the data, on a logarithmic axis.
    private static ScottPlot.TickGenerators.NumericManual TicksFor(double[] costs)
    {
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        for (var decade = 0; decade <= 6; decade++)
        {
            foreach (var step in new[] { 1.0, 1.5, 2, 3, 5, 7 }.Select(digit => digit * Math.Pow(10, decade)).Where(step => step >= costs.Min() * 0.7 && step <= costs.Max() * 1.4))
            {
                ticks.AddMajor(Math.Log10(step), step.ToString("N0", CultureInfo.InvariantCulture));
            }
        }

        return ticks;
    }
}
