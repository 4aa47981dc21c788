using HarEdge.Firmware;

namespace HarEdge.Cli.Hardware;

/// <summary>
/// A drawing of a board, a GY-521 and the wires between, 390 units wide: on a phone a unit is a pixel, and no text is smaller than 10. The pins are those of the firmware's board;
/// shapes are to scale, 2.54 mm to 16 units.
/// </summary>
internal sealed class WiringDrawing
{
    private const double Width = 390;
    private const double Middle = Width / 2;
    private const double Pitch = 16;
    private const double UnitsPerMm = Pitch / 2.54;
    private const double Small = 10;

    // GY-521: 21.6 mm by 16.2 mm, eight pins along the long edge; with these below and the parts up, VCC is left.
    private const double ModuleTop = 50;
    private const double ModuleWidth = 21.6 * UnitsPerMm;
    private const double ModuleHeight = 16.2 * UnitsPerMm;
    private const double FirstLevel = ModuleTop + ModuleHeight + 13;
    private const int ModuleWires = 5;

    // Pins of the adapter stand in the margin, so far from its edge and from each other.
    private const double AdapterMargin = 18;
    private const double AdapterStep = 21;
    private const double BelowSocket = 22;
    private const string AdapterGround = "GND2";

    // A board's module stands between the labels of its pins, where there is room for one.
    private const double ModuleMargin = 44;
    private const double LeastModule = 50;

    // Of a wire is left out for its name, above and below.
    private const double NameRoom = 14;

    private static readonly string[] ModulePins = ["VCC", "GND", "SCL", "SDA", "XDA", "XCL", "AD0", "INT"];

    private static readonly Dictionary<string, string> Colours = new()
    {
        ["VCC"] = "#c62828",
        ["GND"] = "#222",
        ["SCL"] = "#1565c0",
        ["SDA"] = "#2e7d32",
        ["INT"] = "#7b1fa2",
        ["TX2"] = "#d84300",
        ["RX2"] = "#00707f",
        [AdapterGround] = "#222",
    };

    private readonly SvgText svg = new();
    private readonly BoardShape shape;
    private readonly Board board;
    private readonly double left;
    private readonly double top;
    private readonly double firstPin;
    private readonly double bottom;

    private WiringDrawing(BoardShape shape, Board board)
    {
        this.shape = shape;
        this.board = board;
        left = Middle - shape.WidthMm * UnitsPerMm / 2;
        top = FirstLevel + ModuleWires * WireRoutes.LevelStep + shape.AntennaMm * UnitsPerMm;
        firstPin = top + shape.FirstPinMm * UnitsPerMm;
        bottom = firstPin + (shape.Left.Count - 1) * Pitch + shape.BelowLastPinMm * UnitsPerMm;
    }

    /// <summary>The drawing.</summary>
    /// <param name="shape">The board's shape.</param>
    /// <param name="board">Its pins, from the firmware.</param>
    public static string Of(BoardShape shape, Board board) => new WiringDrawing(shape, board).Draw();

    private string Draw()
    {
        var (fromModule, fromAdapter) = Connections();
        svg.Words(new(Middle, 20), $"GY-521 on {shape.Product}", 14, "middle", isBold: true);
        svg.Words(new(Middle, 37), "Seen from above, parts up. Dashed wires are optional.", 11, "middle");
        DrawModule();
        DrawBoard([.. fromModule.Concat(fromAdapter).Select(routed => routed.Wire.To)]);
        DrawAdapter([.. fromAdapter.Select(routed => routed.Wire)]);
        foreach (var (wire, way) in fromModule.Concat(fromAdapter))
        {
            DrawWire(wire, way, [.. fromModule.Concat(fromAdapter).Select(routed => routed.Way).Where(other => other != way)]);
        }

        return svg.File(Width, DrawLegend(AdapterTop + 78), $"Wiring of a GY-521 module to an {shape.Product}");
    }

    private double AdapterTop => bottom + 40;

    // Ground is on several pins, and adapters have their pins in any order: what makes the fewest crossings is drawn, of equals the first.
    private (List<Routed> FromModule, List<Routed> FromAdapter) Connections()
    {
        var grounds = shape.PlacesOf("GND", "G").ToList();
        var transmit = shape.PlaceOf(board.CommandTransmitPin);
        var drawings =
            from ground in grounds.GroupBy(place => place.IsLeft).OrderBy(side => side.Key).Select(side => side.First())
            let fromModule = FromModule(ground).ToList()
            let ways = WireRoutes.Of(fromModule, FirstLevel, left, Width - left)
            from other in grounds.Where(place => place != ground && place.IsLeft == transmit.IsLeft).DefaultIfEmpty(ground)
            from order in WireRoutes.Orders(3)
            let fromAdapter = FromAdapter(transmit.IsLeft, order, transmit, shape.PlaceOf(board.CommandReceivePin), other).ToList()
            let down = fromAdapter.Select(wire => WireRoutes.Down(wire, transmit.IsLeft, bottom + BelowSocket)).ToList()
            orderby WireRoutes.Crossings([.. ways, .. down])
            select (fromModule.Zip(ways, (wire, way) => new Routed(wire, way)).ToList(), fromAdapter.Zip(down, (wire, way) => new Routed(wire, way)).ToList());
        return drawings.First();
    }

