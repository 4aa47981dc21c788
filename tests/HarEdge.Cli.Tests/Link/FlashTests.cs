using HarEdge.Cli.Tests.Running;
using HarEdge.Cli.Twin;
using HarEdge.Core.Generated;
using HarEdge.DeviceTwin;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Tests.Link;

/// <summary>
/// <c>flash</c> with a stand-in for nanoff, which this machine lacks: a shell script that notes its arguments, prints what nanoff prints (Program.DisplayBoardDetails, Esp32Manager and
/// Esp32DeviceInfo of nanoframework/nanoFirmwareFlasher, July 2026) and flashes nothing. The board that boots afterwards is the twin on a pseudo-terminal.
/// </summary>
public sealed class FlashTests : IDisposable
{
    internal const string Details = """
        *--devicedetails*) echo 'Reading details from chip...OK'; echo; echo 'Connected to:'; echo 'ESP32 (ESP32-D0WDQ6 (revision v1.0))'
          echo 'Features Wi-Fi, BT, Dual Core, 240MHz'; echo 'PSRAM: undetermined'; echo 'Crystal 40MHz'; echo 'MAC 30:AE:A4:00:11:22';;
        """;

    internal const string List = """
        *--listtargets*) echo 'Available targets:'; for name in ESP32_REV0 ESP32_REV3 ESP32_C3 ESP32_S3_QUAD ESP32_S3_OCTAL; do echo "  $name"; echo '    1.17.0.285'; done;;
        """;

    private readonly TempFolder folder = new();

