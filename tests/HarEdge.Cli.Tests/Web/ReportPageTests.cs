using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HarEdge.Cli.Tests.Running;
using Microsoft.Playwright;

namespace HarEdge.Cli.Tests.Web;

/// <summary>report.html of a training: valid, true to metrics.json, and drawn well in a real browser, on paper, too.</summary>
public sealed class ReportPageTests(ReportPageTests.Run run, Chromium chromium) : IClassFixture<ReportPageTests.Run>
{
    private IHtmlDocument Page => new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(File.ReadAllText(run.FileOf("report.html")));

    [Fact]
    public void The_page_is_valid_loads_nothing_runs_nothing_and_names_its_style_by_hash()
    {
        using var page = Page;
        Assert.Empty(page.QuerySelectorAll("script, link, img, iframe, object, embed, [style], [onclick], [src]"));
        Assert.All(page.QuerySelectorAll("[href]"), link => Assert.StartsWith("#", link.GetAttribute("href"), StringComparison.Ordinal));
        var style = page.QuerySelector("style")!.TextContent;
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));
        var policy = page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;
        Assert.Equal($"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'", policy);
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
        Assert.All(page.QuerySelectorAll("nav a"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
        Assert.InRange(new FileInfo(run.FileOf("report.html")).Length, 1, 1_500_000);
    }

    [Fact]
    public void Every_drawing_says_in_words_what_it_shows()
    {
        using var page = Page;
        var drawings = page.QuerySelectorAll("svg").ToList();
        Assert.True(drawings.Count > 5);
        Assert.All(drawings, drawing =>
        {
            Assert.Equal("img", drawing.GetAttribute("role"));
            var named = drawing.GetAttribute("aria-labelledby")!.Split(' ').Select(id => page.GetElementById(id)!.TextContent).ToList();
            Assert.Equal(2, named.Count);
            Assert.All(named, text => Assert.NotEmpty(text));
        });
    }

    [Fact]
    public void The_figures_to_see_first_are_those_of_the_metrics()
    {
        using var page = Page;
        var student = run.Metrics.GetProperty("student");
        var worst = run.Metrics.GetProperty("perSubject").EnumerateObject().MinBy(person => person.Value.GetProperty("accuracy").GetDouble());
        var figures = page.QuerySelectorAll(".figures > div").Select(figure => string.Join('|', figure.Children.Select(child => child.TextContent))).ToList();
        Assert.Contains($"|{Percent(student, "accuracy")}|95 % interval {Percent(student, "low")} to {Percent(student, "high")}", figures[0], StringComparison.Ordinal);
        Assert.Contains($"|{Percent(worst.Value, "accuracy")}|", figures[1], StringComparison.Ordinal);
        Assert.Contains($"|{student.GetProperty("modelBytes").GetInt32()} B|", figures[2], StringComparison.Ordinal);
        Assert.Contains("|0|", figures[3], StringComparison.Ordinal);
        Assert.InRange(student.GetProperty("low").GetDouble(), 0, student.GetProperty("accuracy").GetDouble());
        Assert.InRange(student.GetProperty("high").GetDouble(), student.GetProperty("accuracy").GetDouble(), 1);
    }

    [Fact]
    public void Confusion_classes_and_people_are_those_of_the_metrics_row_by_row()
    {
        using var page = Page;
        var cells = page.QuerySelectorAll(".matrix tbody tr").Select(row => row.QuerySelectorAll("td").Select(cell => int.Parse(cell.FirstChild!.TextContent, CultureInfo.InvariantCulture)));
        Assert.Equal(run.Metrics.GetProperty("confusion").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetInt32()).ToArray()), cells);
        Assert.Contains("Rows are the labels", page.QuerySelector("#confusion")!.TextContent, StringComparison.Ordinal);
        var classes = Rows(page, "#accuracy table:last-of-type", 1);
        Assert.Equal(
            run.Metrics.GetProperty("perClass").EnumerateObject().Select(one =>
                string.Join('|', one.Name, one.Value.GetProperty("windows").GetInt32(), Percent(one.Value, "recall"), Percent(one.Value, "precision"), Percent(one.Value, "f1"))),
            classes);
        var people = Rows(page, "#people table", 0);
        Assert.Equal(
            run.Metrics.GetProperty("perSubject").EnumerateObject().OrderBy(person => person.Value.GetProperty("accuracy").GetDouble()).ThenBy(person => person.Name, StringComparer.Ordinal).Select(person =>
                string.Join('|', person.Name, person.Value.GetProperty("windows").GetInt32(), person.Value.GetProperty("right").GetInt32(), Percent(person.Value, "accuracy"), $"{Percent(person.Value, "low")} to {Percent(person.Value, "high")}")),
            people);
    }

    [Fact]
    public void Every_other_number_on_the_page_is_one_of_the_metrics_or_of_the_models_manifest()
    {
        using var page = Page;
        using var model = JsonDocument.Parse(File.ReadAllText(run.FileOf("model.json")));
        var known = new KnownNumbers();
        known.Add(run.Metrics);
        known.Add(model.RootElement);
        known.AddDerived(run.Metrics);
        foreach (var person in model.RootElement.GetProperty("manifest").GetProperty("data").EnumerateArray().SelectMany(data => data.GetProperty("subjects").EnumerateArray()))
        {
            known.Add(person.GetProperty("samplesPerClass").EnumerateArray().Sum(samples => samples.GetInt64()));
        }

        foreach (var apart in page.QuerySelectorAll(".tick, code, style, nav, title, desc, small").ToList())
        {
            apart.Remove();
        }

        var unknown = Regex.Matches(string.Join(' ', page.Body!.Descendants<IText>().Select(text => text.Data)), @"(?<![\w./-])\d+(\.\d+)?(?![\w/])").Select(number => number.Value).Where(number => !known.Has(number)).Distinct().ToList();
        Assert.True(unknown.Count == 0, "on the page, but not in the metrics: " + string.Join(", ", unknown));
        Assert.False(known.Has("12.34567"));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    [InlineData(ColorScheme.Light, 320)]
    public async Task Nothing_is_cut_off_and_all_text_stands_out(ColorScheme scheme, int width)
    {
        var page = await chromium.Open(scheme, width);
        var errors = new List<string>();
        page.Console += (_, message) => errors.Add(message.Text);
        page.PageError += (_, error) => errors.Add(error);
        page.Request += (_, request) => errors.AddRange(request.Url.StartsWith("file:", StringComparison.Ordinal) ? [] : [request.Url]);
        await page.GotoAsync(new Uri(run.FileOf("report.html")).AbsoluteUri);
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Equal(scheme == ColorScheme.Dark, await page.EvaluateAsync<double>(Contrast.Luminance, "html") < 0.1);
        Assert.Empty(await page.EvaluateAsync<string[]>(Contrast.TooLow));

        // Letters of a drawing that reach beyond it are cut; on a telephone they must still be letters.
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('figure svg')].flatMap(svg => { const frame = svg.getBoundingClientRect(); return [...svg.querySelectorAll('text')]
              .filter(text => { const box = text.getBoundingClientRect(); return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1 || box.height < 8; })
              .map(text => text.textContent); })
            """));
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task On_paper_it_is_light_complete_and_fits_the_sheet()
    {
        var page = await chromium.Open(ColorScheme.Dark);
        await page.GotoAsync(new Uri(run.FileOf("report.html")).AbsoluteUri);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        Assert.True(await page.EvaluateAsync<double>(Contrast.Luminance, "html") > 0.9);
        Assert.Empty(await page.EvaluateAsync<string[]>(Contrast.TooLow));

        // A4 within its margins: 210 − 2 × 14 mm at 96 dpi.
        await page.SetViewportSizeAsync(688, 1000);
        Assert.Empty(await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('table, svg')].filter(e => e.getBoundingClientRect().right > 690).map(e => e.parentElement.getAttribute('aria-label') ?? e.textContent.slice(0, 40))"));
        Assert.NotEmpty(await page.PdfAsync(new PagePdfOptions { Format = "A4" }));
        await page.Context.CloseAsync();
    }

    private static string Percent(JsonElement of, string name) => (100 * of.GetProperty(name).GetDouble()).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static IEnumerable<string> Rows(IHtmlDocument page, string tables, int table) => page.QuerySelectorAll(tables.Replace(":last-of-type", "", StringComparison.Ordinal))
        .ElementAt(table).QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent)));

    /// <summary>One training with two people to test on, so that there are intervals.</summary>
    public sealed class Run : IDisposable
    {
        private readonly TempFolder folder = new();

        public Run()
        {
            var data = new SmallHapt(subjects: 5).WriteZip(folder);
            CliRun.Of("train", "--data", data, "--seed", "3", "--student", "linear", "--test-subjects", "02", "04", "--out", folder.At("run")).AssertDone();
            using var json = JsonDocument.Parse(File.ReadAllText(FileOf("metrics.json")));
            Metrics = json.RootElement.Clone();
        }

        public JsonElement Metrics { get; }

        public string FileOf(string name) => Path.Combine(folder.At("run"), name);

        public void Dispose() => folder.Dispose();
    }

    /// <summary>Numbers in every form a page may show them.</summary>
    private sealed class KnownNumbers
    {
        // Of sentences: intervals are 95 %, draws 2000, AUROC 1 and 0.5, a range of 200 ms, unknown at 2 %, flash at 80 MHz, 3.3 V.
        private readonly HashSet<string> texts = ["95", "2000", "1", "0.5", "200", "50", "80", "3.3", "99"];

        public bool Has(string number) => texts.Contains(number);

        public void Add(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var member in element.EnumerateObject())
                    {
                        AddText(member.Name);
                        Add(member.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    Add(element.GetArrayLength());
                    foreach (var member in element.EnumerateArray())
                    {
                        Add(member);
                    }

                    break;
                case JsonValueKind.Number:
                    Add(element.GetDouble());
                    break;
                case JsonValueKind.String:
                    AddText(element.GetString()!);
                    break;
            }
        }

        public void AddDerived(JsonElement metrics)
        {
            foreach (var row in metrics.GetProperty("confusion").EnumerateArray())
            {
                Add(row.EnumerateArray().Sum(cell => cell.GetInt32()));
            }

            foreach (var band in metrics.GetProperty("confidence").EnumerateArray())
            {
                Add(band.GetProperty("right").GetDouble() / band.GetProperty("windows").GetDouble());
                Add(band.GetProperty("meanPercent").GetDouble() / 100);
            }

            var window = metrics.GetProperty("window");
            Add(window.GetProperty("samples").GetDouble() / window.GetProperty("sampleRateHz").GetDouble());
            Add(window.GetProperty("hopSamples").GetDouble() / window.GetProperty("sampleRateHz").GetDouble());
            foreach (var chip in metrics.GetProperty("cost").GetProperty("chips").EnumerateArray())
            {
                Add(chip.GetProperty("energy").EnumerateArray().Sum(part => part.GetProperty("millijoules").GetDouble()));
                var likely = chip.GetProperty("milliseconds").GetProperty("likely").GetDouble();
                Add(chip.GetProperty("chip").TryGetProperty("savedByFlashAt80Mhz", out var saved) && saved.ValueKind == JsonValueKind.Number ? likely * (1 - saved.GetDouble()) : likely);
            }
        }

        private void AddText(string text)
        {
            foreach (Match number in Regex.Matches(text, @"\d+(\.\d+)?"))
            {
                texts.Add(number.Value);
            }
        }

        // As it is, as a share, as samples of 50 Hz in seconds, and in millions.
        public void Add(double value)
        {
            foreach (var form in new[] { value, Math.Abs(value), 100 * value, value / 50, value / 1e6 })
            {
                foreach (var format in new[] { "0", "0.0", "0.00", "0.000", "0.##" })
                {
                    texts.Add(form.ToString(format, CultureInfo.InvariantCulture));
                }
            }
        }
    }
}
