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
