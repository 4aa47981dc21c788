using System.Globalization;
using AngleSharp.Html.Parser;
using HarEdge.Cli.Tests.Running;
using Microsoft.Playwright;

namespace HarEdge.Cli.Tests.Web;

/// <summary><c>explore</c> on a table and on recordings: its page and its numbers.</summary>
public sealed class ExploreTests(Chromium chromium) : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task A_table_becomes_a_page_that_is_valid_fits_a_telephone_and_is_the_same_again()
    {
        var run = CliRun.Of("explore", Write(), "--label", "Activity", "--group", "subject", "--out", folder.At("a")).AssertDone();
        Assert.Contains("| consensus ", run.Out, StringComparison.Ordinal);
        CliRun.Of("explore", Write(), "--label", "Activity", "--group", "subject", "--out", folder.At("b")).AssertDone();
        foreach (var name in new[] { "report.html", "exploration.json" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(folder.At("a"), name)), File.ReadAllText(Path.Combine(folder.At("b"), name)));
        }

        using var parsed = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(File.ReadAllText(Path.Combine(folder.At("a"), "report.html")));
        var ids = parsed.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
        Assert.Contains("mean of body acceleration, X", parsed.Body!.TextContent, StringComparison.Ordinal);
        var page = await chromium.Open(ColorScheme.Dark, 390);
        var errors = new List<string>();
        page.Console += (_, message) => errors.Add(message.Text);
        await page.GotoAsync(new Uri(Path.Combine(folder.At("a"), "report.html")).AbsoluteUri);
        Assert.Equal(390, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(await page.EvaluateAsync<string[]>(Contrast.TooLow));
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    [Fact]
    public void Recordings_are_shown_with_signals_spectra_and_gravity()
    {
        CliRun.Of("explore", new SmallHapt(subjects: 5).WriteZip(folder), "--report", folder.At("page.html")).AssertDone();
        using var page = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(File.ReadAllText(folder.At("page.html")));
        Assert.Equal(6, page.QuerySelectorAll("#signals svg").Length);
        Assert.NotEmpty(page.QuerySelectorAll("#spectra svg"));
        Assert.Contains("Where gravity points", page.QuerySelector("#data")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#suspicious"));
    }

    [Fact]
    public void A_run_on_a_table_leaves_a_page_and_equal_runs_leave_equal_ones()
    {
        foreach (var name in new[] { "a", "b" })
        {
            CliRun.Of("train", "--data", Write(), "--label", "Activity", "--group", "subject", "--teacher", "lightgbm", "--out", folder.At(name)).AssertDone();
        }

        foreach (var name in new[] { "report.html", "metrics.json" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(folder.At("a"), name)), File.ReadAllText(Path.Combine(folder.At("b"), name)));
        }

        using var page = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(File.ReadAllText(Path.Combine(folder.At("a"), "report.html")));
        Assert.Equal(3, page.QuerySelectorAll(".matrix tbody tr").Length);
        Assert.NotEmpty(page.QuerySelectorAll("#people svg"));
    }

    [Fact]
    public void A_table_with_one_class_is_refused()
    {
        File.WriteAllLines(folder.At("one.csv"), Enumerable.Range(0, 40).Select(row => $"{row % 7},{row % 5},A").Prepend("x,y,label"));
        CliRun.Of("explore", folder.At("one.csv"), "--label", "label").AssertRefused(2, "class");
    }

    public void Dispose() => folder.Dispose();

    private string Write()
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 240).Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row % 3 + random.NextDouble():0.####},{(row % 3 == 1 ? 1 : 0) + random.NextDouble():0.####},{random.NextDouble():0.####},{row / 40},{"WALKING SITTING LAYING".Split(' ')[row % 3]}"));
        File.WriteAllLines(folder.At("t.csv"), lines.Prepend("tBodyAcc-mean()-X,tGravityAcc-max()-Y,tBodyGyro-std()-Z,subject,Activity"));
        return folder.At("t.csv");
    }
}
