using System.Globalization;
using System.Xml.Linq;

namespace HarEdge.Trainer.Reports.Page;

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
        new("th", new XAttribute("scope", "col"), table.IsNumeric(column) ? new XAttribute("class", "n") : null, name);

    // The first column names its row; an empty cell is one all the same.
    private static XElement Cell(ReportTable table, string cell, int column) => column == 0
        ? new XElement("th", new XAttribute("scope", "row"), cell)
        : new XElement("td", table.IsNumeric(column) ? new XAttribute("class", "n") : null, cell);
}
