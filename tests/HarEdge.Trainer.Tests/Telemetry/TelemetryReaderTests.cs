using System.Text;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>Bytes → records, on what the firmware itself prints.</summary>
public sealed class TelemetryReaderTests
{
    [Fact]
    public void Every_line_of_the_firmware_is_a_record_and_nothing_is_lost()
    {
        var (records, statistics) = DeviceLines.Read(DeviceLines.Plain(DeviceLines.OfTwin));
        Assert.Equal(DeviceLines.OfTwin.Count, records.Count);
        Assert.Equal(
            ["BannerRecord", "CalibrationRecord", "ClassNameRecord", "DecisionRecord", "EventRecord", "HealthRecord", "RawBlockRecord", "SelfTestRecord", "TimingRecord"],
            records.Select(record => record.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(0, statistics.LostLines + statistics.CrcFailures + statistics.MalformedLines + statistics.UnknownRecords + statistics.NoiseBytes);
        Assert.Equal(100, statistics.QualityPercent);
        Assert.Empty(statistics.Explain());
    }

    [Fact]
    public void Frames_give_the_same_records_as_plain_text()
    {
        var plain = DeviceLines.Read(DeviceLines.Plain(DeviceLines.OfTwin)).Records;
        var framed = DeviceLines.Read(DeviceLines.Framed(DeviceLines.OfTwin));
        Assert.Equal(DeviceLines.Texts(plain), DeviceLines.Texts(framed.Records));
        Assert.Equal(DeviceLines.OfTwin.Count, framed.Statistics.TextFrames);
        Assert.Equal(0, framed.Statistics.BrokenFrames);
    }

    [Fact]
    public void Any_split_gives_the_same_records()
    {
        var lines = DeviceLines.OfTwin.Take(40).ToList();
        byte[] stream = [.. DeviceLines.Plain(lines.Take(20)), .. DeviceLines.Framed(lines.Skip(20)), .. DeviceLines.Frame("xyz"u8, 7)];
        var whole = DeviceLines.Texts(DeviceLines.Read(stream).Records).ToList();
        Assert.Equal(40, whole.Count);
        Gen.Int[1, 90].Array[1, 40].Sample(
            sizes =>
            {
                var portions = new List<byte[]>();
                for (int at = 0, i = 0; at < stream.Length; i++)
                {
                    var size = Math.Min(sizes[i % sizes.Length], stream.Length - at);
                    portions.Add(stream[at..(at + size)]);
                    at += size;
                }

                return DeviceLines.Texts(DeviceLines.Read(portions).Records).SequenceEqual(whole);
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void Random_bytes_give_no_record_and_every_byte_is_counted()
    {
        Gen.Byte.Array[0, 3000].Sample(
            bytes =>
            {
                var (records, statistics) = DeviceLines.Read(bytes);
                return records.Count == 0 && statistics.Bytes == bytes.Length;
            },
            iter: 2000,
            threads: 1);
    }

    [Fact]
    public void A_flipped_bit_costs_at_most_two_lines_and_invents_none()
    {
        var lines = DeviceLines.OfTwin.Take(30).ToList();
        var stream = DeviceLines.Framed(lines);
        var whole = DeviceLines.Texts(DeviceLines.Read(stream).Records).ToHashSet();
        Gen.Select(Gen.Int[0, stream.Length - 1], Gen.Int[0, 7]).Sample(
            (at, bit) =>
            {
                var damaged = (byte[])stream.Clone();
                damaged[at] ^= (byte)(1 << bit);
                var texts = DeviceLines.Texts(DeviceLines.Read(damaged).Records).ToList();
                return texts.All(whole.Contains) && texts.Count >= whole.Count - 2;
            },
            iter: 3000,
            threads: 1);
    }

    [Fact]
    public void A_frame_cut_anywhere_costs_its_own_line_only()
    {
        var lines = DeviceLines.OfTwin.Take(3).ToList();
        var first = DeviceLines.Framed(lines.Take(1));
        for (var length = 0; length < first.Length; length++)
        {
            byte[] stream = [.. first[..length], .. DeviceLines.Framed(lines.Skip(1))];
            var records = DeviceLines.Read(stream).Records;
            Assert.True(records.Count >= 2, $"cut at {length} of {first.Length}");
            Assert.Equal([1, 2], records.TakeLast(2).Select(record => record.Sequence));
        }
    }

    [Fact]
    public void Joining_in_the_middle_after_boot_noise_loses_the_half_line_only()
    {
        var text = DeviceLines.Plain(DeviceLines.OfTwin.Take(6));
        byte[] stream = [0, 255, 13, 240, 10, 36, 36, .. text[30..]];
        var (records, statistics) = DeviceLines.Read(stream);
        Assert.Equal([1, 2, 3, 4, 5], records.Select(record => record.Sequence));
        Assert.True(statistics.NoiseBytes > 0);
        Assert.Equal(0, statistics.LostLines);
    }

    [Fact]
    public void Lines_whose_ends_were_lost_still_count_apart()
    {
        var joined = Encoding.ASCII.GetBytes(string.Concat(DeviceLines.OfTwin.Take(5)));
        Assert.Equal(5, DeviceLines.Read(joined).Records.Count);
    }

    [Fact]
    public void A_line_of_a_million_characters_is_cut_counted_and_passed()
    {
        byte[] stream = [.. "$HD,"u8, .. Enumerable.Repeat((byte)'1', 1_000_000), 13, 10, .. DeviceLines.Plain(DeviceLines.OfTwin.Take(2))];
        var (records, statistics) = DeviceLines.Read(stream.Chunk(4096));
        Assert.Equal(2, records.Count);
        Assert.Equal(1, statistics.OverlongLines);
        Assert.Contains(statistics.Explain(), sentence => sentence.Contains("cut", StringComparison.Ordinal));
    }

    [Fact]
    public void Memory_does_not_grow_with_what_has_passed()
    {
        // A second's worth of the wire, all valid, many times over: what is allocated are the records, a few hundred bytes each.
        var stream = DeviceLines.Plain(DeviceLines.OfTwin);
        var reader = new TelemetryReader();
        var records = 0L;
        for (var i = 0; i < 20; i++)
        {
            reader.Read(stream, _ => records++);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var recordsBefore = records;
        for (var i = 0; i < 50; i++)
        {
            reader.Read(stream, _ => records++);
        }

        var bytesPerRecord = (GC.GetAllocatedBytesForCurrentThread() - before) / (records - recordsBefore);
        Assert.Equal(70L * DeviceLines.OfTwin.Count, records);
        Assert.InRange(bytesPerRecord, 0, 600);
    }
}
