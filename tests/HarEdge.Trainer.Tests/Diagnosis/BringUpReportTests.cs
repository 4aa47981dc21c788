using System.Text;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Diagnosis;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Tests.Comparison;

namespace HarEdge.Trainer.Tests.Diagnosis;

/// <summary>The examination of a board that runs the first program instead of HarEdge.</summary>
public class BringUpReportTests
{
    public static TheoryData<string, string> Boards => new()
    {
        { "wired right", "Good axes" },
        { "a clone", "Note WHO_AM_I" },
        { "another chip", "Bad WHO_AM_I" },
        { "no sensor", "Bad sensor" },
        { "exchanged wires", "Bad sensor" },
        { "AD0 high", "Bad sensor" },
        { "upside down", "Bad axes" },
        { "unplugged on the way", "Bad sensor" },
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public void What_the_board_says_is_said_here_in_the_same_words(string board, string verdict)
    {
        var lines = Lines(board);
        var results = Examine(Bytes(lines));
        Assert.Contains(results, result => $"{result.State} {result.Check}" == verdict);
        Assert.All(results.Where(result => result.Check is not ("first program" or "measurement" or "at rest")), result =>
        {
            var said = $"BRING-UP {result.State.ToString().ToUpperInvariant()} {result.Check}: {result.Finding}{(result.Remedy is null ? "" : " | " + result.Remedy)}";
            Assert.Contains(said, lines);
            Assert.Equal(result.State == CheckState.Good, result.Why is null);
        });
        Assert.DoesNotContain(results, result => result.Check == "console");
        Assert.Contains("ESP32-DevKit", results[0].Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_word_on_a_check_counts()
    {
        string[] lines = [.. Lines("no sensor"), .. Lines("wired right")];
        Assert.DoesNotContain(Examine(Bytes(lines)), result => result.State == CheckState.Bad);
    }

    [Fact]
    public void It_is_understood_behind_the_boot_loaders_noise_and_inside_frames_of_a_debugger()
    {
        var text = string.Join("\r\n", Lines("upside down")) + "\r\n";
        Assert.Contains(Examine([0xFF, 0x1B, .. Encoding.ASCII.GetBytes(text)]), result => result is { State: CheckState.Bad, Check: "axes" });
        Assert.Contains(Examine([.. text.Chunk(100).SelectMany(Frame)]), result => result is { State: CheckState.Bad, Check: "axes" });
    }

    [Fact]
    public void A_board_that_was_never_still_is_asked_to_lie_down() => Assert.Contains(
        Examine(Bytes(Lines("wired right").Where(line => !line.Contains("gravity", StringComparison.Ordinal)))), result => result is { State: CheckState.Skipped, Check: "at rest" });

    // A Wire Protocol frame with text: marker, two CRCs nobody checks, command 1, sequence numbers, flags, size (docs/SPEC.md).
    private static byte[] Frame(char[] text) =>
        [.. "NFPKTV1\0"u8, .. new byte[8], 1, 0, 0, 0, 0, 0, 0, 0, 1, 0x20, 0, 0, .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)];

    internal static List<string> Lines(string which)
    {
        var lines = new List<string>();
        var identity = which switch { "a clone" => 0x98, "another chip" => 0x12, _ => 0x68 };
        var board = new SimulatedBringUp(new TwinOptions { SensorIdentity = identity }, lines.Add);
        board.Sensor.Feel(new Posture(which == "upside down" ? -1000 : 1000));
        board.Machine.Bus.SensorAttached = which != "no sensor";
        board.Machine.Bus.SensorAddress = which == "AD0 high" ? 0x69 : 0x68;
        board.Machine.Bus.DataWirePin = which == "exchanged wires" ? 22 : -1;
        board.Boot();
        board.Run(12);
        board.Machine.Bus.SensorAttached &= which != "unplugged on the way";
        board.Run(10);
        return lines;
    }

    private static byte[] Bytes(IEnumerable<string> lines) => Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n");

    private static IReadOnlyList<CheckResult> Examine(byte[] bytes)
    {
        using var source = FileSource.Of(new MemoryStream(bytes), "a capture");
        using var examination = new DeviceExamination(source, ConsoleOfTwin.Model);
        return examination.Run(TimeSpan.FromSeconds(20), null, CancellationToken.None);
    }
}