    [Fact]
    public void A_dry_run_prints_the_exact_commands_with_the_reason_and_needs_neither_board_nor_flasher()
    {
        var run = CliRun.Of("flash", "--dry-run", "--port", "COM3", "--board", "esp32-s3", "--image", "App.bin").AssertDone();
        Assert.Equal(
            [
                "nanoff --listtargets --platform esp32",
                "nanoff --platform esp32 --serialport COM3 --devicedetails",
                "nanoff --update --target ESP32_S3_OCTAL --serialport COM3 --masserase",
                "nanoff --target ESP32_S3_OCTAL --serialport COM3 --deploy --image App.bin",
            ],
            run.Out.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
        Assert.Contains("Runtime ESP32_S3_OCTAL: an ESP32-S3 with unknown PSRAM", run.Error, StringComparison.Ordinal);
        var named = CliRun.Of("flash", "--dry-run", "--port", "COM3", "--target", "ESP32_PICO", "--keep-runtime", "--image", "App.bin").AssertDone();
        Assert.Equal("nanoff --target ESP32_PICO --serialport COM3 --deploy --image App.bin", named.Out.Trim());
        CliRun.Of("flash", "--dry-run", "--port", "COM3", "--target", "ESP32_S3_ALL", "--image", "App.bin").AssertRefused(2, "no runtime ESP32_S3_ALL");
    }

    [Theory]
    [InlineData("ESP32_REV3", "ESP32_REV0 and ESP32_BLE_REV3 set 240 MHz: --target ESP32_REV0 should save 21 %", "--flashfreq 80 should save 20 %")]
    [InlineData("ESP32_REV0", null, "--flashfreq 80 should save 20 %")]
    [InlineData("ESP32_C3", null, null)]
    [InlineData("ESP32_S3_QUAD", null, null)]
    public void Another_image_and_flash_that_is_read_faster_are_advised_where_they_matter(string target, string? image, string? flash)
    {
        var said = CliRun.Of("flash", "--dry-run", "--port", "COM3", "--target", target, "--image", "App.bin").AssertDone().Error;
        Assert.Equal(image is not null, said.Contains(image ?? "This image leaves the clock", StringComparison.Ordinal));
        Assert.Equal(flash is not null, said.Contains(flash ?? "--flashfreq", StringComparison.Ordinal));
    }

    [Fact]
    public void Board_and_nanoff_are_asked_and_the_board_is_met_when_it_boots()
    {
        using var twin = Twin();
        var image = Image();
        var run = CliRun.Of("flash", "--nanoff", StandIn(List + Details), "--port", twin.PortName, "--image", image).AssertDone();
        Assert.Equal(
            [
                "--listtargets --platform esp32",
                $"--platform esp32 --serialport {twin.PortName} --devicedetails",
                $"--update --target ESP32_REV0 --serialport {twin.PortName} --masserase",
                $"--target ESP32_REV0 --serialport {twin.PortName} --deploy --image {image}",
            ],
            File.ReadAllLines(folder.At("arguments")));
        Assert.Contains("Runtime ESP32_REV0: an ESP32-D0WDQ6 (revision v1.0), older than revision 3.", run.Error, StringComparison.Ordinal);
        Assert.Contains($"model {new ActivityModel().ModelId}: its known answers agree.", run.Out, StringComparison.Ordinal);
        Assert.Contains("haredge monitor --port", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_board_than_named_or_a_runtime_that_has_gone_is_refused_before_anything_is_flashed()
    {
        string[] flash = ["flash", "--nanoff", StandIn(List + Details), "--port", "COM3", "--image", Image()];
        var board = CliRun.Of([.. flash, "--board", "esp32-s3"]).AssertRefused(2, "its chip is an ESP32");
        Assert.Contains("--board esp32", board.Remedy, StringComparison.Ordinal);
        var runtime = CliRun.Of([.. flash, "--target", "ESP32_C3_REV3"]).AssertRefused(2, "no runtime ESP32_C3_REV3");
        Assert.Contains("Did you mean ESP32_C3?", runtime.Remedy, StringComparison.Ordinal);
        CliRun.Of("flash", "--nanoff", StandIn(List + Details.Replace("ESP32 (ESP32-D0WDQ6", "ESP32-C6 (ESP32-C6", StringComparison.Ordinal)), "--port", "COM3", "--image", Image())
            .AssertRefused(2, "is an ESP32-C6");
        CliRun.Of("flash", "--nanoff", StandIn(List), "--port", "COM3", "--image", Image()).AssertRefused(2, "does not say which chip");
        Assert.DoesNotContain(File.ReadAllLines(folder.At("arguments")), line => line.Contains("--update", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0x68, 0, "[good] axes: X points up, as it is worn", "haredge flash puts HarEdge on the board")]
    [InlineData(0x69, 3, "[BAD]  sensor: it answers at 0x69: AD0 is high", "haredge doctor --port")]
    public void The_first_program_is_flashed_and_what_it_finds_is_shown(int address, int exitCode, string finding, string next)
    {
        using var board = new FirstProgramOnPort(address);
        var run = CliRun.Of("flash", "--bring-up", "--nanoff", StandIn(List + Details), "--port", board.PortName, "--image", Image());
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(finding, run.Out, StringComparison.Ordinal);
        Assert.Contains(next, run.Error, StringComparison.Ordinal);
        var checks = CliRun.Of("doctor", "--port", board.PortName);
        Assert.Contains(finding, checks.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_that_stays_silent_after_the_first_program_was_flashed_fails_the_check()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        using var port = new PseudoTerminal();
        CliRun.Of("flash", "--bring-up", "--nanoff", StandIn(List + Details), "--port", port.PortName, "--image", Image(), "--wait", "1").AssertRefused(3, "gave no line");
        CliRun.Of("flash", "--bring-up", "--nanoff", StandIn(""), "--port", port.PortName).AssertRefused(1, "HarEdge.BringUp.bin");
    }

    [Fact]
    public void Another_model_or_board_than_meant_fails_the_check()
    {
        using (var twin = Twin())
        {
            CliRun.Of("flash", "--nanoff", StandIn(""), "--port", twin.PortName, "--image", Image(), "--board", "esp32", "--model", Models.Small)
                .AssertRefused(3, "carries model");
        }

        using var another = Twin();
        CliRun.Of("flash", "--nanoff", StandIn(""), "--port", another.PortName, "--image", Image(), "--board", "esp32-c3").AssertRefused(3, "not a ESP32-C3-DevKit");
    }

    [Fact]
    public void Of_boards_with_one_chip_each_is_met_and_another_than_named_fails_the_check()
    {
        var xiao = new TwinOptions { TargetName = "ESP32_S3_OCTAL", BoardKind = "XIAO" };
        string[] flash = ["flash", "--nanoff", StandIn(""), "--target", "ESP32_S3_OCTAL", "--keep-runtime", "--image", Image()];
        using (var met = Twin(xiao))
        {
            Assert.Contains("XIAO-ESP32-S3", CliRun.Of([.. flash, "--port", met.PortName]).AssertDone().Out, StringComparison.Ordinal);
        }

        using var other = Twin(xiao);
        var details = Details.Replace("ESP32 (ESP32-D0WDQ6", "ESP32-S3 (ESP32-S3", StringComparison.Ordinal);
        CliRun.Of("flash", "--nanoff", StandIn(List + details), "--keep-runtime", "--image", Image(), "--port", other.PortName, "--board", "esp32-s3").AssertRefused(3, "not a ESP32-S3-DevKit");
    }

    [Fact]
    public void A_flasher_that_fails_or_is_not_there_is_told_with_the_remedy()
    {
        var run = CliRun.Of("flash", "--nanoff", StandIn("*--devicedetails*) echo 'Error E4000: Error executing ESP32 serial command.'; exit 7;;"), "--port", "COM3", "--image", Image(), "--board", "esp32").AssertRefused(1, "exit code 7");
        Assert.Contains("Error E4000", run.Error, StringComparison.Ordinal);
        Assert.Contains("Hold BOOT", run.Remedy, StringComparison.Ordinal);
        CliRun.Of("flash", "--nanoff", folder.At("none"), "--port", "COM3", "--image", Image(), "--board", "esp32").AssertRefused(1, "cannot be run");
    }

    // The codes and texts of ExitCodes.cs in nanoframework/nanoFirmwareFlasher.
    [Theory]
    [InlineData("E4000: Error executing ESP32 serial command.", "hold BOOT")]
    [InlineData("E4003: Failed to write new firmware to ESP32.", "another cable")]
    [InlineData("E6000: Couldn't open serial device. Make sure the COM port exists, that the device is connected and that it's not being used by another application.", "Close every program")]
    [InlineData("E6002: Couldn't access serial device. Another (nanoFramework) application has exclusive access to the device.", "Close every program")]
    [InlineData("E9005: Can't find the target in Cloudsmith repository. (ESP32_REV3)", "--target")]
    [InlineData("E9007: Error downloading firmware file.", "network")]
    [InlineData("E1234: Something of a later nanoff", "hold BOOT")]
    public void What_nanoff_fails_with_is_repeated_with_its_remedy(string error, string remedy)
    {
        var run = CliRun.Of("flash", "--nanoff", StandIn(List + Details + $"*--update*) echo \"Error {error}\"; exit 96;;"), "--port", "COM3", "--image", Image()).AssertRefused(1, "exit code 96", error[..4]);
        Assert.Contains(remedy, run.Remedy, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(error.Split('.')[0], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_network_the_runtime_is_taken_unchecked_and_the_flasher_decides()
    {
        var run = CliRun.Of("flash", "--nanoff", StandIn("*--listtargets*) exit 1;;" + Details + "*--update*) exit 1;;"), "--port", "COM3", "--image", Image()).AssertRefused(1, "--update --target ESP32_REV0");
        Assert.Contains("is not checked: is there a network?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_port_the_cable_is_the_remedy()
    {
        Assert.SkipUnless(SerialPortList.Find().Count == 0, "this machine has a serial port");
        var run = CliRun.Of("flash", "--nanoff", StandIn(List), "--image", Image()).AssertRefused(1, "No serial port");
        Assert.Contains("cable that carries data", run.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_is_not_there_is_named_and_one_is_made_from_a_build()
    {
        CliRun.Of("flash", "--nanoff", StandIn(""), "--port", "COM3", "--image", folder.At("none.bin")).AssertRefused(1, "none.bin");
        var build = Directory.CreateDirectory(folder.At("build")).FullName;
        File.WriteAllText(Path.Combine(build, "mscorlib.pe"), "NFMRK2\0core");
        File.WriteAllText(Path.Combine(build, "HarEdge.Firmware.pe"), "NFMRK2\0application");
        var made = folder.At("App.bin");
        CliRun.Of("flash", "--nanoff", StandIn("*) exit 1;;"), "--port", "COM3", "--pe", build, "--image", made, "--board", "esp32").AssertRefused(1, "failed");
        Assert.Equal(12 + 20, new FileInfo(made).Length);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>The bring-up program on a simulated board, again and again on a pseudo-terminal.</summary>
    internal sealed class FirstProgramOnPort : IDisposable
    {
        private readonly PseudoTerminal port;
        private readonly CancellationTokenSource off = new();
        private readonly Task speaking;

        public FirstProgramOnPort(int address)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
            var lines = new List<string>();
            var board = new SimulatedBringUp(new TwinOptions(), lines.Add);
            board.Machine.Bus.SensorAddress = address;
            board.Sensor.Feel(new StandingStill());
            board.Boot();
            board.Run(14);
            var text = System.Text.Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n");
            port = new PseudoTerminal();
            speaking = Task.Run(() =>
            {
                while (!off.IsCancellationRequested)
                {
                    port.WriteAll(text, off.Token);
                }
            });
        }

        public string PortName => port.PortName;

        public void Dispose()
        {
            off.Cancel();
            speaking.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
            off.Dispose();
            port.Dispose();
        }
    }

    private sealed class StandingStill : IMotionSource
    {
        public bool TryRead(long index, Span<short> counts)
        {
            new short[] { 8192, 0, 0, 20, -30, 10 }.CopyTo(counts);
            return true;
        }
    }

    private static TwinOnPort Twin(TwinOptions? options = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        var worn = SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 }).Recordings;
        var twin = new TwinOnPort(new SimulatedDevice(new ActivityModel(), new KnownAnswers(), options ?? new TwinOptions()), new WornInTurn(worn, endless: true), speed: 1);
        twin.Start();
        return twin;
    }

    private string Image()
    {
        File.WriteAllText(folder.At("some.bin"), "NFMRK2");
        return folder.At("some.bin");
    }

    private string StandIn(string cases) => StandIn(folder, cases);

    internal static string StandIn(TempFolder folder, string cases)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for nanoff is a shell script");
        var path = folder.At("nanoff-" + Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, $"#!/bin/sh\necho \"$*\" >> '{folder.At("arguments")}'\ncase \"$*\" in\n{cases}\nesac\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
