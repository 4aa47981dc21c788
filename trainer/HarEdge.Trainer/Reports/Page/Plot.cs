using System.Globalization;
using System.Xml.Linq;

namespace HarEdge.Trainer.Reports.Page;

/// <summary>
/// A drawing in SVG: scales, axes and marks, colored by the page's style alone. 420 units wide, so that its letters can still be read
/// on a telephone. What is drawn is also said in words, for who cannot see it.
/// </summary>
internal sealed class Plot
{
    /// <summary>Units from side to side.</summary>
    public const int Width = 420;

    private readonly XElement svg;
    private readonly int height;

    /// <summary>An empty drawing.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What there is to see, in a sentence or two.</param>
    /// <param name="height">Units.</param>
    public Plot(string id, string title, string description, int height)
    {
        this.height = height;
        svg = new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {Width} {height}"),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title {id}-words"),
            new XElement("title", new XAttribute("id", id + "-title"), title),
            new XElement("desc", new XAttribute("id", id + "-words"), description));
    }

    /// <summary>The drawing above a caption.</summary>
    public XElement Figure(string caption) => new("figure", svg, new XElement("figcaption", caption));

    /// <summary>Values from left to right, ticks and their numbers below, a name under them.</summary>
    public void XAxis(Scale x, double top, double bottom, string name, Func<double, string> format)
    {
        foreach (var tick in x.Ticks)
        {
            Line("grid", x.At(tick), top, x.At(tick), bottom);
            Text(x.At(tick), bottom + 14, format(tick), "tick middle");
        }

        Line("base", x.From, bottom, x.To, bottom);
        Text((x.From + x.To) / 2, bottom + 30, name, "axis middle");
    }

    /// <summary>Values from bottom to top, numbers at the left, the name above them by so many units.</summary>
    public void YAxis(Scale y, double left, double right, string name, Func<double, string> format, double nameAbove = 10)
    {
        foreach (var tick in y.Ticks)
        {
            Line("grid", left, y.At(tick), right, y.At(tick));
            Text(left - 6, y.At(tick) + 4, format(tick), "tick end");
        }

        Text(0, y.To - nameAbove, name, "axis");
    }

    /// <summary>A straight line.</summary>
    public void Line(string style, double x1, double y1, double x2, double y2) =>
        svg.Add(new XElement("path", new XAttribute("class", style), new XAttribute("d", $"M{Html.At(x1)} {Html.At(y1)}L{Html.At(x2)} {Html.At(y2)}")));

    /// <summary>A line through points.</summary>
    public void Polyline(string style, IEnumerable<(double X, double Y)> points) => svg.Add(new XElement(
        "path", new XAttribute("class", style), new XAttribute("d", "M" + string.Join('L', points.Select(point => $"{Html.At(point.X)} {Html.At(point.Y)}")))));

    /// <summary>A rectangle; a negative width or height is none.</summary>
    public void Box(string style, double x, double y, double width, double height, string? title = null) => svg.Add(new XElement(
        "rect",
        new XAttribute("class", style),
        new XAttribute("x", Html.At(x)),
        new XAttribute("y", Html.At(y)),
        new XAttribute("width", Html.At(Math.Max(0, width))),
        new XAttribute("height", Html.At(Math.Max(0, height))),
        title is null ? null : new XElement("title", title)));

    /// <summary>A round mark; its title is shown by a pointer that rests on it.</summary>
    public void Dot(string style, double x, double y, double radius, string? title = null) => svg.Add(new XElement(
        "circle",
        new XAttribute("class", style),
        new XAttribute("cx", Html.At(x)),
        new XAttribute("cy", Html.At(y)),
        new XAttribute("r", Html.At(radius)),
        title is null ? null : new XElement("title", title)));

    /// <summary>A mark on its corner: of another shape than a dot, so that color is not all that parts them.</summary>
    public void Diamond(double x, double y, double radius, string? title = null) => svg.Add(new XElement(
        "path",
        new XAttribute("class", "diamond"),
        new XAttribute("d", $"M{Html.At(x)} {Html.At(y - radius)}l{Html.At(radius)} {Html.At(radius)}l{Html.At(-radius)} {Html.At(radius)}l{Html.At(-radius)} {Html.At(-radius)}z"),
        title is null ? null : new XElement("title", title)));

    /// <summary>Many small marks as one path.</summary>
    public void Marks(string style, IEnumerable<(double X, double Y)> points) => svg.Add(new XElement(
        "path", new XAttribute("class", style), new XAttribute("d", string.Concat(points.Select(point => $"M{Html.At(point.X - 1.3)} {Html.At(point.Y - 1.3)}h2.6v2.6h-2.6z")))));

    /// <summary>Letters, from the left unless the style says otherwise.</summary>
    public void Text(double x, double y, string text, string? style = null) => svg.Add(new XElement(
        "text", style is null ? null : new XAttribute("class", style), new XAttribute("x", Html.At(x)), new XAttribute("y", Html.At(y)), text));

    /// <summary>A name at the left of a row, cut where there is no room; whole in its title.</summary>
    public void RowName(double right, double y, string name)
    {
        // A letter of 11.5 units is 6.4 wide on average.
        var room = (int)((right - 2) / 6.4);
        svg.Add(new XElement(
            "text",
            new XAttribute("class", "end"),
            new XAttribute("x", Html.At(right)),
            new XAttribute("y", Html.At(y)),
            name.Length <= room ? name : name[..(room - 1)] + "…",
            name.Length <= room ? null : new XElement("title", name)));
    }

    /// <summary>Whole numbers with a sign for thousands.</summary>
    public static string Count(double value) => value >= 1000 && value % 1000 == 0
        ? (value / 1000).ToString("0", CultureInfo.InvariantCulture) + "k"
        : value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Shares as whole percent where they are.</summary>
    public static string PercentTick(double share) => Math.Round(100 * share, 2).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}

