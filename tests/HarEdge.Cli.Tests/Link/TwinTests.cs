using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Link;

/// <summary><c>twin</c> on standard output.</summary>
public sealed class TwinTests
{
    [Fact]
    public void Without_options_but_a_time_it_boots_and_decides()
    {
        var lines = TwinOutput.OfHealthy.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.Matches(@"^\$H[A-Z],.*\*[0-9A-F]{4}\r?$", line));
        Assert.StartsWith("$HB,0,2,", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains(",MODEL,PASS,", StringComparison.Ordinal));
        Assert.InRange(lines.Count(line => line.StartsWith("$HD,", StringComparison.Ordinal)), 60, 70);
        Assert.Contains(lines, line => line.StartsWith("$HR,", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fault_on_request_shows_in_its_console()
    {
        Assert.Contains(",GAP,", TwinOutput.OfDetached, StringComparison.Ordinal);
        Assert.DoesNotContain(",GAP,", TwinOutput.OfHealthy, StringComparison.Ordinal);
    }

    [Fact]
    public void In_real_time_a_second_takes_a_second()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        CliRun.Of("twin", "--seconds", "1.5", "--model", Models.Small).AssertDone();
        Assert.True(clock.Elapsed.TotalSeconds >= 1.2, $"took {clock.Elapsed}");
    }

    [Fact]
    public void Stopping_it_is_no_error()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var run = CliRun.Of(stop.Token, "twin", "--model", Models.Small);
        Assert.Contains(run.ExitCode, new[] { 0, 130 });
        Assert.DoesNotContain("unexpected", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_fault_is_refused()
    {
        CliRun.Of("twin", "--fault", "Gremlins").AssertRefused(2, "Gremlins");
    }
}
