using System.Text;
using HarEdge.Core;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>
/// Lines of the firmware with a few bytes changed, doubled or removed, and the CRC made right again, so that the parser's fields get to
/// see them. HAREDGE_FUZZ_LINES sets how many; the seed is fixed.
/// </summary>
public sealed class ParserFuzzTests
{
    private const string Interesting = "0123456789ABCDEFGHIKNRZ-+,,,=/$*_ \u007f";

    [Fact]
    public void Every_mutated_line_has_exactly_one_outcome_and_none_throws()
    {
        var count = long.Parse(Environment.GetEnvironmentVariable("HAREDGE_FUZZ_LINES") ?? "100000");
        var originals = DeviceLines.OfTwin.Take(60).Concat(DeviceLines.OfTwin.TakeLast(20)).Select(Encoding.ASCII.GetBytes).ToArray();
        var statistics = new LinkStatistics();
        var parser = new TelemetryParser(statistics);
        var random = new Random(1);
        var line = new byte[2 * LineReader.LongestLine];
        for (long i = 0; i < count; i++)
        {
            var length = Mutate(originals[random.Next(originals.Length)], line, random);
            parser.Parse(line.AsSpan(0, length));
        }

        Assert.Equal(
            count,
            statistics.Records + statistics.MalformedLines + statistics.UnknownRecords + statistics.CrcFailures + statistics.Duplicates);
        Assert.True(statistics.Records > 0 && statistics.MalformedLines > 0 && statistics.UnknownRecords > 0 && statistics.CrcFailures > 0);
    }

    private static int Mutate(byte[] original, byte[] line, Random random)
    {
        original.CopyTo(line, 0);
        var length = original.Length;
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(2, length);
            switch (random.Next(3))
            {
                case 0:
                    line[at] = (byte)Interesting[random.Next(Interesting.Length)];
                    break;
                case 1:
                    Array.Copy(line, at, line, at + 1, length - at);
                    length++;
                    break;
                default:
                    Array.Copy(line, at + 1, line, at, length - at - 1);
                    length--;
                    break;
            }
        }

        // One in eight keeps its wrong CRC.
        return random.Next(8) == 0 ? length : Seal(line, length);
    }

    private static int Seal(byte[] line, int length)
    {
        var crc = Crc16.Initial;
        for (var i = 1; i < length - 5; i++)
        {
            crc = Crc16.AppendByte(crc, line[i]);
        }

        Encoding.ASCII.GetBytes($"*{crc:X4}").CopyTo(line, Math.Max(length - 5, 2));
        return Math.Max(length - 5, 2) + 5;
    }
}
