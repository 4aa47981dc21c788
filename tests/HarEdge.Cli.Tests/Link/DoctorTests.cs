using System.Text.Json;
using HarEdge.Cli.Tests.Running;
using HarEdge.Cli.Twin;
using HarEdge.Core.Generated;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Tests.Link;

/// <summary><c>doctor</c>, with the twin on a pseudo-terminal as the patient.</summary>
public sealed class DoctorTests
{
    // So fast that a minute, after which a device shows how it is, takes a second.
    private const int Speed = 60;

    [Fact]
    public void The_machine_alone_is_examined_on_request()
    {
        var checks = Checks("--no-device");
        Assert.Equal("good", checks[".NET SDK"]);
        Assert.Equal("good", checks["LightGBM"]);
        Assert.NotEqual("bad", checks["nanoff"]);
        Assert.DoesNotContain("banner", checks.Keys);
        Assert.DoesNotContain("console", checks.Keys);
    }

    [Fact]
    public void A_healthy_twin_on_a_port_is_found_healthy()
    {
        using var twin = Twin(0x68);
        var checks = Checks("--port", twin.PortName, "--command-port", twin.PortName);
        Assert.All(new[] { "banner", "self-test", "sensor", "sample rate", "gravity", "orientation" }, check => Assert.Equal("good", checks[check]));
    }

    [Fact]
    public void A_wrong_who_am_i_on_a_port_fails_with_finding_and_remedy()
    {
        using var twin = Twin(0x12);
        var run = CliRun.Of("doctor", "--port", twin.PortName);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("[BAD]  WHO_AM_I: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("Use an MPU6050 module", run.Out, StringComparison.Ordinal);
        Assert.Contains("run haredge doctor again", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_port_fails()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        using var port = new PseudoTerminal();
        var checks = Checks("--port", port.PortName, "--seconds", "1");
        Assert.Equal("bad", checks["console"]);
        Assert.Contains(checks["nanoff"], new[] { "bad", "good" });
    }

    [Fact]
    public void A_port_that_cannot_be_opened_is_a_finding_not_an_end()
    {
        var checks = Checks("--port", "/dev/no-such-port");
        Assert.Equal("bad", checks["port"]);
        Assert.Equal("good", checks[".NET SDK"]);
    }

    [Fact]
    public void A_log_of_a_healthy_device_needs_no_flasher_and_passes()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("console"), TwinOutput.OfHealthy);
        var run = CliRun.Of("doctor", "--file", folder.At("console")).AssertDone();
        Assert.Contains("[good] banner", run.Out, StringComparison.Ordinal);
        CliRun.Of("doctor", "--file", folder.At("no-console")).AssertRefused(1, "no-console");
    }

    private static TwinOnPort Twin(int identity)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        var worn = SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 }).Recordings;
        var device = new SimulatedDevice(new ActivityModel(), new KnownAnswers(), TwinOptions.ForRecordings with { SensorIdentity = identity, HasCommandPort = true });
        var twin = new TwinOnPort(device, new WornInTurn(worn, endless: true), Speed);
        twin.Start();
        return twin;
    }

    private static Dictionary<string, string> Checks(params string[] args)
    {
        var run = CliRun.Of(["doctor", "--json", .. args]);
        using var report = JsonDocument.Parse(run.Out);
        var checks = report.RootElement.GetProperty("checks").EnumerateArray()
            .Select(check => (Name: check.GetProperty("check").GetString()!, State: check.GetProperty("state").GetString()!)).ToList();
        Assert.Equal(checks.Any(check => check.State == "bad") ? 3 : 0, run.ExitCode);
        return checks.DistinctBy(check => check.Name).ToDictionary(check => check.Name, check => check.State);
    }
}
