using System.Globalization;
using System.Text.Json;
using HarEdge.Cli.Tests.Running;
using HarEdge.Core;
using HarEdge.Trainer;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>Figures in the guide and on the page of calibration are those of the committed model and of the run files.</summary>
public sealed class GuideFiguresTests
{
    private static readonly FixedPointModel Committed = ModelFile.Read(Path.Combine(Repository.Root, "firmware/Core/Generated/model.json"));

    [Fact]
    public void How_the_model_works_is_told_of_the_committed_model()
    {
        var cost = ReportJson.Parse<CostReport>(Repository.Read("docs/results/hapt-cost.json"));
        var size = ModelSize.Of(Committed);
        AssertTells(
            "docs/guide/how-it-works.md",
            $"`{Committed.Id}`",
            $"needs {Committed.Features.Count} of them",
            $"{Number(new FeatureLayout(Committed.Signal.WindowSamples).Count)} features",
            $"{size.Bytes} bytes",
            $"{size.Weights} weights",
            $"{Number(100 * Math.Round(cost.PerDecision.Mean / 100))} instructions",
            $"{Number(100 * Math.Round(cost.PerDecision.StaticWorst / 100.0))} at most",
            $"{Percent(Committed.Manifest!.Scores["test accuracy, student"])} % on the same nine");
    }

    [Fact]
    public void The_page_of_accuracy_tells_the_run_files()
    {
        using var train = JsonDocument.Parse(Repository.Read("docs/results/hapt-train.json"));
        var people = train.RootElement.GetProperty("perSubject").EnumerateObject()
            .Select(person => person.Value.GetProperty("right").GetDouble() / person.Value.GetProperty("windows").GetDouble()).ToList();
        AssertTells(
            "docs/guide/accuracy.md",
            $"| nine test people together | {Percent(train.RootElement.GetProperty("student").GetProperty("accuracy").GetDouble())} %",
            $"| the best of them | {Percent(people.Max())} % |",
            $"| the worst of them | {Percent(people.Min())} % |");
        Assert.Equal(9, people.Count);
    }

    [Fact]
    public void The_page_of_calibration_tells_where_gravity_pointed()
    {
        var g = Committed.NominalGravity!.Select(counts => counts / 8192.0).ToList();
        AssertTells("hardware/CALIBRATION.md", string.Create(CultureInfo.InvariantCulture, $"{g[0]:0.00} g along X, −{-g[1]:0.00} g along Y and −{-g[2]:0.00} g along Z"));
    }

    private static void AssertTells(string page, params string[] figures)
    {
        var text = Repository.Read(page);
        Assert.All(figures, figure => Assert.Contains(figure, text, StringComparison.Ordinal));
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
