using System.IO.Pipes;
using HarEdge.Cli.Output;

namespace HarEdge.Cli.Tests.Running;

/// <summary><c>twin --pty</c> running in this process until it is disposed.</summary>
internal sealed class RunningTwin : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(3));
    private readonly AnonymousPipeServerStream told = new(PipeDirection.In);
    private readonly StringWriter error = new();
    private readonly StreamWriter writer;
    private readonly Task<int> run;

    private RunningTwin(string[] args)
    {
        writer = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, told.ClientSafePipeHandle)) { AutoFlush = true };
        run = Task.Run(() => CommandLineRun.Of(["twin", "--pty", .. args], new Terminal(writer, TextWriter.Synchronized(error)), stop.Token));
    }

    /// <summary>The pseudo-terminal.</summary>
    public string Port { get; private set; } = "";

    /// <summary>Starts it and waits for its port.</summary>
    public static async Task<RunningTwin> Start(params string[] args)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        var twin = new RunningTwin(args);
        using var lines = new StreamReader(twin.told, leaveOpen: true);
        twin.Port = await lines.ReadLineAsync(twin.stop.Token) ?? throw new EndOfStreamException("The twin named no port.");
        return twin;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        var exitCode = await run;
        Assert.True(exitCode is 0 or 130, error.ToString());
        await writer.DisposeAsync();
        await told.DisposeAsync();
        stop.Dispose();
    }
}
