using HarEdge.Cli.Tests.Link;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Web;

/// <summary><c>monitor --web</c> as a command.</summary>
public sealed class MonitorWebTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task A_log_that_is_read_stays_on_the_page_until_the_monitor_is_stopped()
    {
        await File.WriteAllTextAsync(folder.At("capture"), TwinOutput.OfHealthy);
        await using var monitor = await RunningMonitor.Start("--file", folder.At("capture"), "--log", folder.At("log"));
        while (!monitor.Told.Contains("The page stays until Ctrl-C", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }

        using var client = new HttpClient { BaseAddress = monitor.Address };
        using var pictures = new StreamReader(await client.GetStreamAsync(new Uri("snapshots", UriKind.Relative)));
        Assert.Contains("\"isEnded\":true", await pictures.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await monitor.Stop());
        Assert.Contains("link 100.0 %", monitor.Told, StringComparison.Ordinal);
        Assert.Equal(
            CliRun.Of("monitor", "--file", folder.At("capture"), "--json").Out, CliRun.Of("monitor", "--file", folder.At("log"), "--json").Out);
    }

    [Fact]
    public void With_a_time_it_ends_by_itself()
    {
        using var twin = new Trainer.Telemetry.Sources.PseudoTerminal();
        CliRun.Of("monitor", "--port", twin.PortName, "--web-port", "0", "--seconds", "0.5").AssertDone();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_a_remedy()
    {
        await File.WriteAllTextAsync(folder.At("capture"), TwinOutput.OfHealthy);
        await using var monitor = await RunningMonitor.Start("--file", folder.At("capture"));
        var port = monitor.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var second = CliRun.Of("monitor", "--file", folder.At("capture"), "--web", "--web-port", port).AssertRefused(1, "Port " + port);
        Assert.Contains("--web-port", second.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paced_log_takes_the_time_it_took()
    {
        File.WriteAllText(folder.At("log"), "# haredge serial log 1\n5000\tab\n5400\tcd\n5800\tef\n");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var run = CliRun.Of("monitor", "--file", folder.At("log"), "--paced").AssertDone();
        Assert.True(clock.ElapsedMilliseconds >= 800, $"took {clock.ElapsedMilliseconds} ms");
        Assert.Contains("6 bytes", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
