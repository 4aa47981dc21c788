using System.Diagnostics;

namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>Where the bytes of a device come from: a port, a file, another program.</summary>
internal interface IByteSource : IDisposable
{
    /// <summary>How messages name it.</summary>
    string Name { get; }

    /// <summary>Reads what is there, and waits a tenth of a second at most when nothing is.</summary>
    SourceRead Read(Span<byte> buffer);
}

/// <summary>What came of one read.</summary>
/// <param name="State">Whether bytes came, and if not why.</param>
/// <param name="Count">Bytes put into the buffer.</param>
/// <param name="AtMs">Time of the bytes since the source was opened, as far as it is known, in milliseconds; −1 when it is not.</param>
internal readonly record struct SourceRead(SourceState State, int Count, long AtMs);

/// <summary>Whether a source has bytes.</summary>
internal enum SourceState
{
    /// <summary>Bytes came.</summary>
    Bytes,

    /// <summary>None came in a tenth of a second.</summary>
    Idle,

    /// <summary>The port has gone away just now; reading on waits for it to come back.</summary>
    Lost,

    /// <summary>The port is back just now.</summary>
    Found,

    /// <summary>No more bytes will come.</summary>
    Ended,
}

/// <summary>Where bytes for a device go: its second UART.</summary>
internal interface IByteSink : IDisposable
{
    /// <summary>How messages name it.</summary>
    string Name { get; }

    /// <summary>Sends all bytes.</summary>
    /// <exception cref="InputException">The port is gone or does not take them.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}

/// <summary>A log written by <see cref="ByteLog"/>, or a plain capture; which of them, the first bytes show. Also reads another program's output.</summary>
internal sealed class FileSource : IByteSource
{
    private const int PortionLength = 16 * 1024;
    private const int WaitMs = 100;

    private readonly Stream stream;
    private readonly byte[] portion = new byte[PortionLength];
    private readonly ByteLogDecoder decoder = new();
    private Task<int>? pending;
    private int at;
    private int end;

    private FileSource(Stream stream, string name)
    {
        this.stream = stream;
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static FileSource Open(string path)
    {
        try
        {
            return new FileSource(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {FileFault.Words(e)}.", "Give a log of haredge monitor --log, or any capture of the port.", 1, e);
        }
    }

    /// <summary>Reads a stream to its end, such as standard input.</summary>
    public static FileSource Of(Stream stream, string name) => new(stream, name);

    /// <inheritdoc/>
    public SourceRead Read(Span<byte> buffer)
    {
        if (at == end)
        {
            // A read of standard input cannot be given up, so it goes on while the caller looks after other things.
            pending ??= stream.ReadAsync(portion, 0, portion.Length);
            if (!pending.Wait(WaitMs))
            {
                return new SourceRead(SourceState.Idle, 0, decoder.AtMs);
            }

            at = 0;
            end = pending.Result;
            pending = null;
            if (end == 0)
            {
                var rest = decoder.Finish(buffer);
                return new SourceRead(rest > 0 ? SourceState.Bytes : SourceState.Ended, rest, decoder.AtMs);
            }
        }

        var written = decoder.Decode(portion.AsSpan(at, end - at), buffer, out var used);
        at += used;
        return new SourceRead(written > 0 ? SourceState.Bytes : SourceState.Idle, written, decoder.AtMs);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}

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
