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

    /// <inheritdoc cref="SequenceTracker.IsJoining"/>
    internal bool IsJoining
    {
        get => parser.IsJoining;
        set => parser.IsJoining = value;
    }

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

/// <summary>
/// Finds lines of ours in text that comes in any portions. A line begins at '$H' wherever that is, because '$' occurs nowhere else in the
/// grammar, and ends at CR, LF or the next '$'. Everything else is noise and only counted. Holds one line, never more.
/// </summary>
internal sealed class LineReader
{
    /// <summary>Longest line of the grammar, terminator excluded.</summary>
    public const int LongestLine = Core.TelemetryLine.Capacity;

    private readonly LinkStatistics statistics;
    private readonly byte[] line = new byte[LongestLine];
    private int length;

    /// <param name="statistics">Counts noise and lines that are too long.</param>
    public LineReader(LinkStatistics statistics) => this.statistics = statistics;

    /// <summary>Receives a line without its terminator; the bytes are valid during the call only.</summary>
    public delegate void LineHandler(ReadOnlySpan<byte> line);

    /// <summary>Takes text and hands over the lines that end in it.</summary>
    public void Read(ReadOnlySpan<byte> text, LineHandler handler)
    {
        while (!text.IsEmpty)
        {
            if (length == 0)
            {
                var start = text.IndexOf((byte)'$');
                start = start < 0 ? text.Length : start;
                statistics.NoiseBytes += start - text[..start].Count("\r"u8) - text[..start].Count("\n"u8);
                text = text[start..];
                if (text.IsEmpty)
                {
                    return;
                }
            }

            Take(text[0], handler);
            text = text[1..];
        }
    }

    /// <summary>The stream has ended: the line so far is all there will be.</summary>
    public void Finish(LineHandler handler) => End(handler);

    private void Take(byte value, LineHandler handler)
    {
        if (value == '$')
        {
            End(handler);
            line[length++] = value;
        }
        else if (value is (byte)'\r' or (byte)'\n')
        {
            End(handler);
        }
        else if (length == 1 && value != 'H')
        {
            statistics.NoiseBytes += 2;
            length = 0;
        }
        else if (length == LongestLine)
        {
            // The rest of it is noise, up to the next '$'.
            statistics.OverlongLines++;
            length = 0;
        }
        else
        {
            line[length++] = value;
        }
    }

    private void End(LineHandler handler)
    {
        if (length > 1)
        {
            handler(line.AsSpan(0, length));
        }
        else
        {
            statistics.NoiseBytes += length;
        }

        length = 0;
    }
}