    private IEnumerable<Connection> FromModule((bool IsLeft, int Row) ground)
    {
        Connection Wire(string signal, (bool IsLeft, int Row) place) => new(signal, ModulePin(signal), HeaderPlace(place), place.IsLeft);
        yield return Wire("VCC", shape.PlacesOf("3V3").First());
        yield return Wire("GND", ground);
        yield return Wire("SCL", shape.PlaceOf(board.ClockPin));
        yield return Wire("SDA", shape.PlaceOf(board.DataPin));
        if (board.WakesOnMotion)
        {
            yield return Wire("INT", shape.PlaceOf(board.MotionPin));
        }
    }

    private IEnumerable<Connection> FromAdapter(bool isLeft, int[] order, params (bool IsLeft, int Row)[] places)
    {
        string[] signals = ["TX2", "RX2", AdapterGround];
        for (var i = 0; i < signals.Length; i++)
        {
            var fromEdge = AdapterMargin + AdapterStep * order[i];
            yield return new Connection(signals[i], new(isLeft ? fromEdge : Width - fromEdge, AdapterTop + 9), HeaderPlace(places[i]), places[i].IsLeft);
        }
    }

    private static Spot ModulePin(string name) => new(Middle + (Array.IndexOf(ModulePins, name) - (ModulePins.Length - 1) / 2.0) * Pitch, ModuleTop + ModuleHeight - 8);

    private Spot HeaderPlace((bool IsLeft, int Row) place) => new(place.IsLeft ? left + 8 : Width - left - 8, firstPin + Pitch * place.Row);

    private void DrawModule()
    {
        var x = Middle - ModuleWidth / 2;
        svg.Box(x, ModuleTop, ModuleWidth, ModuleHeight, "#dbe7f5", "#1b4f8a", 5);
        svg.Disc(new(x + 16, ModuleTop + 16), 10, "#fff", "#1b4f8a");
        svg.Disc(new(x + ModuleWidth - 16, ModuleTop + 16), 10, "#fff", "#1b4f8a");
        svg.Words(new(Middle, ModuleTop + 16), "GY-521", 13, "middle", isBold: true);
        svg.Words(new(Middle, ModuleTop + 29), "(MPU6050)", Small, "middle");
        svg.Box(Middle + 11, ModuleTop + 37, 25, 25, "#333", "#111", 2);
        DrawPullUps(ModuleTop + 36);
        foreach (var name in ModulePins)
        {
            var pin = ModulePin(name);
            svg.Disc(pin, 4.5, "#fff", "#8a6d1b");
            svg.Words(new(pin.X + 3.5, pin.Y - 8), name, Small, isBold: name != "INT" ? Colours.ContainsKey(name) : board.WakesOnMotion, turned: -90);
        }

        DrawNote(6, "start", "Pull-ups: two", "resistors from SCL", "and SDA to 3.3 V", "are on the module,", "2.2 to 4.7 kΩ.", "Add none.");
        DrawNote(Width - 6, "end", "AD0: leave it open.", "The module holds", "it low: the address", "is 0x68.", "XDA, XCL: leave", "them open.");
    }

    private void DrawPullUps(double rail)
    {
        double[] lines = [ModulePin("SCL").X, ModulePin("SDA").X];
        svg.Path([new(lines[0], rail), new(lines[1], rail)], "#444", 1.2);
        foreach (var x in lines)
        {
            svg.Path([new(x, rail), new(x, rail + 23)], "#444", 1.2);
            svg.Box(x - 3, rail + 4, 6, 14, "#fff", "#444", 0);
        }
    }

