using System.Globalization;
using System.Text;

namespace HarEdge.Cli.Hardware;

/// <summary>A drawing as it grows. Coordinates have one decimal at most, so the same drawing is the same bytes everywhere.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder text = new();

    /// <summary>A rectangle with rounded corners.</summary>
    public void Box(double x, double y, double width, double height, string fill, string stroke, double radius = 3) =>
        Line($"""<rect x="{N(x)}" y="{N(y)}" width="{N(width)}" height="{N(height)}" rx="{N(radius)}" fill="{fill}" stroke="{stroke}"/>""");

    /// <summary>A disc.</summary>
    public void Disc(Spot at, double radius, string fill, string stroke) =>
        Line($"""<circle cx="{N(at.X)}" cy="{N(at.Y)}" r="{N(radius)}" fill="{fill}" stroke="{stroke}"/>""");

    /// <summary>A line through points.</summary>
    public void Path(IEnumerable<Spot> through, string stroke, double width, string dashes = "") =>
        Line($"""<path d="M{string.Join(" L", through.Select(spot => $"{N(spot.X)} {N(spot.Y)}"))}" fill="none" stroke="{stroke}" stroke-width="{N(width)}" stroke-linejoin="round"{(dashes.Length > 0 ? $" stroke-dasharray=\"{dashes}\"" : "")}/>""");

    /// <summary>A line of text.</summary>
    /// <param name="at">Where its foot is.</param>
    /// <param name="words">The text.</param>
    /// <param name="size">Height in units; a unit is a pixel on a phone.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="fill">Colour.</param>
    /// <param name="isBold">Whether it is heavy.</param>
    /// <param name="turned">Degrees around its foot.</param>
    public void Words(Spot at, string words, double size, string anchor = "start", string fill = "#111", bool isBold = false, int turned = 0) =>
        Line(
            $"""<text x="{N(at.X)}" y="{N(at.Y)}" font-size="{N(size)}" text-anchor="{anchor}" fill="{fill}"{(isBold ? " font-weight=\"bold\"" : "")}"""
            + (turned == 0 ? "" : $" transform=\"rotate({turned} {N(at.X)} {N(at.Y)})\"")
            + $">{System.Security.SecurityElement.Escape(words)}</text>");

    /// <summary>The whole file.</summary>
    public string File(double width, double height, string title) =>
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {N(width)} {N(height)}" width="{N(width)}" height="{N(height)}" font-family="Arial, Helvetica, 'Liberation Sans', sans-serif">
        <title>{System.Security.SecurityElement.Escape(title)}</title>
        <rect width="{N(width)}" height="{N(height)}" fill="#fff"/>
        {text}</svg>

        """.ReplaceLineEndings("\n");

    private void Line(string element) => text.Append(element).Append('\n');

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
