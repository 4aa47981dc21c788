using HarEdge.Firmware;

namespace HarEdge.Cli.Hardware;

/// <summary>
/// An M5StickC Plus from the front, 390 units wide: nothing is wired, so it shows what is where, and which GPIO it has in the firmware. Size and places are those of M5Stack's product page (48.2 mm by 25.5 mm).
/// </summary>
internal static class StickDrawing
{
    /// <summary>Name of the drawing, without extension.</summary>
    public const string File = "wiring-m5stickc-plus";

    /// <summary>What to buy.</summary>
    public const string Product = "M5StickC Plus";

    private const double Width = 390;
    private const double Middle = Width / 2;
    private const double Top = 62;
    private const double UnitsPerMm = 6.3;
    private const double BodyWidth = 25.5 * UnitsPerMm;
    private const double BodyHeight = 48.2 * UnitsPerMm;
    private const double Left = Middle - BodyWidth / 2;
    private const double Right = Middle + BodyWidth / 2;
    private const double Bottom = Top + BodyHeight;
    private const double Small = 10;

    /// <summary>The rows: signal, where, what it is for.</summary>
    public static IReadOnlyList<(string Signal, string Pin, string Use)> Rows(Board board) =>
    [
        ("SCL", $"GPIO {board.ClockPin}", "inside: clock of the MPU6886"),
        ("SDA", $"GPIO {board.DataPin}", "inside: data of the MPU6886"),
        ("INT", $"GPIO {board.MotionPin}", "inside: motion wakes from deep sleep"),
        ("A", $"GPIO {board.ButtonPin}", "the button: calibration, recording"),
        ("TX2", $"GPIO {board.CommandTransmitPin}", "optional, Grove: to the adapter's RX"),
        ("RX2", $"GPIO {board.CommandReceivePin}", "optional, Grove: from the adapter's TX"),
    ];

    /// <summary>The drawing.</summary>
    public static string Of(Board board)
    {
        var svg = new SvgText();
        svg.Words(new(Middle, 20), $"{Product}: nothing to solder", 14, "middle", isBold: true);
        svg.Words(new(Middle, 37), "Seen from the front. Sensor, cell and charger are inside.", 11, "middle");
        DrawBody(svg, board);
        DrawNotes(svg, board);
        var y = Bottom + 74;
        foreach (var (signal, pin, use) in Rows(board))
        {
            svg.Words(new(8, y), signal, 11, isBold: true);
            svg.Words(new(52, y), pin, 11, isBold: true);
            svg.Words(new(118, y), use, 11);
            y += 17;
        }

        svg.Words(new(8, y + 6), "A Plus2 is another board: its GPIO 4 must be held high.", Small);
        return svg.File(Width, y + 18, $"{Product}: parts, buttons and pins");
    }

    private static void DrawBody(SvgText svg, Board board)
    {
        svg.Box(Left, Top, BodyWidth, BodyHeight, "#f3a43b", "#333", 12);
        svg.Box(Left + 22, Top + 24, BodyWidth - 44, 158, "#222", "#111", 4);
        svg.Words(new(Middle, Top + 98), "screen", 12, "middle", "#fff");
        svg.Words(new(Middle, Top + 114), "HarEdge turns it off", Small, "middle", "#fff");
        svg.Box(Middle - 36, Top + 204, 72, 46, "#fff", "#333", 6);
        svg.Words(new(Middle, Top + 224), "A", 14, "middle", isBold: true);
        svg.Words(new(Middle, Top + 240), $"GPIO {board.ButtonPin}", Small, "middle");
        svg.Box(Left - 6, Top + 60, 6, 36, "#999", "#333", 1);
        svg.Box(Right, Top + 120, 6, 36, "#999", "#333", 1);
        svg.Box(Left + 20, Bottom - 12, 46, 20, "#bbb", "#333", 3);
        svg.Words(new(Left + 43, Bottom + 2), "USB-C", Small, "middle", isBold: true);
        svg.Box(Right - 76, Bottom - 14, 62, 22, "#fff", "#333", 2);
        svg.Words(new(Right - 45, Bottom + 1), "Grove", Small, "middle", isBold: true);
        svg.Box(Left + 26, Top - 6, BodyWidth - 52, 10, "#333", "#111", 2);
    }

    private static void DrawNotes(SvgText svg, Board board)
    {
        Note(svg, 6, Top + 70, "start", "Power button:", "2 s on, 6 s off");
        Note(svg, Width - 6, Top + 130, "end", "Button B:", "not used");
        Note(svg, 6, Top + 150, "start", "Inside, on I2C:", "MPU6886 at 0x68,", "AXP192 (power)", "at 0x34; pull-ups", "are there.");
        Note(svg, Width - 6, Top + 40, "end", "Header for hats:", "leave it open");
        svg.Words(new(Left + 43, Bottom + 22), "console", Small, "middle");
        svg.Words(new(Right - 45, Bottom + 22), $"G{board.CommandTransmitPin} G{board.CommandReceivePin} 5V GND", Small, "middle");
        svg.Words(new(Middle, Bottom + 44), "Connect 3.3 V adapters by their TX, RX and GND only: Grove's supply is 5 V.", Small, "middle");
    }

    private static void Note(SvgText svg, double x, double y, string anchor, params string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            svg.Words(new(x, y + 14 * i), lines[i], Small, anchor, isBold: i == 0);
        }
    }
}
