using System.Globalization;
using System.Text;

namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>
/// Keeps every byte of a port with its time, as text: after the first line, one line a read with milliseconds, a tab and the bytes.
/// Bytes other than printable ASCII, and the backslash, are written as \xNN. So the file can be read by eye and compared.
/// </summary>
internal sealed class ByteLog : IDisposable
{
    /// <summary>The first line; what begins otherwise is a plain capture.</summary>
    public const string Header = "# haredge serial log 1\n";

    private readonly FileStream stream;
    private readonly StringBuilder line = new();

    /// <summary>Begins a log.</summary>
    /// <exception cref="InputException">The file exists or cannot be written.</exception>
    public ByteLog(string path)
    {
        try
        {
            stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var exists = File.Exists(path);
            throw new InputException(
                exists ? $"{path} exists already." : $"{path} cannot be written: {e.Message}",
                exists ? "Give another name; a log is never written over." : "Give a path in a folder that exists and that you may write to.",
                1,
                e);
        }

        stream.Write(Encoding.ASCII.GetBytes(Header));
    }

    /// <summary>Appends what one read gave.</summary>
    public void Write(long atMs, ReadOnlySpan<byte> bytes)
    {
        line.Clear().Append(CultureInfo.InvariantCulture, $"{atMs}\t");
        foreach (var value in bytes)
        {
            if (value is >= (byte)' ' and <= (byte)'~' and not (byte)'\\')
            {
                line.Append((char)value);
            }
            else
            {
                line.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
            }
        }

        stream.Write(Encoding.ASCII.GetBytes(line.Append('\n').ToString()));
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}

/// <summary>Undoes <see cref="ByteLog"/> byte by byte; passes a capture that is no log through as it is.</summary>
internal sealed class ByteLogDecoder
{
    // Largest time taken from a log; more digits are a damaged line.
    private const long LongestMs = long.MaxValue / 100;

    private readonly byte[] header = System.Text.Encoding.ASCII.GetBytes(ByteLog.Header);
    private State state = State.Header;
    private int headerMatched;
    private int replayed;
    private long timeMs;
    private int escape;

    private enum State
    {
        Header,
        Unmatched,
        Plain,
        Time,
        Text,
        Backslash,
        HighDigit,
        LowDigit,
    }

    /// <summary>Time of the bytes last given, −1 when unknown.</summary>
    public long AtMs { get; private set; } = -1;

    /// <summary>Decodes until the input is used up, the output is full, or another time begins.</summary>
    /// <returns>Bytes written.</returns>
    public int Decode(ReadOnlySpan<byte> input, Span<byte> output, out int used)
    {
        var written = 0;
        used = 0;
        while (written < output.Length)
        {
            if (state == State.Unmatched)
            {
                output[written++] = header[replayed++];
                state = replayed == headerMatched ? State.Plain : State.Unmatched;
            }
            else if (used == input.Length)
            {
                break;
            }
            else if (state == State.Header && input[used] != header[headerMatched])
            {
                state = headerMatched > 0 ? State.Unmatched : State.Plain;
            }
            else if (Step(input[used++]) is { } value)
            {
                output[written++] = value;
            }
            else if (state == State.Time && written > 0)
            {
                break;
            }
        }

        return written;
    }

    /// <summary>The input has ended: a beginning that looked like a log's is given as it was, over several calls if need be.</summary>
    public int Finish(Span<byte> output)
    {
        if (state == State.Header && headerMatched > 0)
        {
            state = State.Unmatched;
        }

        return Decode([], output, out _);
    }

    private byte? Step(byte value)
    {
        switch (state)
        {
            case State.Header:
                headerMatched++;
                state = headerMatched == header.Length ? State.Time : State.Header;
                return null;
            case State.Plain:
                return value;
            case State.Time:
                StepTime(value);
                return null;
            case State.Backslash:
                state = value == 'x' ? State.HighDigit : State.Text;
                return null;
            case State.HighDigit:
                escape = Nibble(value) << 4;
                state = State.LowDigit;
                return null;
            case State.LowDigit:
                state = State.Text;
                return (byte)(escape | Nibble(value));
            default:
                return StepText(value);
        }
    }

    private void StepTime(byte value)
    {
        if (value == '\t')
        {
            AtMs = timeMs;
            timeMs = 0;
            state = State.Text;
        }
        else
        {
            timeMs = char.IsAsciiDigit((char)value) && timeMs < LongestMs ? (timeMs * 10) + value - '0' : 0;
        }
    }

    private byte? StepText(byte value)
    {
        if (value is (byte)'\n' or (byte)'\\')
        {
            state = value == '\n' ? State.Time : State.Backslash;
            return null;
        }

        return value;
    }

    private static int Nibble(byte digit) => char.IsAsciiHexDigit((char)digit) ? Convert.ToInt32(((char)digit).ToString(), 16) : 0;
}
