using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Web;

/// <summary><c>monitor --web</c> or <c>play</c> running in this process until it is disposed.</summary>
internal sealed class RunningMonitor : IAsyncDisposable
{
    private readonly LiveRun run;

    private RunningMonitor(string[] args) => run = new LiveRun([.. args, "--web-port", "0"]);

    /// <summary>Where the page is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What it has said so far.</summary>
    public string Told => run.Told;

    /// <summary>Starts it and waits until it serves.</summary>
    public static Task<RunningMonitor> Start(params string[] args) => StartVerb(["monitor", "--web", .. args]);

    /// <summary><c>play</c>, with a page only.</summary>
    public static Task<RunningMonitor> Play(params string[] args) => StartVerb(["play", "--no-browser", .. args]);

    private static async Task<RunningMonitor> StartVerb(string[] args)
    {
        const string Before = "Open ";
        var monitor = new RunningMonitor(args);
        await monitor.run.UntilSaid(" in a browser");
        var told = monitor.Told;
        var start = told.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        monitor.Address = new Uri(told[start..told.IndexOf(' ', start)]);
        return monitor;
    }

    /// <summary>Ctrl-C, and how it ended.</summary>
    public async Task<int> Stop() => (await run.Stop()).ExitCode;

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await Stop());
        await run.DisposeAsync();
    }
}
