using HarEdge.Cli.Output;

namespace HarEdge.Cli.Tests.Web;

/// <summary><c>monitor --web</c> running in this process until it is disposed.</summary>
internal sealed class RunningMonitor : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(3));
    private readonly StringWriter error = new();
    private readonly TextWriter shared;
    private readonly Task<int> run;

    private RunningMonitor(string[] args)
    {
        shared = TextWriter.Synchronized(error);
        run = Task.Run(() => CommandLineRun.Of(["monitor", "--web", "--web-port", "0", .. args], new Terminal(TextWriter.Null, shared), stop.Token));
    }

    /// <summary>Where the page is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What it has said so far.</summary>
    public string Told
    {
        get
        {
            // The synchronized writer locks itself.
            lock (shared)
            {
                return error.ToString();
            }
        }
    }

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<RunningMonitor> Start(params string[] args)
    {
        const string Before = "Open ";
        var monitor = new RunningMonitor(args);
        while (!monitor.Told.Contains(" in a browser", StringComparison.Ordinal))
        {
            Assert.False(monitor.run.IsCompleted, monitor.Told);
            await Task.Delay(20);
        }

        var told = monitor.Told;
        var start = told.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        monitor.Address = new Uri(told[start..told.IndexOf(' ', start)]);
        return monitor;
    }

    /// <summary>Ctrl-C, and how it ended.</summary>
    public async Task<int> Stop()
    {
        await stop.CancelAsync();
        return await run;
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await Stop());
        stop.Dispose();
    }
}
