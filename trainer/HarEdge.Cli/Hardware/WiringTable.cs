using HarEdge.Firmware;

namespace HarEdge.Cli.Hardware;

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
