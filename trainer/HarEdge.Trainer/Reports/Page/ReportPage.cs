using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using System.Xml;

namespace HarEdge.Trainer.Reports.Page;

/// <summary>
/// report.html: one file that opens without a network and is read without a script. It is made of sections; a verb that has more to show adds
/// one. Nothing of the time or the machine is in it, so that equal results give equal files.
/// </summary>
internal sealed class ReportPage
{
    /// <summary>The file's name in a run folder.</summary>
    public const string FileName = "report.html";

    private static readonly string Style = ReadStyle();

    // Elements that HTML closes by themselves; all others need an end tag, empty or not.
    private static readonly HashSet<string> Void = ["meta", "br", "wbr"];

    private readonly List<PageSection> sections = [];

    /// <summary>The first words of the page.</summary>
    public required string Title { get; init; }

    /// <summary>What was done on what, under the title.</summary>
    public required string Subtitle { get; init; }

    /// <summary>True shows, before anything else, that no person was measured.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>The few figures to see first: value, what it is, and what to know about it.</summary>
    public IReadOnlyList<(string Value, string Name, string Note)> Figures { get; init; } = [];

    /// <summary>Adds sections behind those that are there; null ones are left out.</summary>
    public ReportPage Add(params PageSection?[] more)
    {
        sections.AddRange(more.OfType<PageSection>());
        return this;
    }

    /// <summary>The file.</summary>
    public string Format()
    {
        var text = new StringBuilder("<!DOCTYPE html>\n");
        var root = Root();
        foreach (var element in root.DescendantsAndSelf().Where(element => element.IsEmpty && !Void.Contains(element.Name.LocalName)))
        {
            element.Value = "";
        }

        // Line feeds stay as they are on every system: the policy names the style by its hash.
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None }))
        {
            root.Save(writer);
        }

        return text.Append('\n').ToString();
    }

    private XElement Root() => new(
        "html",
        new XAttribute("lang", "en"),
        new XElement(
            "head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", Policy())),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
            new XElement("title", Title),
            new XElement("style", Style)),
        "\n",
        new XElement("body", Header(), "\n", Contents(), "\n", new XElement("main", sections.SelectMany(Body)), "\n", Footer()));

    // Nothing is loaded, nothing runs; the one style is known by its hash.
    private static string Policy() =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    private XElement Header() => new(
        "header",
        new XElement("h1", Title),
        Html.Of("p", "subtitle", Subtitle),
        IsSynthetic ? Html.Of("p", "synthetic", new XElement("strong", "SYNTHETIC data."), " The people were invented; no figure on this page says anything about real ones.") : null,
        Figures.Count == 0 ? null : Html.Of("dl", "figures", Figures.Select(figure => new XElement(
            "div", new XElement("dt", figure.Name), Html.Of("dd", "value", figure.Value), Html.Of("dd", "note", figure.Note)))));

    private XElement Contents() => new(
        "nav",
        new XAttribute("aria-label", "Contents"),
        new XElement("ul", sections.Select(section => new XElement("li", new XElement("a", new XAttribute("href", "#" + section.Id), section.Title)))));

    private static IEnumerable<object> Body(PageSection section) =>
    [
        "\n",
        new XElement("section", new XAttribute("id", section.Id), new XElement("h2", section.Title), section.Content.SelectMany(block => new object?[] { "\n", block })),
    ];

    private static XElement Footer() => new(
        "footer",
        new XElement("p", $"Made by HarEdge {ToolVersion.Number}. Shares are of windows; intervals are 95 %. The numbers are those of the JSON that the same command gives."));

    private static string ReadStyle()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("HarEdge.Trainer.Reports.Page.report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

/// <summary>A part of the page, reached by its title in the contents.</summary>
/// <param name="Id">Lower case, without spaces; the address within the page.</param>
/// <param name="Title">A few words.</param>
/// <param name="Content">Paragraphs, figures and tables, in order; null ones are left out.</param>
internal sealed record PageSection(string Id, string Title, params IReadOnlyList<object?> Content);

/// <summary>The version of HarEdge that made a file.</summary>
internal static class ToolVersion
{
    /// <summary>For example "0.1.0".</summary>
    public static string Number { get; } = typeof(ToolVersion).Assembly.GetName().Version!.ToString(3);
}

/// <summary>Elements of a page as XML trees: text is escaped and every tag closed by construction.</summary>
internal static class Html
{
    /// <summary>An element with a class.</summary>
    public static XElement Of(string name, string classes, params object?[] content) => new(name, new XAttribute("class", classes), content);

    /// <summary>A paragraph.</summary>
    public static XElement Paragraph(params object?[] content) => new("p", content);

    /// <summary>A list of points.</summary>
    public static XElement Points(IEnumerable<string> lines) => new("ul", lines.Select(line => new XElement("li", line)));

    /// <summary>A command, to be typed as it stands.</summary>
    public static XElement Command(string command) => new("pre", new XElement("code", command));

    /// <summary>A table under its title. Wide ones scroll by themselves, so that the page never does.</summary>
    public static IEnumerable<XElement> Table(ReportTable table)
    {
        yield return Of("p", "caption", table.Title);
        yield return Scrolling(table.Title, new XElement(
            "table",
            new XElement("thead", new XElement("tr", table.Header.Select((name, column) => HeadCell(table, name, column)))),
            new XElement("tbody", table.Rows.Select(row => new XElement("tr", row.Select((cell, column) => Cell(table, cell, column)))))));
    }

    /// <summary>What may be wider than the window, reachable by keyboard.</summary>
    public static XElement Scrolling(string label, XElement content) => Of(
        "div", "scroll", new XAttribute("tabindex", 0), new XAttribute("role", "region"), new XAttribute("aria-label", label), content);

    /// <summary>A coordinate: a tenth of a pixel is finer than any screen.</summary>
    public static string At(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage with one decimal, a dash for none.</summary>
    public static string Percent(double? share) => ReportTable.Percent(share ?? double.NaN);

    /// <summary>An interval of shares, or nothing.</summary>
    public static string Interval(double? low, double? high) => low is null || high is null ? "" : $"{Percent(low)} to {Percent(high)}";

    private static XElement HeadCell(ReportTable table, string name, int column) =>
        new("th", new XAttribute("scope", "col"), column > 0 && table.IsNumeric(column) ? new XAttribute("class", "n") : null, name);

    // The first column names its row; an empty cell is one all the same.
    private static XElement Cell(ReportTable table, string cell, int column) => column == 0
        ? new XElement("th", new XAttribute("scope", "row"), cell)
        : new XElement("td", table.IsNumeric(column) ? new XAttribute("class", "n") : null, cell);
}