/// <summary>From values to units of a drawing.</summary>
/// <param name="Low">Value at <paramref name="From"/>.</param>
/// <param name="High">Value at <paramref name="To"/>.</param>
/// <param name="From">Units.</param>
/// <param name="To">Units; below <paramref name="From"/> on a vertical scale.</param>
/// <param name="IsLogarithmic">Steps are ratios; then both ends are above 0.</param>
internal sealed record Scale(double Low, double High, double From, double To, bool IsLogarithmic = false)
{
    private static readonly double[] Digits = [1, 2, 5];

    /// <summary>Where a value lies; what is beyond an end lies on it.</summary>
    public double At(double value)
    {
        var position = IsLogarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);
        return From + (Math.Clamp(position, 0, 1) * (To - From));
    }

    /// <summary>Round values within the ends, about five.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            if (IsLogarithmic)
            {
                return Enumerable.Range(-3, 12).SelectMany(decade => Digits.Select(digit => digit * Math.Pow(10, decade))).Where(tick => tick >= Low && tick <= High);
            }

            var step = StepOf((High - Low) / 5);
            var first = (long)Math.Ceiling((Low / step) - 1e-9);
            var last = (long)Math.Floor((High / step) + 1e-9);
            return Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step);
        }
    }

    /// <summary>A scale of shares that ends at 1 and begins on a round value below the lowest.</summary>
    public static Scale OfShares(IEnumerable<double> shares, double from, double to)
    {
        var lowest = shares.Where(double.IsFinite).DefaultIfEmpty(0).Min();
        var step = StepOf(Math.Max(0.02, 1 - lowest) / 5);
        return new Scale(Math.Max(0, Math.Floor((lowest / step) - 1e-9) * step), 1, from, to);
    }

    /// <summary>A scale from 0 to a round value above the highest.</summary>
    public static Scale FromZero(IEnumerable<double> values, double from, double to)
    {
        var highest = values.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var step = StepOf(Math.Max(highest, 1e-6) / 5);
        return new Scale(0, Math.Ceiling((highest / step) - 1e-9) * step, from, to);
    }

    // The smallest of 1, 2, 5 times a power of ten that is no smaller.
    private static double StepOf(double least)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return Digits.Append(10).Select(digit => digit * decade).First(step => step >= least * (1 - 1e-9));
    }
}
