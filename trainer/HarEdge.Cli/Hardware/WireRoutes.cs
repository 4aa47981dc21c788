using System.Globalization;
using System.Text;

namespace HarEdge.Cli.Hardware;

/// <summary>A point of the drawing; y grows downwards.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>What a wire connects before it has a way: a pin that looks down or up, and a pin of the board that looks sideways.</summary>
/// <param name="Signal">Its name.</param>
/// <param name="From">The pin of the module or adapter.</param>
/// <param name="To">The pin of the board.</param>
/// <param name="IsLeft">Which header it is.</param>
internal sealed record Connection(string Signal, Spot From, Spot To, bool IsLeft);

/// <summary>
/// Ways of wires around a board: down from a pin of the module, along a level of its own, down a lane beside the board, and in to the header. Of all orders of levels and lanes the one
/// with the fewest crossings is taken.
/// </summary>
internal static class WireRoutes
{
    /// <summary>From one level to the next.</summary>
    public const double LevelStep = 11;

    private const double LaneStep = 12;

    /// <summary>The ways, in the order of the connections.</summary>
    /// <param name="connections">From the module above the board.</param>
    /// <param name="firstLevel">y of the uppermost level.</param>
    /// <param name="leftEdge">x of the board's left edge.</param>
    /// <param name="rightEdge">x of its right edge.</param>
    public static IReadOnlyList<IReadOnlyList<Spot>> Of(IReadOnlyList<Connection> connections, double firstLevel, double leftEdge, double rightEdge)
    {
        var left = connections.Where(wire => wire.IsLeft).ToList();
        var right = connections.Where(wire => !wire.IsLeft).ToList();
        IReadOnlyList<IReadOnlyList<Spot>> best = [];
        var fewest = int.MaxValue;
        foreach (var levels in Orders(connections.Count))
        {
            foreach (var leftLanes in Orders(left.Count))
            {
                foreach (var rightLanes in Orders(right.Count))
                {
                    double Lane(Connection wire) => wire.IsLeft
                        ? leftEdge - LaneStep * (leftLanes[left.IndexOf(wire)] + 1)
                        : rightEdge + LaneStep * (rightLanes[right.IndexOf(wire)] + 1);
                    List<IReadOnlyList<Spot>> ways = [.. connections.Select((wire, i) => Way(wire, firstLevel + LevelStep * levels[i], Lane(wire)))];
                    var crossings = Crossings(ways);
                    (best, fewest) = crossings < fewest ? (ways, crossings) : (best, fewest);
                }
            }
        }

        return best;
    }

    /// <summary>The way of a wire from a header out to a lane and down, where the adapter's pin stands at the lane itself; from the other side's header it goes around below the board.</summary>
    /// <param name="wire">From the adapter.</param>
    /// <param name="isAdapterLeft">On which side it stands.</param>
    /// <param name="belowBoard">y of the level below the board.</param>
    public static IReadOnlyList<Spot> Down(Connection wire, bool isAdapterLeft, double belowBoard)
    {
        if (wire.IsLeft == isAdapterLeft)
        {
            return [wire.To, new(wire.From.X, wire.To.Y), wire.From];
        }

        var lane = wire.To.X + (wire.IsLeft ? -2 : 2) * LaneStep;
        return [wire.To, new(lane, wire.To.Y), new(lane, belowBoard), new(wire.From.X, belowBoard), wire.From];
    }

    /// <summary>How often wires cross each other.</summary>
    public static int Crossings(IReadOnlyList<IReadOnlyList<Spot>> ways)
    {
        var crossings = 0;
        for (var a = 0; a < ways.Count; a++)
        {
            for (var b = a + 1; b < ways.Count; b++)
            {
                crossings += Pieces(ways[a]).Sum(piece => Pieces(ways[b]).Count(other => Cross(piece, other)));
            }
        }

        return crossings;
    }

    private static IReadOnlyList<Spot> Way(Connection wire, double level, double lane) =>
        [wire.From, new(wire.From.X, level), new(lane, level), new(lane, wire.To.Y), wire.To];

    private static IEnumerable<(Spot From, Spot To)> Pieces(IReadOnlyList<Spot> way) => way.Zip(way.Skip(1));

    // One lies and one stands, for all wires run along the axes.
    private static bool Cross((Spot From, Spot To) a, (Spot From, Spot To) b)
    {
        var (lying, standing) = a.From.Y == a.To.Y ? (a, b) : (b, a);
        return lying.From.Y == lying.To.Y && standing.From.X == standing.To.X
            && IsWithin(standing.From.X, lying.From.X, lying.To.X) && IsWithin(lying.From.Y, standing.From.Y, standing.To.Y);
    }

    private static bool IsWithin(double value, double a, double b) => value >= Math.Min(a, b) && value <= Math.Max(a, b);

    /// <summary>Every order of so many, each as the places of the elements.</summary>
    public static IEnumerable<int[]> Orders(int count)
    {
        if (count == 0)
        {
            yield return [];
            yield break;
        }

        foreach (var shorter in Orders(count - 1))
        {
            for (var at = 0; at < count; at++)
            {
                yield return [.. shorter.Take(at), count - 1, .. shorter.Skip(at)];
            }
        }
    }
}

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
