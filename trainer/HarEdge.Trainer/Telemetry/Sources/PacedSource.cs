using System.Diagnostics;

namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>Gives what another source gives, no sooner than its times say: a log as it came. What has no time comes at once.</summary>
internal sealed class PacedSource(IByteSource source) : IByteSource
{
    private const int PortionLength = 4 * 1024;
    private const int WaitMs = 100;

    private readonly byte[] portion = new byte[PortionLength];
    private readonly Stopwatch clock = new();
    private SourceRead read;
    private int at;
    private long firstMs;

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public SourceRead Read(Span<byte> buffer)
    {
        if (at == read.Count)
        {
            at = 0;
            read = source.Read(portion);
            if (read.Count == 0)
            {
                return read;
            }

            if (!clock.IsRunning)
            {
                firstMs = read.AtMs;
                clock.Start();
            }
        }

        var earlyMs = read.AtMs - firstMs - clock.ElapsedMilliseconds;
        if (earlyMs > 0)
        {
            Thread.Sleep((int)Math.Min(earlyMs, WaitMs));
            return new SourceRead(SourceState.Idle, 0, read.AtMs);
        }

        var bytes = portion.AsSpan(at, Math.Min(read.Count - at, buffer.Length));
        bytes.CopyTo(buffer);
        at += bytes.Length;
        return new SourceRead(SourceState.Bytes, bytes.Length, read.AtMs);
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
