using System.IO.Pipes;
using HarEdge.Cli.Output;

namespace HarEdge.Cli.Tests.Web;

/// <summary><c>twin --pty</c> running in this process until it is disposed.</summary>
internal sealed class TwinOnPort : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(3));
    private readonly Task<int> run;

    private TwinOnPort(TextWriter told, string[] args) =>
        run = Task.Run(() => CommandLineRun.Of(["twin", "--pty", .. args], new Terminal(told, TextWriter.Synchronized(new StringWriter())), stop.Token));

    /// <summary>The pseudo-terminal.</summary>
    public string Port { get; private set; } = "";

    /// <summary>Starts it and waits for its port.</summary>
    public static async Task<TwinOnPort> Start(params string[] args)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        using var told = new AnonymousPipeServerStream(PipeDirection.In);
        await using var writer = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, told.ClientSafePipeHandle)) { AutoFlush = true };
        using var lines = new StreamReader(told);
        var twin = new TwinOnPort(writer, args);
        twin.Port = await lines.ReadLineAsync(twin.stop.Token) ?? throw new EndOfStreamException("The twin named no port.");
        return twin;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Assert.Contains(await run, new[] { 0, 130 });
        stop.Dispose();
    }
}