    private void DrawNote(double x, string anchor, params string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            svg.Words(new(x, ModuleTop + 12 + 14 * i), lines[i], Small, anchor);
        }
    }

    private void DrawBoard(IReadOnlyCollection<Spot> wired)
    {
        var width = Width - 2 * left;
        var antenna = shape.AntennaMm * UnitsPerMm;
        svg.Box(left, top, width, bottom - top, "#e9ece9", "#333", 6);
        if (width > 2 * ModuleMargin + LeastModule)
        {
            svg.Box(left + ModuleMargin, top - antenna + 3, width - 2 * ModuleMargin, 24, "#cfcfcf", "#555", 2);
            svg.Box(left + ModuleMargin, top - antenna + 26, width - 2 * ModuleMargin, antenna + 74, "#f7f7f7", "#555", 2);
            svg.Words(new(Middle, top - antenna + 19), "antenna", Small, "middle");
        }

        svg.Words(new(Middle, top + 56), shape.Product.Split('-', ' ') is [var chip, ['S' or 'C', _] series, ..] ? $"{chip}-{series}" : shape.Product.Split('-', ' ')[0], 13, "middle", isBold: true);
        DrawHeader(shape.Left, isLeft: true, wired);
        DrawHeader(shape.Right, isLeft: false, wired);
        foreach (var button in shape.Buttons)
        {
            var at = new Spot(left + button.CentreMm * UnitsPerMm, bottom - shape.ButtonMm * UnitsPerMm);
            svg.Box(at.X - 8, at.Y - 8, 16, 16, "#fff", "#333", 2);
            svg.Disc(at, 5, "#555", "#333");
            svg.Words(new(at.X, at.Y - 12), button.Label, Small, "middle", isBold: button.Label == "BOOT");
        }

        foreach (var socket in shape.Sockets)
        {
            var x = left + socket.CentreMm * UnitsPerMm;
            svg.Box(x - 22, bottom - 22, 44, 30, "#bbb", "#333", 3);
            svg.Words(new(x, bottom - 3), socket.Label, Small, "middle", isBold: true);
        }
    }

    private void DrawHeader(IReadOnlyList<HeaderPin> pins, bool isLeft, IReadOnlyCollection<Spot> wired)
    {
        for (var row = 0; row < pins.Count; row++)
        {
            var pin = HeaderPlace((isLeft, row));
            svg.Disc(pin, 4.5, "#fff", "#8a6d1b");
            svg.Words(new(pin.X + (isLeft ? 9 : -9), pin.Y + 3.6), pins[row].Label, Small, isLeft ? "start" : "end", wired.Contains(pin) ? "#000" : "#555", wired.Contains(pin));
        }
    }

    private void DrawAdapter(IReadOnlyList<Connection> wires)
    {
        var x = wires[0].From.X < Middle ? 4 : Width - 104;
        svg.Box(x, AdapterTop, 100, 58, "#fdf3e1", "#8a5a00", 4);
        foreach (var wire in wires)
        {
            svg.Disc(wire.From, 4.5, "#fff", "#8a6d1b");
            svg.Words(new(wire.From.X, AdapterTop + 25), AdapterPin(wire.Signal), Small, "middle");
        }

        svg.Words(new(x + 50, AdapterTop + 39), "USB-UART", Small, "middle");
        svg.Words(new(x + 50, AdapterTop + 52), "adapter, 3.3 V", Small, "middle");
    }

    private static string AdapterPin(string signal) => signal switch { "TX2" => "RX", "RX2" => "TX", _ => "GND" };

    private static bool IsOptional(string signal) => signal is "INT" or "TX2" or "RX2" or AdapterGround;

    private void DrawWire(Connection wire, IReadOnlyList<Spot> way, IReadOnlyList<IReadOnlyList<Spot>> others)
    {
        var colour = Colours[wire.Signal];
        svg.Path(way, "#fff", 6);
        svg.Path(way, colour, 2.6, IsOptional(wire.Signal) ? "7 3" : "");
        svg.Disc(way[0], 3.2, colour, colour);
        svg.Disc(way[^1], 3.2, colour, colour);

        var name = NamePlace(way, others);
        svg.Path([new(name.X, name.Y - NameRoom), new(name.X, name.Y + NameRoom)], "#fff", 6);
        svg.Words(new(name.X + 3.6, name.Y), wire.Signal == AdapterGround ? "GND" : wire.Signal, Small, "middle", colour, isBold: true, turned: -90);
    }

    // In its lane, the longest piece that stands but for that at the module: in the middle, or where no other wire crosses.
    private static Spot NamePlace(IReadOnlyList<Spot> way, IReadOnlyList<IReadOnlyList<Spot>> others)
    {
        var (from, to) = way.Zip(way.Skip(1)).Skip(1).Where(piece => piece.First.X == piece.Second.X).MaxBy(piece => Math.Abs(piece.First.Y - piece.Second.Y));
        double[] shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.25, 0.75];
        var places = shares.Select(share => new Spot(from.X, from.Y + (to.Y - from.Y) * share)).ToList();
        return places.Find(place => WireRoutes.Crossings([[new(place.X, place.Y - NameRoom), new(place.X, place.Y + NameRoom)], .. others]) == WireRoutes.Crossings(others)) is { X: > 0 } free
            ? free
            : places[0];
    }

    // Returns the y below it.
    private double DrawLegend(double y)
    {
        foreach (var (signal, pin, use) in WiringTable.Of(shape, board))
        {
            if (Colours.TryGetValue(signal, out var colour) && !(signal == "INT" && !board.WakesOnMotion))
            {
                svg.Path([new(8, y - 4), new(32, y - 4)], colour, 2.6, IsOptional(signal) ? "7 3" : "");
            }

            svg.Words(new(40, y), signal, 11, isBold: true);
            svg.Words(new(84, y), pin, 11, isBold: true);
            svg.Words(new(134, y), use, 11);
            y += 17;
        }

        svg.Words(new(8, y + 6), shape.Remark, 11);
        return y + 18;
    }

    private sealed record Routed(Connection Wire, IReadOnlyList<Spot> Way);
}
