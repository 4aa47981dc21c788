using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>Single lines, made by the device's own code.</summary>
public sealed class TelemetryParserTests
{
    [Fact]
    public void A_decision_keeps_every_field()
    {
        var line = DeviceLines.Make('D', fields =>
        {
            fields.Add(128);
            fields.Add(-1);
            fields.Add(3);
            fields.Add(97);
            fields.Add(-5);
            fields.Add(1);
            fields.AddHex16(0xBEEF);
            fields.AddHex16(0x0001);
            fields.Add("UNKNOWN");
        });
        var record = Assert.Single(DeviceLines.Read(DeviceLines.Plain([line])).Records);
        Assert.Equal(new DecisionRecord(0, 128, -1, 3, 97, -5, 1, 0xBEEF, 1, "UNKNOWN"), record);
    }

    [Fact]
    public void Raw_samples_come_back_as_they_were()
    {
        byte[] bytes = [0x7F, 0xFF, 0x80, 0x00, 0, 1, 0xFF, 0xFF, 0x12, 0x34, 0, 0];
        var line = DeviceLines.Make('R', fields =>
        {
            fields.Add(7);
            fields.Add(1);
            fields.AddBase64(bytes, 0, bytes.Length);
        });
        var raw = Assert.IsType<RawBlockRecord>(Assert.Single(DeviceLines.Read(DeviceLines.Plain([line])).Records));
        Assert.Equal([short.MaxValue, short.MinValue, 1, -1, 0x1234, 0], raw.Counts);
        Assert.Equal(7, raw.First);
    }

    [Fact]
    public void Further_fields_of_a_later_version_are_ignored()
    {
        var line = DeviceLines.Make('N', fields =>
        {
            fields.Add(0);
            fields.Add("WALKING");
            fields.Add("more");
        });
        Assert.Equal(new ClassNameRecord(0, 0, "WALKING"), Assert.Single(DeviceLines.Read(DeviceLines.Plain([line])).Records));
    }

    [Fact]
    public void An_unknown_record_type_is_counted_and_explained()
    {
        var (records, statistics) = DeviceLines.Read(DeviceLines.Plain([DeviceLines.Make('Z', fields => fields.Add(1))]));
        Assert.Empty(records);
        Assert.Equal(1, statistics.UnknownRecords);
        Assert.Contains(statistics.Explain(), sentence => sentence.Contains("newer", StringComparison.Ordinal));
    }

    [Fact]
    public void A_later_protocol_is_named_with_the_remedy()
    {
        var line = DeviceLines.Make('B', fields =>
        {
            fields.Add(3);
            fields.Add("9.0.0");
            fields.Add("0123456789ab");
            fields.Add("ESP32");
            foreach (var value in new[] { 128, 64, 50, 4, 500, 6 })
            {
                fields.Add(value);
            }
        });
        var (records, statistics) = DeviceLines.Read(DeviceLines.Plain([line]));
        Assert.Single(records);
        Assert.Contains(statistics.Explain(), sentence => sentence.Contains("version 3", StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_on_the_chip_is_read_and_a_banner_of_protocol_1_as_before()
    {
        var timing = DeviceLines.Make('T', fields =>
        {
            fields.Add(47);
            fields.Add(61234);
            fields.Add(71000);
        });
        Assert.Equal(new TimingRecord(0, 47, 61234, 71000), Assert.Single(DeviceLines.Read(DeviceLines.Plain([timing])).Records));

        var banner = Assert.IsType<BannerRecord>(DeviceLines.Read(DeviceLines.Plain([Banner(1)])).Records[0]);
        Assert.Equal((1, "", "", ""), (banner.Protocol, banner.Start, banner.Target, banner.Runtime));
        banner = Assert.IsType<BannerRecord>(DeviceLines.Read(DeviceLines.Plain([Banner(2, "MEMORY", "ESP32_REV3", "1.12.4.0")])).Records[0]);
        Assert.Equal((2, "MEMORY", "ESP32_REV3", "1.12.4.0"), (banner.Protocol, banner.Start, banner.Target, banner.Runtime));

        static string Banner(int protocol, params string[] more) => DeviceLines.Make('B', fields =>
        {
            fields.Add(protocol);
            fields.Add("0.1.0");
            fields.Add("0123456789ab");
            fields.Add("ESP32-DevKit");
            foreach (var value in new[] { 128, 64, 50, 4, 500, 6 })
            {
                fields.Add(value);
            }

            foreach (var text in more)
            {
                fields.Add(text);
            }
        });
    }

    [Theory]
    [InlineData("1,2147483648")]
    [InlineData("1,+5")]
    [InlineData("1,")]
    [InlineData("1")]
    public void Fields_that_do_not_fit_their_record_are_counted(string fields)
    {
        var line = DeviceLines.Make('E', line =>
        {
            line.Add("GAP");
            foreach (var field in fields.Split(','))
            {
                line.Add(field);
            }
        });
        var (records, statistics) = DeviceLines.Read(DeviceLines.Plain([line]));
        Assert.Empty(records);
        Assert.Equal(1, statistics.MalformedLines);
    }

    [Fact]
    public void A_missing_line_is_a_gap_and_a_doubled_one_is_dropped()
    {
        var lines = DeviceLines.OfTwin.Take(12).ToList();
        lines.Insert(4, lines[3]);
        lines.RemoveRange(8, 2);
        var (records, statistics) = DeviceLines.Read(DeviceLines.Plain(lines));
        Assert.Equal(10, records.Count);
        Assert.Equal((1, 1, 2), (statistics.Duplicates, statistics.SequenceGaps, statistics.LostLines));
        Assert.InRange(statistics.QualityPercent!.Value, 83, 84);
    }

    [Fact]
    public void A_reset_is_no_loss()
    {
        var lines = DeviceLines.OfTwin.Take(12);
        var statistics = DeviceLines.Read(DeviceLines.Plain([.. lines, .. lines])).Statistics;
        Assert.Equal((0, 1), (statistics.LostLines, statistics.Restarts));
    }

    [Fact]
    public void Numbers_go_round_after_9999_without_a_gap()
    {
        var lines = Enumerable.Range(9990, 20).Select(i => DeviceLines.Make('E', f =>
        {
            f.Add("GAP");
            f.Add(i);
            f.Add(0);
        }, i));
        var (records, statistics) = DeviceLines.Read(DeviceLines.Plain(lines));
        Assert.Equal(20, records.Count);
        Assert.Equal((0, 0, 0), (statistics.LostLines, statistics.Restarts, statistics.Duplicates));
    }
}
