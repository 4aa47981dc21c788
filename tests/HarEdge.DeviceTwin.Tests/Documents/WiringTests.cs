using System.Globalization;
using HarEdge.Firmware;

namespace HarEdge.DeviceTwin.Tests;

public class WiringTests
{
    private static readonly Board[] Boards = [Board.Esp32DevKit(), Board.Esp32S3(), Board.Esp32C3(), Board.XiaoEsp32S3(), Board.XiaoEsp32C3(), Board.M5StickCPlus()];

    [Fact]
    public void The_wiring_tables_are_the_boards()
    {
        var wiring = Repository.Read("hardware", "WIRING.md");
        foreach (var board in Boards)
        {
            var pins = MarkdownTables.Under(wiring, $"## {board.Name}").ToDictionary(row => row[0], row => int.Parse(row[1], CultureInfo.InvariantCulture));
            var expected = new Dictionary<string, int>
            {
                ["SDA"] = board.DataPin,
                ["SCL"] = board.ClockPin,
                ["INT"] = board.MotionPin,
                ["BOOT"] = board.ButtonPin,
                ["TX2"] = board.CommandTransmitPin,
                ["RX2"] = board.CommandReceivePin,
            };
            Assert.Equal(expected, pins);
        }
    }

    [Fact]
    public void No_pin_serves_two_signals() =>
        Assert.All(Boards, board =>
        {
            int[] pins = [board.DataPin, board.ClockPin, board.MotionPin, board.ButtonPin, board.CommandTransmitPin, board.CommandReceivePin];
            Assert.Equal(pins.Length, pins.Distinct().Count());
        });

    [Fact]
    public void The_wake_up_source_is_the_motion_pin() =>
        Assert.All(Boards.Where(b => b.WakesOnMotion), board => Assert.Equal(1UL << board.MotionPin, (ulong)board.MotionWakePin));

    [Theory]
    [InlineData("ESP32_REV3", "ESP32-DevKit", "XIAO")]
    [InlineData("ESP32_PICO", "M5StickC-Plus", "M5StickC-Plus")]
    [InlineData("ESP32_S3_OCTAL", "XIAO-ESP32-S3", "XIAO")]
    [InlineData("ESP32_C3", "XIAO-ESP32-C3", "XIAO")]
    [InlineData("ESP32_REV3", "ESP32-DevKit")]
    [InlineData("ESP32_PSRAM_REV3", "ESP32-DevKit")]
    [InlineData("ESP32_REV0", "ESP32-DevKit")]
    [InlineData("ESP32_S3_QUAD", "ESP32-S3-DevKit")]
    [InlineData("ESP32_S3_OCTAL", "ESP32-S3-DevKit")]
    [InlineData("ESP32_C3", "ESP32-C3-DevKit")]
    public void The_board_is_known_by_the_runtimes_target_and_of_one_chips_boards_by_its_kind(string target, string name, string kind = "DevKit")
    {
        var lines = new List<string>();
        var device = new SimulatedDevice(new EnergyModel(), options: new TwinOptions { TargetName = target, BoardKind = kind });
        device.LineWritten += lines.Add;
        device.Boot();
        Assert.Contains($",{name},", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_part_of_the_list_says_what_to_look_for_and_why()
    {
        var rows = Repository.Read("hardware", "BOM.csv").TrimEnd().Split('\n').Select(Cells).ToList();
        Assert.Equal(["part", "what to look for", "quantity", "why this one", "alternatives", "clones and how to recognise them", "required"], rows[0]);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.All(rows.Skip(1), row => Assert.DoesNotContain("", row[..4]));
        Assert.Equal(4, rows.Count(row => row[^1] == "yes"));
    }

    // RFC 4180 without line feeds and quotes in cells.
    private static string[] Cells(string row) => [.. System.Text.RegularExpressions.Regex.Matches(row + ",", "(?:\"([^\"]*)\"|([^,]*)),").Select(match => match.Groups[1].Value + match.Groups[2].Value)];
}
