using System.Globalization;
using System.Text;
using HarEdge.Core;

namespace HarEdge.Trainer.Telemetry;

/// <summary>One line → one record, by the grammar of docs/SPEC.md. What is no good record is counted and gives nothing.</summary>
internal sealed class TelemetryParser
{
    /// <summary>The version of the grammar this parser knows.</summary>
    public const int ProtocolVersion = 2;

    private const int CrcLength = 5;

    private readonly LinkStatistics statistics;
    private readonly SequenceTracker sequences;

    /// <param name="statistics">Counts every outcome.</param>
    public TelemetryParser(LinkStatistics statistics)
    {
        this.statistics = statistics;
        sequences = new SequenceTracker(statistics);
    }

    /// <inheritdoc cref="SequenceTracker.IsJoining"/>
    public bool IsJoining
    {
        get => sequences.IsJoining;
        set => sequences.IsJoining = value;
    }

    /// <summary>Reads a line that begins with "$H".</summary>
    /// <returns>The record, or null when the line is damaged, doubled or of an unknown kind.</returns>
    public TelemetryRecord? Parse(ReadOnlySpan<byte> line)
    {
        // "$Ht," before the sequence number, "*CCCC" behind.
        var body = line.Length > 4 + CrcLength && line[3] == ',' && line[^CrcLength] == '*' ? line[1..^CrcLength] : [];
        if (body.IsEmpty || !FieldReader.TryHex16(line[^4..], out var crc) || crc != CrcOf(body))
        {
            statistics.CrcFailures++;
            return null;
        }

        var fields = new FieldReader(body[3..]);
        var sequence = fields.Int(0, SequenceTracker.Count - 1);
        var type = (char)body[1];
        if (!fields.IsGood || !char.IsAsciiLetterUpper(type))
        {
            statistics.MalformedLines++;
            return null;
        }

        if (!sequences.Accept(sequence, crc, type == 'B'))
        {
            return null;
        }

        return Read(type, sequence, ref fields);
    }

    private static int CrcOf(ReadOnlySpan<byte> body)
    {
        var crc = Crc16.Initial;
        foreach (var value in body)
        {
            crc = Crc16.AppendByte(crc, value);
        }

        return crc;
    }

    private TelemetryRecord? Read(char type, int sequence, ref FieldReader fields)
    {
        TelemetryRecord? record;
        switch (type)
        {
            case 'B':
                record = Known(BannerRecord.Read(sequence, ref fields));
                break;
            case 'N':
                record = ClassNameRecord.Read(sequence, ref fields);
                break;
            case 'K':
                record = SelfTestRecord.Read(sequence, ref fields);
                break;
            case 'D':
                record = DecisionRecord.Read(sequence, ref fields);
                break;
            case 'E':
                record = EventRecord.Read(sequence, ref fields);
                break;
            case 'C':
                record = CalibrationRecord.Read(sequence, ref fields);
                break;
            case 'R':
                record = RawBlockRecord.Read(sequence, ref fields);
                break;
            case 'H':
                record = HealthRecord.Read(sequence, ref fields);
                break;
            case 'T':
                record = TimingRecord.Read(sequence, ref fields);
                break;
            default:
                statistics.UnknownRecords++;
                return null;
        }

        if (record is null || !fields.IsGood)
        {
            statistics.MalformedLines++;
            return null;
        }

        statistics.Records++;
        return record;
    }

    private BannerRecord Known(BannerRecord banner)
    {
        statistics.FutureProtocol = banner.Protocol > ProtocolVersion ? banner.Protocol : 0;
        return banner;
    }
}

/// <summary>Reads the fields of a line one after another. After the first that does not fit, <see cref="IsGood"/> is false.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> fields)
{
    private ReadOnlySpan<byte> rest = fields;
    private bool atEnd;

    /// <summary>Whether every field so far was there and of its type.</summary>
    public bool IsGood { get; private set; } = true;

    /// <summary>A decimal integer within 32 bits; 0 when it is none.</summary>
    public int Int()
    {
        var field = Next();
        if (!int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || field[0] == '+')
        {
            IsGood = false;
            return 0;
        }

        return value;
    }

    /// <summary>A decimal integer within limits, ends included.</summary>
    public int Int(int lowest, int highest)
    {
        var value = Int();
        IsGood &= value >= lowest && value <= highest;
        return value;
    }

    /// <summary>Four upper-case hex digits.</summary>
    public int Hex16()
    {
        var field = Next();
        IsGood &= TryHex16(field, out var value);
        return value;
    }

    /// <summary>Printable ASCII, at least one character.</summary>
    public string Text()
    {
        var field = Next();
        IsGood &= field.Length > 0 && !field.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        return IsGood ? Encoding.ASCII.GetString(field) : "";
    }

    /// <summary>As <see cref="Text"/>; empty where an earlier version of the grammar ends.</summary>
    public string OptionalText() => atEnd ? "" : Text();

    /// <summary>A field as it is.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (atEnd)
        {
            IsGood = false;
            return [];
        }

        var comma = rest.IndexOf((byte)',');
        atEnd = comma < 0;
        var field = atEnd ? rest : rest[..comma];
        rest = atEnd ? [] : rest[(comma + 1)..];
        return field;
    }

    /// <summary>Reads exactly four upper-case hex digits.</summary>
    public static bool TryHex16(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        if (digits.Length != 4)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            var nibble = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : digit is >= (byte)'A' and <= (byte)'F' ? digit - 'A' + 10 : -1;
            if (nibble < 0)
            {
                return false;
            }

            value = (value << 4) | nibble;
        }

        return true;
    }
}
