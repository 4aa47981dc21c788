using HarEdge.Cli.Tests.Running;
using HarEdge.Cli.Twin;
using HarEdge.Core.Generated;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Tests.Link;

/// <summary>
/// <c>flash</c> with a stand-in for nanoff, which this machine lacks: a shell script that notes its arguments and flashes nothing. The board
/// that boots afterwards is the twin on a pseudo-terminal.
/// </summary>
public sealed class FlashTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void A_dry_run_prints_the_exact_commands_and_needs_neither_board_nor_flasher()
    {
        var run = CliRun.Of("flash", "--dry-run", "--port", "COM3", "--board", "esp32-s3", "--image", "App.bin").AssertDone();
        Assert.Equal(
            "nanoff --update --target ESP32_S3_ALL --serialport COM3 --masserase\nnanoff --target ESP32_S3_ALL --serialport COM3 --deploy --image App.bin\n",
            run.Out.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_board_is_asked_for_its_chip_flashed_and_met_when_it_boots()
    {
        using var twin = Twin();
        var image = Image();
        var run = CliRun.Of("flash", "--nanoff", StandIn("echo 'Connected to:'; echo 'ESP32 (ESP32-D0WD-V3 (revision v3.1))'"), "--port", twin.PortName, "--image", image).AssertDone();
        Assert.Equal(
            [
                $"--platform esp32 --serialport {twin.PortName} --devicedetails",
                $"--update --target ESP32_REV3 --serialport {twin.PortName} --masserase",
                $"--target ESP32_REV3 --serialport {twin.PortName} --deploy --image {image}",
            ],
            File.ReadAllLines(folder.At("arguments")));
        Assert.Contains($"model {new ActivityModel().ModelId}: its known answers agree.", run.Out, StringComparison.Ordinal);
        Assert.Contains("haredge monitor --port", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_model_or_board_than_meant_fails_the_check()
    {
        using (var twin = Twin())
        {
            CliRun.Of("flash", "--nanoff", StandIn("true"), "--port", twin.PortName, "--image", Image(), "--board", "esp32", "--model", Models.Small)
                .AssertRefused(3, "carries model");
        }

        using var another = Twin();
        CliRun.Of("flash", "--nanoff", StandIn("true"), "--port", another.PortName, "--image", Image(), "--board", "esp32-c3").AssertRefused(3, "not a ESP32-C3-DevKit");
    }

    [Fact]
    public void A_flasher_that_fails_or_is_not_there_is_told_with_the_remedy()
    {
        var run = CliRun.Of("flash", "--nanoff", StandIn("echo 'Error E4000'; exit 7"), "--port", "COM3", "--image", Image(), "--board", "esp32").AssertRefused(1, "exit code 7");
        Assert.Contains("Error E4000", run.Error, StringComparison.Ordinal);
        Assert.Contains("hold BOOT", run.Remedy, StringComparison.Ordinal);
        CliRun.Of("flash", "--nanoff", folder.At("none"), "--port", "COM3", "--image", Image(), "--board", "esp32").AssertRefused(1, "cannot be run");
    }

    [Fact]
    public void An_image_that_is_not_there_is_named_and_one_is_made_from_a_build()
    {
        CliRun.Of("flash", "--nanoff", StandIn("true"), "--port", "COM3", "--image", folder.At("none.bin")).AssertRefused(1, "none.bin");
        var build = Directory.CreateDirectory(folder.At("build")).FullName;
        File.WriteAllText(Path.Combine(build, "mscorlib.pe"), "NFMRK2\0core");
        File.WriteAllText(Path.Combine(build, "HarEdge.Firmware.pe"), "NFMRK2\0application");
        var made = folder.At("App.bin");
        CliRun.Of("flash", "--nanoff", StandIn("exit 1"), "--port", "COM3", "--pe", build, "--image", made, "--board", "esp32").AssertRefused(1, "failed");
        Assert.Equal(12 + 20, new FileInfo(made).Length);
    }

    public void Dispose() => folder.Dispose();

    private static TwinOnPort Twin()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        var worn = SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 }).Recordings;
        var twin = new TwinOnPort(new SimulatedDevice(new ActivityModel(), new KnownAnswers()), new WornInTurn(worn, endless: true), speed: 1);
        twin.Start();
        return twin;
    }

    private string Image()
    {
        File.WriteAllText(folder.At("some.bin"), "NFMRK2");
        return folder.At("some.bin");
    }

    private string StandIn(string body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for nanoff is a shell script");
        var path = folder.At("nanoff-" + Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, $"#!/bin/sh\necho \"$*\" >> '{folder.At("arguments")}'\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
