using HarEdge.DeviceTwin;
using HarEdge.Trainer.Diagnosis;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Tests.Comparison;

namespace HarEdge.Trainer.Tests.Diagnosis;

public sealed class DeviceExaminationTests
{
    private static readonly TwinOptions Still = TwinOptions.ForRecordings with { HasCommandPort = true };

    [Fact]
    public void A_healthy_device_is_good_in_every_check()
    {
        var results = Examine(new DirectDevice(new Posture(1000)));
        Assert.All(results, result => Assert.Equal(CheckState.Good, result.State));
        Assert.Equal(["banner", "gravity", "link", "orientation", "sample rate", "self-test", "sensor"], results.Select(result => result.Check).Order());
    }

    [Theory]
    [InlineData(-1000, "orientation", "upside down")]
    [InlineData(700, "gravity", "0.70 g")]
    [InlineData(1400, "gravity", "1.40 g")]
    public void Gravity_that_points_or_measures_wrong_is_found(int milliG, string check, string finding) =>
        AssertBad(Examine(new DirectDevice(new Posture(milliG))), check, finding);

    [Fact]
    public void A_stranger_at_the_sensors_address_is_told_by_its_who_am_i() =>
        AssertBad(Examine(new DirectDevice(new Posture(1000), Still with { SensorIdentity = 0x12 })), "WHO_AM_I", "answers WHO_AM_I");

    [Fact]
    public void A_clone_is_worth_a_note() => Assert.Contains(
        Examine(new DirectDevice(new Posture(1000), Still with { SensorIdentity = 0x70 })),
        result => result is { Check: "WHO_AM_I", State: CheckState.Note } && result.Finding.Contains("0x70", StringComparison.Ordinal));

    [Theory]
    [InlineData(DeviceFault.Detached, "sensor", "nobody answers")]
    [InlineData(DeviceFault.ShortedBus, "sensor", "I2C line is held low")]
    public void A_sensor_that_is_lost_on_the_way_is_found(DeviceFault fault, string check, string finding) =>
        AssertBad(Examine(new DirectDevice(new Posture(1000)) { Fault = fault }, seconds: 2), check, finding);

    [Fact]
    public void A_clock_that_is_off_is_found_and_worth_a_note_once_the_firmware_has_set_it_right()
    {
        var results = Examine(new DirectDevice(new RestAndWalk()) { Fault = DeviceFault.FastClock }, seconds: 2, commands: false);
        Assert.Contains(results, result => result is { Check: "sample rate", State: CheckState.Note } && result.Finding.Contains("samples a second", StringComparison.Ordinal));
        var off = ConsoleOfTwin.OfEverything.Select(line => line[2] == 'H' ? ConsoleOfTwin.Changed(line, 5, _ => "52500") : line);
        AssertBad(Examine(System.Text.Encoding.ASCII.GetBytes(string.Join("\r\n", off))), "sample rate", "52.50");
    }

    [Fact]
    public void A_failed_self_test_is_found() =>
        AssertBad(Examine(new DirectDevice(new Posture(1000), Still, new WrongAnswers())), "self-test", "Known answer 3 of ");

    [Fact]
    public void A_model_unknown_here_is_a_note_with_both_ids()
    {
        using var device = new DirectDevice(new Posture(1000));
        using var examination = new DeviceExamination(device, ConsoleOfTwin.Model with { Id = "0123456789ab" });
        var results = examination.Run(TimeSpan.FromSeconds(20), new DeviceCommands(device), CancellationToken.None);
        Assert.Contains(results, result => result is { Check: "model", State: CheckState.Note } && result.Finding.Contains("0123456789ab", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "is silent")]
    [InlineData("rst:0x1 (POWERON_RESET),boot:0x13\nload:0x3fff0030\n", "boot loader speaks")]
    [InlineData("Hello from another program\n", "no line of HarEdge")]
    public void A_console_without_our_lines_is_told_by_what_comes(string text, string finding) =>
        AssertBad(Examine(System.Text.Encoding.ASCII.GetBytes(text)), "console", finding);

    [Fact]
    public void Noise_is_another_baud_rate()
    {
        var noise = new byte[2000];
        new Random(1).NextBytes(noise);
        AssertBad(Examine(noise), "console", "another baud rate than 921600");
    }

    [Fact]
    public void What_was_not_heard_is_not_judged()
    {
        var lines = ConsoleOfTwin.OfEverything.Where(line => line[2] == 'D').Take(3);
        var results = Examine(System.Text.Encoding.ASCII.GetBytes(string.Join("\r\n", lines)));
        Assert.DoesNotContain(results, result => result.State == CheckState.Bad);
        Assert.Contains(results, result => result is { Check: "banner", State: CheckState.Skipped });
        Assert.Contains(results, result => result is { Check: "self-test", State: CheckState.Skipped });
    }

    private static void AssertBad(IReadOnlyList<CheckResult> results, string check, string finding)
    {
        var found = results.Where(result => result.State == CheckState.Bad && result.Check == check).ToList();
        Assert.True(found.Any(result => result.Finding.Contains(finding, StringComparison.Ordinal)), string.Join('\n', results));
        Assert.All(found, result => Assert.False(string.IsNullOrEmpty(result.Why) || string.IsNullOrEmpty(result.Remedy)));
    }

    private static IReadOnlyList<CheckResult> Examine(byte[] bytes)
    {
        using var source = FileSource.Of(new MemoryStream(bytes), "a capture");
        using var examination = new DeviceExamination(source, ConsoleOfTwin.Model);
        return examination.Run(TimeSpan.FromSeconds(20), null, CancellationToken.None);
    }

    private static IReadOnlyList<CheckResult> Examine(DirectDevice device, int seconds = 20, bool commands = true)
    {
        using var examination = new DeviceExamination(device, ConsoleOfTwin.Model);
        return examination.Run(TimeSpan.FromSeconds(seconds), commands ? new DeviceCommands(device) : null, CancellationToken.None);
    }
}
