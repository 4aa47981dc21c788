using System.Buffers;

namespace HarEdge.Trainer.Telemetry;

/// <summary>
/// Bytes of a serial port → frames → lines → records. The same bytes give the same records, in whatever portions they come. Memory is
/// bounded by the largest portion.
/// </summary>
public sealed class TelemetryReader
{
    private readonly WireUnwrapper unwrapper;
    private readonly LineReader lines;
    private readonly TelemetryParser parser;
    private readonly ArrayBufferWriter<byte> text = new();

    /// <summary>A reader at the start of a stream.</summary>
    public TelemetryReader()
    {
        unwrapper = new WireUnwrapper(Statistics);
        lines = new LineReader(Statistics);
        parser = new TelemetryParser(Statistics);
    }

    /// <summary>What came and what was lost.</summary>
    public LinkStatistics Statistics { get; } = new();

    /// <summary>Takes bytes and hands over the records that end in them, in order.</summary>
    public void Read(ReadOnlySpan<byte> bytes, Action<TelemetryRecord> handler)
    {
        Statistics.Bytes += bytes.Length;
        unwrapper.Unwrap(bytes, text);
        lines.Read(text.WrittenSpan, line => Parse(line, handler));
        text.ResetWrittenCount();
    }

    /// <summary>The stream has ended, or the port is gone: what is half is broken.</summary>
    public void Finish(Action<TelemetryRecord> handler)
    {
        unwrapper.Finish(text);
        lines.Read(text.WrittenSpan, line => Parse(line, handler));
        lines.Finish(line => Parse(line, handler));
        text.ResetWrittenCount();
    }

    /// <summary>The port is gone: as <see cref="Finish"/>, and counted.</summary>
    public void Lose(Action<TelemetryRecord> handler)
    {
        Finish(handler);
        Statistics.Disconnects++;
    }

    private void Parse(ReadOnlySpan<byte> line, Action<TelemetryRecord> handler)
    {
        if (parser.Parse(line) is { } record)
        {
            handler(record);
        }
    }
}
