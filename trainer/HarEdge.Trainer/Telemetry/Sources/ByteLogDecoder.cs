namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>Undoes <see cref="ByteLog"/> byte by byte; passes a capture that is no log through as it is.</summary>
internal sealed class ByteLogDecoder
{
    // Largest time taken from a log; more digits are a damaged line.
    private const long LongestMs = long.MaxValue / 100;

    private readonly byte[] header = System.Text.Encoding.ASCII.GetBytes(ByteLog.Header);
    private Place place = Place.Header;
    private int headerMatched;
    private int replayed;
    private long timeMs;
    private int escape;

    private enum Place
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
            if (place == Place.Unmatched)
            {
                output[written++] = header[replayed++];
                place = replayed == headerMatched ? Place.Plain : Place.Unmatched;
            }
            else if (used == input.Length)
            {
                break;
            }
            else if (place == Place.Header && input[used] != header[headerMatched])
            {
                place = headerMatched > 0 ? Place.Unmatched : Place.Plain;
            }
            else if (Step(input[used++]) is { } value)
            {
                output[written++] = value;
            }
            else if (place == Place.Time && written > 0)
            {
                break;
            }
        }

        return written;
    }

    /// <summary>The input has ended: a beginning that looked like a log's is given as it was, over several calls if need be.</summary>
    public int Finish(Span<byte> output)
    {
        if (place == Place.Header && headerMatched > 0)
        {
            place = Place.Unmatched;
        }

        return Decode([], output, out _);
    }

    private byte? Step(byte value)
    {
        switch (place)
        {
            case Place.Header:
                headerMatched++;
                place = headerMatched == header.Length ? Place.Time : Place.Header;
                return null;
            case Place.Plain:
                return value;
            case Place.Time:
                StepTime(value);
                return null;
            case Place.Backslash:
                place = value == 'x' ? Place.HighDigit : Place.Text;
                return null;
            case Place.HighDigit:
                escape = Nibble(value) << 4;
                place = Place.LowDigit;
                return null;
            case Place.LowDigit:
                place = Place.Text;
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
            place = Place.Text;
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
            place = value == '\n' ? Place.Time : Place.Backslash;
            return null;
        }

        return value;
    }

    private static int Nibble(byte digit) => char.IsAsciiHexDigit((char)digit) ? Convert.ToInt32(((char)digit).ToString(), 16) : 0;
}
