using HarEdge.Cli.Output;

namespace HarEdge.Cli.Tests.Running;

/// <summary>One run of the real command line in this process that goes on while a test does something else.</summary>
internal sealed class LiveRun : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(4));
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly TextWriter shared;
    private readonly Task<int> run;

    /// <summary>Starts it.</summary>
    public LiveRun(params string[] args)
    {
        shared = TextWriter.Synchronized(error);
        run = Task.Run(() => CommandLineRun.Of(args, new Terminal(output, shared), stop.Token));
    }

    /// <summary>What it has said so far, apart from data.</summary>
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

    /// <summary>Waits until something is so; fails when the run ends or four minutes pass before.</summary>
    public async Task Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            Assert.False(run.IsCompleted, Told);
            await Task.Delay(20, stop.Token);
        }
    }

    /// <summary>Waits until it has said something.</summary>
    public Task UntilSaid(string text) => Until(() => Told.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits for its end.</summary>
    public async Task<CliRun> End() => new(await run, output.ToString(), Told);

    /// <summary>Ctrl-C, and how it ended.</summary>
    public async Task<CliRun> Stop()
    {
        await stop.CancelAsync();
        return await End();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        stop.Dispose();
    }
}
