using HarEdge.Cli.Output;

namespace HarEdge.Cli.Tests.Running;

/// <summary>One run of the real command line in this process that goes on while a test does something else.</summary>
internal sealed class LiveRun : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(4));
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly TextWriter sharedOutput;
    private readonly TextWriter sharedError;
    private readonly Task<int> run;

    /// <summary>Starts it.</summary>
    public LiveRun(params string[] args)
    {
        (sharedOutput, sharedError) = (TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        run = Task.Run(() => CommandLineRun.Of(args, new Terminal(sharedOutput, sharedError), stop.Token));
    }

    /// <summary>The data it has written so far.</summary>
    public string Out => Read(output, sharedOutput);

    /// <summary>What it has said so far, apart from data.</summary>
    public string Told => Read(error, sharedError);

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
    public async Task<CliRun> End() => new(await run, Out, Told);

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

    // A synchronized writer locks itself.
    private static string Read(StringWriter text, TextWriter synchronized)
    {
        lock (synchronized)
        {
            return text.ToString();
        }
    }
}
