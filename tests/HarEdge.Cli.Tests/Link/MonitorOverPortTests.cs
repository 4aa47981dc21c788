using System.IO.Pipes;
using System.Text.Json;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Link;

/// <summary>Both verbs with a real pseudo-terminal between them.</summary>
public sealed class MonitorOverPortTests
{
    [Fact]
    public async Task The_monitor_reads_the_twin_without_losing_a_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        using var told = new AnonymousPipeServerStream(PipeDirection.In);
        using var writer = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, told.ClientSafePipeHandle)) { AutoFlush = true };
        using var lines = new StreamReader(told);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var twin = Task.Run(() => CommandLineRun.Of(
            ["twin", "--pty", "--speed", "fast", "--seconds", "300"], new Terminal(writer, TextWriter.Synchronized(new StringWriter())), stop.Token));
        var port = await lines.ReadLineAsync(stop.Token);
        Assert.StartsWith("/dev/pts/", port, StringComparison.Ordinal);

        // The twin has begun long before anybody looks.
        await Task.Delay(TimeSpan.FromSeconds(2), stop.Token);
        await using var monitor = new LiveRun("monitor", "--port", port!, "--json");
        Assert.Equal(0, await twin);

        // The port is empty long before the monitor, on a busy machine, has read all that it took from there.
        await monitor.Until(() => Decisions(monitor.Out).Count >= 150);
        var run = (await monitor.Stop()).AssertDone();
        Assert.Contains("link 100.0 %", run.Error, StringComparison.Ordinal);
        var samples = Decisions(run.Out).Select(Sample).ToList();
        Assert.InRange(samples.Count, 150, 240);
        Assert.Equal(128, samples[0]);
        Assert.All(samples.Zip(samples.Skip(1)), pair => Assert.Equal(64, pair.Second - pair.First));
    }

    // A line that is being written has no end yet, and is left out.
    private static List<string> Decisions(string output) =>
        [.. output.Split('\n')[..^1].Where(line => line.StartsWith("{\"record\":\"decision\"", StringComparison.Ordinal))];

    private static int Sample(string line)
    {
        using var record = JsonDocument.Parse(line);
        return record.RootElement.GetProperty("sample").GetInt32();
    }
}
