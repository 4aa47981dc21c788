using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Options;

/// <summary>What the command line names as a device: its port, a log or a pipe; with every byte kept where <c>--log</c> says so.</summary>
/// <param name="source">Where the bytes come from.</param>
/// <param name="log">Keeps them; null for nothing.</param>
internal sealed class OpenedSource(IByteSource source, ByteLog? log) : IByteSource
{
    /// <inheritdoc/>
    public string Name => source.Name;

    /// <summary>Whether a device can be at the other end, now.</summary>
    public bool IsPort => source is SerialPortSource;

    /// <summary>Where bytes for the device go when console and second UART are one port, such as the twin's; null for a log or a pipe.</summary>
    public IByteSink? Sink => source as IByteSink;

    /// <inheritdoc/>
    public SourceRead Read(Span<byte> buffer)
    {
        var read = source.Read(buffer);
        if (read.State == SourceState.Bytes)
        {
            // What has no time of its own is kept without one, too.
            log?.Write(Math.Max(read.AtMs, 0), buffer[..read.Count]);
        }

        return read;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        log?.Dispose();
    }
}
