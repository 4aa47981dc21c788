using System.Globalization;
using HarEdge.Firmware;

namespace HarEdge.Cli.Hardware;

/// <summary>A pin of a board's header.</summary>
/// <param name="Label">As printed beside it.</param>
/// <param name="Gpio">Its GPIO, or -1 for supply, reset and the flash's own lines.</param>
internal sealed record HeaderPin(string Label, int Gpio)
{
    /// <summary>Reads a row of labels from the antenna down, blanks between: "IO4", "D4" and "4" are GPIO 4, and "VP:36" gives the GPIO that a label hides.</summary>
    public static IReadOnlyList<HeaderPin> Row(string labels) =>
    [
        .. labels.Split(' ').Select(word =>
        {
            var parts = word.Split(':');
            return new HeaderPin(parts[0], int.TryParse(parts[^1].TrimStart('I', 'O', 'D'), NumberStyles.None, CultureInfo.InvariantCulture, out var gpio) ? gpio : -1);
        }),
    ];
}

/// <summary>Where a button or a socket sits, in millimetres from the left edge; all are at the end away from the antenna.</summary>
internal sealed record BoardPart(string Label, double CentreMm);

/// <summary>
/// Shape and pin order of a board that a firmware's board is drawn on, seen from above with the antenna up. Orders are those of the header tables in Espressif's user guides (ESP32-DevKitC V4,
/// ESP32-S3-DevKitC-1, ESP32-C3-DevKitM-1) and agree with the board files of wokwi/wokwi-boards; of these the 30 pins of the DevKit V1 and all millimetres are.
/// </summary>
/// <param name="Name">The firmware's name for it.</param>
/// <param name="Product">What to buy.</param>
/// <param name="File">Name of its drawing, without extension.</param>
/// <param name="WidthMm">Of the board.</param>
/// <param name="AntennaMm">How far the module's antenna stands out above the board; 0 where it ends on it.</param>
/// <param name="FirstPinMm">From the board's upper edge to the first pins.</param>
/// <param name="BelowLastPinMm">From the last pins to the board's lower edge.</param>
/// <param name="Left">Pins of the left header, from the antenna down.</param>
/// <param name="Right">Pins of the right header.</param>
/// <param name="ButtonMm">From the board's lower edge up to its buttons.</param>
/// <param name="Buttons">Left to right; without a label where there is no room for one.</param>
/// <param name="Sockets">USB, left to right.</param>
/// <param name="Remark">What copies do otherwise.</param>
internal sealed record BoardShape(
    string Name,
    string Product,
    string File,
    double WidthMm,
    double AntennaMm,
    double FirstPinMm,
    double BelowLastPinMm,
    IReadOnlyList<HeaderPin> Left,
    IReadOnlyList<HeaderPin> Right,
    double ButtonMm,
    IReadOnlyList<BoardPart> Buttons,
    IReadOnlyList<BoardPart> Sockets,
    string Remark)
{
    /// <summary>The boards there are drawings of.</summary>
    public static IReadOnlyList<BoardShape> All { get; } =
    [
        new(
            "ESP32-DevKit",
            "ESP32-DevKitC V4, 38 pins",
            "wiring-esp32",
            WidthMm: 27.9,
            AntennaMm: 6.2,
            FirstPinMm: 1.4,
            BelowLastPinMm: 3.3,
            HeaderPin.Row("3V3 EN VP:36 VN:39 IO34 IO35 IO32 IO33 IO25 IO26 IO27 IO14 IO12 GND IO13 D2:9 D3:10 CMD:11 5V"),
            HeaderPin.Row("GND IO23 IO22 TX:1 RX:3 IO21 GND IO19 IO18 IO5 IO17 IO16 IO4 IO0 IO2 IO15 D1:8 D0:7 CLK:6"),
            ButtonMm: 4.5,
            [new("EN", 8), new("BOOT", 20)],
            [new("USB", 13.9)],
            "On copies go by the names, such as D21 or G21 for IO21."),
        new(
            "ESP32-DevKit",
            "ESP32 DevKit V1, 30 pins",
            "wiring-esp32-30",
            WidthMm: 28.2,
            AntennaMm: 0,
            FirstPinMm: 5.8,
            BelowLastPinMm: 11.6,
            HeaderPin.Row("EN VP:36 VN:39 D34 D35 D32 D33 D25 D26 D27 D14 D12 D13 GND VIN"),
            HeaderPin.Row("D23 D22 TX0:1 RX0:3 D21 D19 D18 D5 TX2:17 RX2:16 D4 D2 D15 GND 3V3"),
            ButtonMm: 5,
            [new("EN", 6.2), new("BOOT", 22)],
            [new("USB", 14.1)],
            "3V3 and GND are at the end with the socket."),
        new(
            "ESP32-S3-DevKit",
            "ESP32-S3-DevKitC-1, 44 pins",
            "wiring-esp32-s3",
            WidthMm: 25.5,
            AntennaMm: 6.2,
            FirstPinMm: 1.5,
            BelowLastPinMm: 9,
            HeaderPin.Row("3V3 3V3 RST 4 5 6 7 15 16 17 18 8 3 46 9 10 11 12 13 14 5V G"),
            HeaderPin.Row("G TX:43 RX:44 1 2 42 41 40 39 38 37 36 35 0 45 48 47 21 20 19 G G"),
            ButtonMm: 12.5,
            [new("BOOT", 7.6), new("RESET", 17.9)],
            [new("UART", 6.1), new("USB", 19.4)],
            "Two USB sockets: begin with the one marked UART."),
        new(
            "ESP32-C3-DevKit",
            "ESP32-C3-DevKitM-1, 30 pins",
            "wiring-esp32-c3",
            WidthMm: 25.4,
            AntennaMm: 3.5,
            FirstPinMm: 1.7,
            BelowLastPinMm: 2.2,
            HeaderPin.Row("GND 3V3 3V3 IO2 IO3 GND RST GND IO0 IO1 IO10 GND 5V 5V GND"),
            HeaderPin.Row("GND TX:21 RX:20 GND IO9 IO8 GND IO7 IO6 IO5 IO4 GND IO18 IO19 GND"),
            ButtonMm: 5.8,
            [new("BOOT", 8.6), new("RST", 16.4)],
            [new("USB", 12.9)],
            "The button BOOT is GPIO 9: do not wire anything else to it."),
        new(
            "XIAO-ESP32-S3",
            "XIAO ESP32-S3",
            "wiring-xiao-esp32-s3",
            WidthMm: 18.1,
            AntennaMm: 0,
            FirstPinMm: 3.2,
            BelowLastPinMm: 4.9,
            HeaderPin.Row("D7:44 D8:7 D9:8 D10:9 3V3 GND 5V"),
            HeaderPin.Row("D6:43 D5:6 D4:5 D3:4 D2:3 D1:2 D0:1"),
            ButtonMm: 2,
            [new("", 3.2), new("", 14.9)],
            [new("USB-C", 9)],
            XiaoRemark),
        new(
            "XIAO-ESP32-C3",
            "XIAO ESP32-C3",
            "wiring-xiao-esp32-c3",
            WidthMm: 18.1,
            AntennaMm: 0,
            FirstPinMm: 3.2,
            BelowLastPinMm: 4.9,
            HeaderPin.Row("D7:20 D8:8 D9:9 D10:10 3V3 GND 5V"),
            HeaderPin.Row("D6:21 D5:7 D4:6 D3:5 D2:4 D1:3 D0:2"),
            ButtonMm: 2,
            [new("", 3.2), new("", 14.9)],
            [new("USB-C", 9)],
            XiaoRemark),
    ];

    private const string XiaoRemark = "Beside the socket: left B (BOOT), right R (reset).";

    /// <summary>The pin at a place.</summary>
    public HeaderPin At((bool IsLeft, int Row) place) => (place.IsLeft ? Left : Right)[place.Row];

    /// <summary>The side and place of the pin of a GPIO.</summary>
    public (bool IsLeft, int Row) PlaceOf(int gpio) =>
        Left.Select((pin, row) => (pin, isLeft: true, row)).Concat(Right.Select((pin, row) => (pin, isLeft: false, row)))
            .Where(place => place.pin.Gpio == gpio).Select(place => (place.isLeft, place.row)).Single();

    /// <summary>Pins with a label, such as GND, of which there are several.</summary>
    public IEnumerable<(bool IsLeft, int Row)> PlacesOf(params string[] labels) =>
        Left.Select((pin, row) => (pin, isLeft: true, row)).Concat(Right.Select((pin, row) => (pin, isLeft: false, row)))
            .Where(place => labels.Contains(place.pin.Label)).Select(place => (place.isLeft, place.row));
}

