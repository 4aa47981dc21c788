using AngleSharp.Html.Parser;
using HarEdge.Trainer.Experiments;
using HarEdge.Trainer.Reports.Page;

namespace HarEdge.Cli.Tests.Web;

/// <summary>The page of a search: what its plots say, and how each point is trained.</summary>
public sealed class SearchPageTests
{
    private const string Subject = "hapt 0123456789ab; WALKING SITTING; official; seed 7";

    // Three goals of rising budget; the second trial is beaten by the first in everything.
    private static readonly Trial[] Trials = [Of(0, 0.90, 20_000, 250), Of(1, 0.85, 40_000, 500), Of(2, 0.95, 60_000, 900)];

    [Fact]
    public void The_plots_name_data_set_and_seed_budgets_and_intervals()
    {
        using var page = new HtmlParser().ParseDocument(SearchPage.Of(Trials, Subject, "haredge train --search s", "haredge search", []).Format());
        var figures = page.QuerySelectorAll("#front figure").ToList();

        // Milliseconds on each chip and image, and bytes.
        Assert.Equal(5, figures.Count);
        Assert.All(new[] { "ESP32-S3 at 240 MHz", "ESP32-C3 at 160 MHz", "ESP32 at 240 MHz", "ESP32 at 160 MHz" }, chip =>
            Assert.Single(figures, figure => figure.QuerySelector("figcaption")!.TextContent.Contains($"ms a decision on an {chip}", StringComparison.Ordinal)));
        Assert.All(figures, figure =>
        {
            Assert.Contains("hapt 0123456789ab", figure.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("seed 7", figure.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(Profile.All.Count, figure.QuerySelectorAll(".ideal").Length);
            Assert.Equal(Profile.All.Select(profile => profile.Name), figure.QuerySelectorAll("text.quiet").Select(text => text.TextContent));
            Assert.Equal(2, figure.QuerySelectorAll(".range").Length);
            Assert.Equal(2, figure.QuerySelectorAll(".dot").Length);
            Assert.Single(figure.QuerySelectorAll(".ring"));
        });
    }

    [Fact]
    public void Under_each_point_of_the_front_is_the_command_that_trains_it()
    {
        using var page = new HtmlParser().ParseDocument(SearchPage.Of(Trials, Subject, "haredge train --search s", "haredge search --seed 7", []).Format());
        Assert.Equal(["haredge train --search s --trial 0", "haredge train --search s --trial 2"], page.QuerySelectorAll("#train pre").Select(command => command.TextContent));
        Assert.Equal("haredge search --seed 7", page.QuerySelector("#reproduce pre")!.TextContent);
        Assert.Contains("trial 2: 95.0 %", page.QuerySelector("#summary")!.TextContent, StringComparison.Ordinal);
    }

    private static Trial Of(int number, double accuracy, double instructions, double bytes) => new()
    {
        Number = number,
        Goal = Goal.Ladder[^1],
        Values = SearchPoint.Defaults,
        FoldAccuracies = [accuracy - 0.02, accuracy + 0.02],
        Instructions = instructions,
        Bytes = bytes,
        IsPruned = false,
        Failure = null,
    };
}
