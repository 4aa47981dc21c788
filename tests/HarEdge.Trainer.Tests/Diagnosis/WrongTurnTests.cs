using System.Text;
using System.Text.RegularExpressions;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Diagnosis;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Tests.Comparison;
using HarEdge.Trainer.Tests.Telemetry;

namespace HarEdge.Trainer.Tests.Diagnosis;

/// <summary>The guide's wrong turns and the doctor hold together: what the page says the doctor says, it does say when that turn is taken, and its remedy is the page's way back.</summary>
public sealed partial class WrongTurnTests
{
    private const string Page = "docs/guide/troubleshooting.md";

    private static readonly TwinOptions Still = TwinOptions.ForRecordings with { HasCommandPort = true };

    private static readonly Dictionary<string, Func<IEnumerable<CheckResult>>> Turns = new()
    {
        ["No .NET SDK, or an old one"] = () => [MachineChecks.Sdk(["8.0.100 [/usr/share/dotnet/sdk]"])],
        ["No flasher"] = () => MachineChecks.Run(isFlashingNext: true, pathVariable: "/no-such-folder"),
        ["No port"] = () => PortChecks.Run([], "/no-such-folder"),
        ["A charge-only cable"] = () => PortChecks.Run([], "/no-such-folder"),
        ["No permission"] = () => PortChecks.Run([new FoundPort("/dev/no-such-port", null)], "/no-such-folder"),
        ["No driver"] = BridgeWithoutPort,
        ["The wrong port, or a board without power"] = () => Heard(""),
        ["Another program on the board"] = () => Heard("Hello from another program\n"),
        ["A boot loop"] = () => Heard("rst:0x10 (RTCWDT_RTC_RESET),boot:0x13\n"),
        ["A brown-out"] = () => Heard("rst:0xc (SW_CPU_RESET)\nBrownout detector was triggered\n"),
        ["BOOT held while it started"] = () => Heard("rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT)\nwaiting for download\n"),
        ["The wrong target"] = () => Heard("rst:0x10 (RTCWDT_RTC_RESET)\ninvalid header: 0xffffffff\n"),
        ["The wrong baud rate"] = () => Heard(Encoding.Latin1.GetString([.. Enumerable.Range(0, 2000).Select(i => (byte)(128 + i * 37 % 128))])),
        ["SDA and SCL exchanged"] = () => FirstProgram("exchanged wires"),
        ["AD0 high"] = () => FirstProgram("AD0 high"),
        ["No pull-ups, or a loose wire"] = () => FirstProgram("no sensor"),
        ["A wire came off on the way"] = () => FirstProgram("unplugged on the way"),
        ["A clone"] = () => FirstProgram("a clone"),
        ["Another chip"] = () => FirstProgram("another chip"),
        ["The sensor upside down"] = () => FirstProgram("upside down"),
        ["The same, with HarEdge on the board: no sensor"] = () => Examined(new DirectDevice(new Posture(1000)) { Fault = DeviceFault.Detached }, seconds: 2),
        ["The same: SDA or SCL shorted"] = () => Examined(new DirectDevice(new Posture(1000)) { Fault = DeviceFault.ShortedBus }, seconds: 2),
        ["The same: another chip"] = () => Examined(new DirectDevice(new Posture(1000), Still with { SensorIdentity = 0x12 })),
        ["The same: a clone"] = () => Examined(new DirectDevice(new Posture(1000), Still with { SensorIdentity = 0x98 })),
        ["The same: upside down"] = () => Examined(new DirectDevice(new Posture(-1000))),
        ["INT left open"] = () => Examined(new DirectDevice(new Posture(1000), new TwinOptions { IsInterruptWired = false, HasCommandPort = true })),
        ["A bad accelerometer"] = () => Examined(new DirectDevice(new Posture(1400))),
        ["A runtime that computes otherwise"] = () => Examined(new DirectDevice(new Posture(1000), Still, new WrongAnswers())),
    };

    public static TheoryData<string> All => [.. Turns.Keys];

    [Fact]
    public void Every_turn_the_doctor_can_see_is_tried_here() =>
        Assert.Equal(Rows().Where(row => row.Doctor != "–").Select(row => row.Turn).Order(StringComparer.Ordinal), Turns.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(All))]
    public void The_doctor_says_what_the_guide_says(string turn)
    {
        var row = Rows().Single(row => row.Turn == turn);
        List<CheckResult> results = [.. Turns[turn]()];
        var found = results.Find(result => result.State is CheckState.Bad or CheckState.Note && result.Finding.Contains(row.Doctor, StringComparison.Ordinal));
        Assert.True(found is not null, $"'{row.Doctor}' was not said, but: {string.Join('\n', results)}");
        Assert.Contains(Plain(found.Remedy!), Plain(row.WayBack), StringComparison.Ordinal);
    }

    // Commands stand between backquotes on the page.
    private static string Plain(string words) => words.Replace("`", "", StringComparison.Ordinal);

    private static List<(string Turn, string Seen, string Doctor, string WayBack)> Rows() =>
    [
        .. File.ReadAllLines(Path.Combine(DeviceLines.RepositoryRoot(), Page)).Select(line => Cells().Match(line)).Where(match => match.Success && match.Groups[1].Value is not ("wrong turn" or "---"))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value.Trim('`'), match.Groups[4].Value)),
    ];

    private static IEnumerable<CheckResult> Heard(string text)
    {
        using var source = FileSource.Of(new MemoryStream(Encoding.Latin1.GetBytes(text)), "the port");
        using var examination = new DeviceExamination(source, ConsoleOfTwin.Model);
        return examination.Run(TimeSpan.FromSeconds(20), null, CancellationToken.None);
    }

    private static IEnumerable<CheckResult> FirstProgram(string board) => Heard(string.Join("\r\n", BringUpReportTests.Lines(board)) + "\r\n");

    private static IEnumerable<CheckResult> Examined(DirectDevice device, int seconds = 20)
    {
        using (device)
        {
            using var examination = new DeviceExamination(device, ConsoleOfTwin.Model);
            return examination.Run(TimeSpan.FromSeconds(seconds), new DeviceCommands(device), CancellationToken.None);
        }
    }

    private static IEnumerable<CheckResult> BridgeWithoutPort()
    {
        var devices = Directory.CreateTempSubdirectory("haredge-usb-");
        try
        {
            File.WriteAllText(Path.Combine(devices.CreateSubdirectory("1-1").FullName, "idVendor"), "1a86\n");
            return [.. UsbBridges.WithoutPort(devices.FullName)];
        }
        finally
        {
            devices.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"^\| (.+?) \| (.+?) \| (.+?) \| (.+) \|$")]
    private static partial Regex Cells();
}