/// <summary>Which signal goes to which pin of a board, in words.</summary>
internal static class WiringTable
{
    /// <summary>The rows: signal, the pin's print, what it is for.</summary>
    /// <param name="shape">The board's shape.</param>
    /// <param name="board">Its pins, from the firmware.</param>
    public static IReadOnlyList<(string Signal, string Pin, string Use)> Of(BoardShape shape, Board board) =>
    [
        ("VCC", "3V3", "supply of the sensor: 3.3 V, not 5 V"),
        ("GND", shape.At(shape.PlacesOf("GND", "G").First()).Label, "ground"),
        ("SCL", shape.At(shape.PlaceOf(board.ClockPin)).Label, "I2C clock"),
        ("SDA", shape.At(shape.PlaceOf(board.DataPin)).Label, "I2C data"),
        ("INT", shape.At(shape.PlaceOf(board.MotionPin)).Label, board.WakesOnMotion ? "optional: motion wakes from deep sleep" : "leave open: it cannot wake this chip"),
        ("TX2", shape.At(shape.PlaceOf(board.CommandTransmitPin)).Label, "optional: to the adapter's RX"),
        ("RX2", shape.At(shape.PlaceOf(board.CommandReceivePin)).Label, "optional: from the adapter's TX"),
        ("BOOT", $"GPIO {board.ButtonPin}", "the button: calibration, recording"),
    ];
}
