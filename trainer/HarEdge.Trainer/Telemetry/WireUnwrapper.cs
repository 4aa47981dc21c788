using System.Buffers;
using System.Buffers.Binary;

namespace HarEdge.Trainer.Telemetry;

/// <summary>
/// Takes text out of Wire Protocol frames. Bytes go in as they come, in any portions; text comes out. Text outside frames passes
/// through. The marker is looked for everywhere, inside headers and payloads too: so a frame that was cut short costs itself only.
/// </summary>
internal sealed class WireUnwrapper
{
    /// <summary>Frames above this are damaged headers: nanoFramework's packets have 1 kB.</summary>
    public const int LargestPayload = 64 * 1024;

    private const int HeaderLength = 32;
    private const int CommandAt = 16;
    private const int SizeAt = 28;

    // CLR_DBG_Commands_Monitor_Message: text from the application.
    private const uint TextCommand = 1;

    private readonly LinkStatistics statistics;
    private readonly byte[] header = new byte[HeaderLength];
    private State state;

    // How much of the marker the last bytes make up; these bytes are held back until it is clear what they are.
    private int matched;

    // How many of the held bytes belong to a payload that is skipped.
    private int heldToSkip;
    private int headerFilled;
    private int payloadLeft;

    /// <param name="statistics">Counts frames.</param>
    public WireUnwrapper(LinkStatistics statistics) => this.statistics = statistics;

    private enum State
    {
        Text,
        Header,
        TextPayload,
        OtherPayload,
    }

    // No byte but the first starts the marker, so a mismatch falls back to the start.
    private static ReadOnlySpan<byte> Marker => "NFPKTV1\0"u8;

    /// <summary>Takes bytes and writes the text among them.</summary>
    public void Unwrap(ReadOnlySpan<byte> bytes, IBufferWriter<byte> text)
    {
        while (!bytes.IsEmpty)
        {
            if (state == State.Text && matched == 0)
            {
                var plain = bytes.IndexOf(Marker[0]);
                plain = plain < 0 ? bytes.Length : plain;
                text.Write(bytes[..plain]);
                bytes = bytes[plain..];
                if (bytes.IsEmpty)
                {
                    return;
                }
            }

            Take(bytes[0], text);
            bytes = bytes[1..];
        }
    }

    /// <summary>The stream has ended: what was held back is text.</summary>
    public void Finish(IBufferWriter<byte> text)
    {
        if (state != State.Text)
        {
            statistics.BrokenFrames++;
        }

        Release(text);
        state = State.Text;
    }

    private void Take(byte value, IBufferWriter<byte> text)
    {
        if (value == Marker[matched])
        {
            matched++;
        }
        else
        {
            Release(text);
            matched = value == Marker[0] ? 1 : 0;
        }

        if (matched == Marker.Length)
        {
            BeginHeader();
            return;
        }

        switch (state)
        {
            case State.Header:
                header[headerFilled++] = value;
                if (headerFilled == HeaderLength)
                {
                    EndHeader(text);
                }

                break;
            case State.TextPayload or State.OtherPayload:
                PassPayload(value, text);
                break;
            default:
                Pass(value, text);
                break;
        }
    }

    private void BeginHeader()
    {
        if (state != State.Text)
        {
            statistics.BrokenFrames++;
        }

        Marker.CopyTo(header);
        headerFilled = Marker.Length;
        matched = 0;
        heldToSkip = 0;
        state = State.Header;
    }

    private void EndHeader(IBufferWriter<byte> text)
    {
        var command = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(CommandAt));
        var size = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(SizeAt));
        if (size > LargestPayload)
        {
            statistics.BrokenFrames++;
            text.Write(header.AsSpan(Marker.Length, HeaderLength - Marker.Length - matched));
            state = State.Text;
            return;
        }

        // A size that begins like the marker (its bytes were all in the header) is a size.
        matched = 0;
        payloadLeft = (int)size;
        var isText = command == TextCommand;
        statistics.TextFrames += isText ? 1 : 0;
        statistics.OtherFrames += isText ? 0 : 1;
        state = payloadLeft == 0 ? State.Text : isText ? State.TextPayload : State.OtherPayload;
    }

    private void PassPayload(byte value, IBufferWriter<byte> text)
    {
        payloadLeft--;
        if (state == State.TextPayload)
        {
            Pass(value, text);
        }
        else
        {
            heldToSkip = matched;
        }

        if (payloadLeft == 0)
        {
            state = State.Text;
        }
    }

    // A byte that may belong to a marker waits.
    private void Pass(byte value, IBufferWriter<byte> text)
    {
        if (matched == 0)
        {
            text.Write([value]);
        }
    }

    // The held bytes are no marker after all. Inside a header they are in the header already.
    private void Release(IBufferWriter<byte> text)
    {
        if (state != State.Header && matched > heldToSkip)
        {
            text.Write(Marker[heldToSkip..matched]);
        }

        matched = 0;
        heldToSkip = 0;
    }
}
