using System.Text.Json;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Tests.Link;

/// <summary><c>monitor</c> on what was kept.</summary>
public sealed class MonitorTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Plain_lines_tell_device_self_test_decisions_and_health()
    {
        var run = Monitor(TwinOutput.OfHealthy);
        Assert.Contains("device ", run.Out, StringComparison.Ordinal);
        Assert.Contains("self-test MODEL: PASS", run.Out, StringComparison.Ordinal);
        Assert.Contains("health: up 6", run.Out, StringComparison.Ordinal);
        Assert.Contains("a decision on the chip: not measured", run.Out, StringComparison.Ordinal);
        Assert.Contains("event RECORD_ON: Recording mode is on.", run.Out, StringComparison.Ordinal);
        Assert.Contains("link 100.0 %", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("alarm", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_decision_took_on_the_chip_stands_beside_the_estimate()
    {
        Assert.Matches(
            @"a decision on the chip: 61\.5 ms, worst 70\.3 ms, of 46 measured; estimated \d+\.\d ms \(\d+\.\d to \d+\.\d\), at most \d+\.\d",
            Monitor(TwinOutput.OfTimed).Out);
        var lines = Monitor(TwinOutput.OfTimed, "--json").Out.TrimEnd('\n').Split('\n');
        using var timing = JsonDocument.Parse(Assert.Single(lines, line => line.Contains("\"timing\"", StringComparison.Ordinal)));
        Assert.Equal(61_500, timing.RootElement.GetProperty("meanMicros").GetInt32());
        var estimate = timing.RootElement.GetProperty("estimate");
        Assert.Equal("ESP32", estimate.GetProperty("chip").GetString());
        Assert.InRange(estimate.GetProperty("meanMicros").GetInt32(), estimate.GetProperty("lowMicros").GetInt32(), estimate.GetProperty("highMicros").GetInt32());
        Assert.InRange(estimate.GetProperty("worstMicros").GetInt32(), estimate.GetProperty("highMicros").GetInt32(), 1_000_000);
        Assert.DoesNotContain("estimate", Monitor(TwinOutput.OfHealthy, "--json").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_sensor_is_told_in_words_with_the_remedy()
    {
        Assert.Contains("alarm: Sensor lost: ", Monitor(TwinOutput.OfDetached).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_has_a_row_for_each_decision()
    {
        var rows = Monitor(TwinOutput.OfHealthy, "--csv").Out.TrimEnd('\n').Split('\n');
        Assert.StartsWith("second,sample,decision,", rows[0], StringComparison.Ordinal);
        Assert.Equal(TwinOutput.OfHealthy.Split("$HD,").Length, rows.Length);
        Assert.All(rows, row => Assert.Equal(8, row.Count(c => c == ',')));
    }

    [Fact]
    public void Json_has_a_line_for_each_record()
    {
        var lines = Monitor(TwinOutput.OfHealthy, "--json").Out.TrimEnd('\n').Split('\n');
        Assert.Equal(TwinOutput.OfHealthy.Split("$H").Length - 1, lines.Length);
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal("banner", first.RootElement.GetProperty("record").GetString());
        Assert.Equal(50, first.RootElement.GetProperty("rateHz").GetInt32());
    }

    [Theory]
    [InlineData("--teleplot", @"^>(class|confidence|a[xyz]|g[xyz]):\d+:-?\d+$|^>activity:\d+:[A-Z_]+\|t$")]
    [InlineData("--plotter", @"^class:-?\d+,confidence:\d+$|^ax:-?\d+,ay:-?\d+,az:-?\d+,gx:-?\d+,gy:-?\d+,gz:-?\d+$")]
    public void Plotters_get_decisions_and_raw_signals(string option, string pattern)
    {
        var lines = Monitor(TwinOutput.OfHealthy, option).Out.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.Matches(pattern, line));
        Assert.Contains(lines, line => line.Contains("ax:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("class:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_person_at_a_terminal_sees_the_live_picture()
    {
        File.WriteAllText(folder.At("capture"), TwinOutput.OfHealthy);
        var run = CliRun.AtTerminal("monitor", "--file", folder.At("capture")).AssertDone();
        Assert.Contains("window looked like", run.Out, StringComparison.Ordinal);
        Assert.Contains(" walking", run.Out, StringComparison.Ordinal);
        Assert.Contains("Recording mode is on.", run.Out, StringComparison.Ordinal);
        Assert.Contains("free memory", run.Out, StringComparison.Ordinal);
        Assert.Contains("link 100.0 %", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_reads_back_as_what_was_logged()
    {
        var first = Monitor(TwinOutput.OfHealthy, "--log", folder.At("log"));
        var second = CliRun.Of("monitor", "--file", folder.At("log")).AssertDone();
        Assert.Equal(first.Out, second.Out);
        CliRun.Of("monitor", "--file", folder.At("capture"), "--log", folder.At("log")).AssertRefused(1, "exists");
    }

    [Fact]
    public void Noise_is_explained()
    {
        Assert.Contains("check that the board runs HarEdge", Monitor("nothing of ours\n").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_forms_or_two_sources_are_refused()
    {
        CliRun.Of("monitor", "--csv", "--json").AssertRefused(2, "combined");
        CliRun.Of("monitor", "--port", "COM1", "--file", "x").AssertRefused(2, "combined");
    }

    [Fact]
    public void A_file_or_port_that_is_not_there_is_named()
    {
        CliRun.Of("monitor", "--file", folder.At("none")).AssertRefused(1, "none");
        CliRun.Of("monitor", "--port", folder.At("no-port")).AssertRefused(1, "no-port");
    }

    [Fact]
    public void Without_a_port_the_twin_is_offered_and_of_several_one_must_be_named()
    {
        var terminal = new Terminal(new StringWriter(), new StringWriter());
        Assert.Contains("haredge twin", Assert.Throws<InputException>(() => SourceOptions.Only([], terminal)).Remedy, StringComparison.Ordinal);
        FoundPort[] two = [new("/dev/ttyUSB0", "CP2102"), new("/dev/ttyUSB1", null)];
        Assert.Contains("/dev/ttyUSB0 (CP2102)", Assert.Throws<InputException>(() => SourceOptions.Only(two, terminal)).Message, StringComparison.Ordinal);
        Assert.Equal("/dev/ttyUSB0", SourceOptions.Only(two[..1], terminal));
    }

    public void Dispose() => folder.Dispose();

    private CliRun Monitor(string capture, params string[] args)
    {
        File.WriteAllText(folder.At("capture"), capture);
        return CliRun.Of(["monitor", "--file", folder.At("capture"), .. args]).AssertDone();
    }
}
