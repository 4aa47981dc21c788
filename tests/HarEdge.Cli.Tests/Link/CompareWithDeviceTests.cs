using System.Text.Json;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Link;

/// <summary><c>compare</c> with a device: the twin over a real pseudo-terminal, and what a monitor kept.</summary>
public sealed class CompareWithDeviceTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void With_the_twin_all_three_comparisons_run_over_a_pseudo_terminal_and_agree()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        var run = CliRun.Of("compare", "--twin", "--windows", "5", "--recordings", "1", "--json").AssertDone();
        using var report = JsonDocument.Parse(run.Out);
        var root = report.RootElement;
        Assert.Equal("passed", root.GetProperty("boot").GetProperty("outcome").GetString());
        Assert.True(root.GetProperty("live").GetProperty("windows").GetInt32() >= 5);
        Assert.Equal(0, root.GetProperty("live").GetProperty("divergences").GetInt32());
        var replay = root.GetProperty("replay");
        Assert.True(replay.GetProperty("windows").GetInt32() > 100);
        Assert.Equal(0, replay.GetProperty("divergences").GetInt32() + replay.GetProperty("lostDecisions").GetInt32());
        Assert.Equal(replay.GetProperty("desktop").ToString(), replay.GetProperty("device").ToString());
        Assert.True(replay.GetProperty("decision").GetProperty("medianMs").GetDouble() > 0);
    }

    [Fact]
    public void A_kept_console_is_compared_and_told_as_a_table()
    {
        var run = Compare(TwinOutput.OfHealthy).AssertDone();
        Assert.Contains("| known answers at boot ", run.Out, StringComparison.Ordinal);
        Assert.Contains("passed", run.Out, StringComparison.Ordinal);
        Assert.Contains("not done: it needs the second UART", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_decision_took_on_the_chip_stands_beside_the_estimate()
    {
        Assert.Contains("not measured", Compare(TwinOutput.OfHealthy).AssertDone().Out, StringComparison.Ordinal);
        var run = Compare(TwinOutput.OfTimed).AssertDone();
        Assert.Matches(@"\| measured by the device +\| +61\.5 \|[^|]*\| +70\.3 \| 46 decisions", run.Out);
        Assert.Matches(@"\| estimated before flashing \| +\d+\.\d \| \d+\.\d to \d+\.\d \| +\d+\.\d \| ESP32", run.Out);
    }

    [Fact]
    public void One_wrong_bit_is_a_failed_check_that_names_the_window_and_both_sides()
    {
        var lines = TwinOutput.OfHealthy.Split('\n');
        var at = Array.FindIndex(lines, line => line.Contains(",RECORD_ON,", StringComparison.Ordinal));
        at = Array.FindIndex(lines, at + 60, line => line.StartsWith("$HD,", StringComparison.Ordinal));
        lines[at] = WithOtherFeatures(lines[at].TrimEnd('\r'));
        var run = Compare(string.Join('\n', lines));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"sample {lines[at].Split(',')[2]}: the desktop says ", run.Message, StringComparison.Ordinal);
        Assert.Contains("features CRC 0BAD", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_with_another_model_is_refused_by_name() =>
        Compare(TwinOutput.OfHealthy, "--model", Models.Small).AssertRefused(3, "carries model", "desktop's model is");

    [Fact]
    public void A_later_protocol_is_refused() =>
        Compare(Changed(TwinOutput.OfHealthy.Split('\n')[0].TrimEnd('\r'), 2, "3") + "\n").AssertRefused(3, "version 3 of the wire format");

    [Fact]
    public void A_console_that_names_no_model_or_has_no_raw_samples_compares_nothing()
    {
        Compare("noise\n").AssertRefused(3, "no line of a HarEdge device");
        var lines = TwinOutput.OfHealthy.Split('\n');
        Compare(string.Join('\n', lines.Skip(12).Take(5))).AssertRefused(3, "none says which model");
        var run = Compare(string.Join('\n', lines.TakeWhile(line => !line.Contains(",RECORD_ON,", StringComparison.Ordinal))));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Hold BOOT", run.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_twin_and_another_port_are_not_combined()
    {
        CliRun.Of("compare", "--twin", "--port", "COM1").AssertRefused(2, "--twin brings its own port");
        CliRun.Of("compare", "--twin", "--command-port", "COM1").AssertRefused(2, "--twin brings its own port");
    }

    [Fact]
    public void A_port_that_is_not_there_is_named() => CliRun.Of("compare", "--port", folder.At("no-port")).AssertRefused(1, "no-port");

    public void Dispose() => folder.Dispose();

    private static string WithOtherFeatures(string line) => Changed(line, 8, "0BAD");

    private static string Changed(string line, int field, string value)
    {
        var fields = line[1..^5].Split(',');
        fields[field] = value;
        var body = string.Join(',', fields);
        var crc = body.Aggregate(Core.Crc16.Initial, (sum, c) => Core.Crc16.AppendByte(sum, c));
        return $"${body}*{crc:X4}";
    }

    private CliRun Compare(string console, params string[] args)
    {
        File.WriteAllText(folder.At("console"), console);
        return CliRun.Of(["compare", "--file", folder.At("console"), .. args]);
    }
}
