using System.Text.Json;
using ScottPlot;

namespace HarEdge.Cli.Tests.Web;

/// <summary>The chart of the documents: accuracy of the profiles on people left out, against what they cost, from the run files of the repository.</summary>
internal static class ProfileChart
{
    /// <summary>Its file.</summary>
    public const string Name = "results-profiles.png";

    private const int Width = 900;
    private const int Height = 520;

    private static readonly (string Title, string Color, MarkerShape Marker, string[] Runs)[] Series =
    [
        ("as it is put on", "#0b6bcb", MarkerShape.FilledCircle, ["hapt-tiny", "hapt", "hapt-best"]),
        ("wearers stand still for three seconds first", "#b45309", MarkerShape.FilledSquare, ["hapt-still-tiny", "hapt-still", "hapt-still-best"]),
    ];

    // Those of the profiles tiny, default and best, in thousands of instructions.
    private static readonly (string Name, double Thousands)[] Budgets = [("tiny", 20), ("default", 50), ("best", 120)];

    /// <summary>The run files it is made from, one after another.</summary>
    public static byte[] Inputs => [.. Series.SelectMany(series => series.Runs).SelectMany(run => File.ReadAllBytes(PathOf(run, "loso")).Concat(File.ReadAllBytes(PathOf(run, "cost"))))];

    /// <summary>Draws it, PNG.</summary>
    public static byte[] Draw()
    {
        using var plot = new Plot();
        foreach (var (title, color, marker, runs) in Series)
        {
            var points = runs.Select(Point).ToList();
            var line = plot.Add.Scatter(points.Select(point => point.X).ToArray(), points.Select(point => point.Mean).ToArray(), Color.FromHex(color));
            line.LegendText = title;
            line.MarkerShape = marker;
            line.MarkerSize = 11;
            line.LineWidth = 2;
            foreach (var point in points)
            {
                var interval = plot.Add.Line(point.X, point.Low, point.X, point.High);
                interval.Color = Color.FromHex(color);
                interval.LineWidth = 1.5f;
            }
        }

        foreach (var (name, budget) in Budgets)
        {
            var line = plot.Add.VerticalLine(Math.Log10(budget), 1, Color.FromHex("#566373"), LinePattern.Dashed);
            line.LabelText = name;
            line.LabelOppositeAxis = true;
        }

        var ticks = new ScottPlot.TickGenerators.NumericManual();
        foreach (var thousand in new[] { 8.0, 12, 20, 30, 50, 80, 120 })
        {
            ticks.AddMajor(Math.Log10(thousand), $"{thousand}");
        }

        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Axes.Top.MinimumSize = 26;
        plot.Axes.SetLimitsX(Math.Log10(8), Math.Log10(140));
        plot.Title("HAPT, each person left out once, seed 1: mean of the people and its 95 % interval");
        plot.XLabel("IL instructions a decision, in thousands; dashed: the budgets of tiny, default and best");
        plot.YLabel("windows that are right, %");
        plot.ShowLegend(Alignment.LowerRight);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static (double X, double Mean, double Low, double High) Point(string run)
    {
        using var loso = JsonDocument.Parse(File.ReadAllBytes(PathOf(run, "loso")));
        using var cost = JsonDocument.Parse(File.ReadAllBytes(PathOf(run, "cost")));
        var student = loso.RootElement.GetProperty(run.StartsWith("hapt-still", StringComparison.Ordinal) ? "wearCalibrated" : "student");
        double Percent(string name) => 100 * student.GetProperty(name).GetDouble();
        return (Math.Log10(cost.RootElement.GetProperty("perDecision").GetProperty("mean").GetDouble() / 1000), Percent("mean"), Percent("low"), Percent("high"));
    }

    private static string PathOf(string run, string kind) => Path.Combine(Running.Repository.Root, "docs/results", $"{run}-{kind}.json");
}
