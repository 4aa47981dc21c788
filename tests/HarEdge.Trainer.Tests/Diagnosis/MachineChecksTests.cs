using HarEdge.Trainer.Diagnosis;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Tests.Diagnosis;

public sealed class MachineChecksTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("haredge-doctor-").FullName;

    [Theory]
    [InlineData("8.0.100 [/usr/share/dotnet/sdk]|10.0.100 [/usr/share/dotnet/sdk]", nameof(CheckState.Good))]
    [InlineData("8.0.100 [/usr/share/dotnet/sdk]", nameof(CheckState.Bad))]
    [InlineData("", nameof(CheckState.Bad))]
    [InlineData(null, nameof(CheckState.Bad))]
    public void The_sdk_must_be_ten_or_newer(string? lines, string state) =>
        Assert.Equal(state, MachineChecks.Sdk(lines?.Split('|')).State.ToString());

    [Fact]
    public void A_tool_is_found_in_the_folders_of_the_path()
    {
        Assert.Null(InstalledTool.Find("nanoff", folder));
        var file = Path.Combine(folder, OperatingSystem.IsWindows() ? "nanoff.exe" : "nanoff");
        File.WriteAllText(file, "");
        Assert.Equal(file, InstalledTool.Find("nanoff", "/nowhere" + Path.PathSeparator + folder));
    }

    [Theory]
    [InlineData(true, nameof(CheckState.Bad))]
    [InlineData(false, nameof(CheckState.Note))]
    public void A_missing_flasher_is_bad_when_a_board_waits_a_missing_interpreter_never(bool isFlashingNext, string state)
    {
        var results = MachineChecks.Run(isFlashingNext, folder).ToDictionary(result => result.Check);
        Assert.Equal(state, results["nanoff"].State.ToString());
        Assert.Contains("dotnet tool install -g nanoff", results["nanoff"].Remedy, StringComparison.Ordinal);
        Assert.Equal(CheckState.Note, results["nanoclr"].State);
        Assert.Equal(CheckState.Good, results["LightGBM"].State);
    }

    [Fact]
    public void No_port_is_a_note_and_a_port_is_named_with_its_usb_name()
    {
        Assert.Equal(CheckState.Note, Assert.Single(PortChecks.Run([], folder)).State);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "permissions are examined on Linux only");
        Assert.Equal((CheckState.Good, "/dev/null (CP2102)"), States(PortChecks.Run([new FoundPort("/dev/null", "CP2102")], folder)));
        Assert.Equal(CheckState.Bad, Assert.Single(PortChecks.Run([new FoundPort("/dev/no-such-port", null)], folder)).State);
    }

    [Theory]
    [InlineData("1a86", false, "CH340")]
    [InlineData("10c4", false, "CP210x")]
    [InlineData("1a86", true, null)]
    [InlineData("046d", false, null)]
    public void A_usb_bridge_without_a_port_lacks_its_driver(string vendor, bool hasPort, string? name)
    {
        var device = Directory.CreateDirectory(Path.Combine(folder, "1-1")).FullName;
        File.WriteAllText(Path.Combine(device, "idVendor"), vendor + "\n");
        Directory.CreateDirectory(Path.Combine(device, "1-1:1.0", hasPort ? "ttyUSB0" : "power"));
        var found = UsbBridges.WithoutPort(folder).ToList();
        Assert.Equal(name is null ? 0 : 1, found.Count);
        Assert.All(found, result => Assert.Contains(name!, result.Finding, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static (CheckState State, string Finding) States(IEnumerable<CheckResult> results)
    {
        var only = Assert.Single(results);
        return (only.State, only.Finding);
    }
}
