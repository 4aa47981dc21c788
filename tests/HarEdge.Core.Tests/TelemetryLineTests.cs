using System.Globalization;

namespace HarEdge.Core.Tests;

public class TelemetryLineTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(-10)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(1_000_000_000)]
    [InlineData(-999_999_999)]
    public void Numbers_are_written_as_the_library_writes_them(int value) => AssertWritten(value);

    [Fact]
    public void Every_number_is_written_as_the_library_writes_it() =>
        Gen.Select(Gen.Int, Gen.Int[0, 31]).Sample((value, shift) => AssertWritten(value >> shift));

    [Fact]
    public void Sixteen_bits_are_four_upper_case_hex_digits() => Gen.Int.Sample(value =>
    {
        var line = new TelemetryLine();
        line.Begin('T');
        line.AddHex16(value);
        line.End();
        Assert.StartsWith($"$HT,0,{value & 0xFFFF:X4}*", Text(line), StringComparison.Ordinal);
    });

    [Fact]
    public void The_checksum_covers_what_stands_between_dollar_and_star() => Gen.String[Gen.Char[' ', '~'], 0, 300].Sample(text =>
    {
        var line = new TelemetryLine();
        line.Begin('T');
        line.Add(text);
        line.End();
        AssertSealed(Text(line));
    });

    [Fact]
    public void Text_cannot_break_the_grammar()
    {
        var line = new TelemetryLine();
        line.Begin('T');
        line.Add("a,b*c$d\n\u00e9~ ");
        line.End();
        Assert.StartsWith("$HT,0,a_b_c_d__~ *", Text(line), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_too_long_loses_whole_fields_at_its_end_and_keeps_a_right_checksum()
    {
        var line = new TelemetryLine();
        line.Begin('T');
        for (var i = 0; i < 100; i++)
        {
            line.Add(1_000_000 + i);
        }

        line.End();
        var text = Text(line);
        Assert.True(text.Length <= TelemetryLine.Capacity);
        AssertSealed(text);
        var fields = text[..text.IndexOf('*', StringComparison.Ordinal)].Split(',')[2..];
        Assert.Equal(Enumerable.Range(0, fields.Length).Select(i => (1_000_000 + i).ToString(CultureInfo.InvariantCulture)), fields);
        Assert.True(fields.Length is > 25 and < 30);
    }

    [Fact]
    public void A_field_that_fits_to_the_last_character_stays()
    {
        var line = new TelemetryLine();
        line.Begin('T');
        line.Add(new string('x', TelemetryLine.Capacity - "$HT,0,".Length - "*CCCC".Length));
        line.End();
        Assert.Equal(TelemetryLine.Capacity, line.Length);
        AssertSealed(Text(line));
    }

    [Fact]
    public void A_short_field_after_a_lost_one_is_lost_too_so_no_field_takes_the_place_of_another()
    {
        var line = new TelemetryLine();
        line.Begin('T');
        line.Add(7);
        line.Add(new string('x', TelemetryLine.Capacity));
        line.Add(8);
        line.End();
        Assert.StartsWith("$HT,0,7*", Text(line), StringComparison.Ordinal);
        line.Begin('T');
        line.Add(9);
        line.End();
        Assert.StartsWith("$HT,1,9*", Text(line), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sequence_number_counts_lines_and_wraps_after_9999()
    {
        var line = new TelemetryLine();
        for (var i = 0; i <= 20_001; i++)
        {
            line.Begin('T');
            line.End();
            Assert.StartsWith($"$HT,{i % 10_000}*", Text(line), StringComparison.Ordinal);
        }
    }

    private static string Text(TelemetryLine line) => new(line.Buffer, 0, line.Length);

    private static void AssertWritten(int value)
    {
        var line = new TelemetryLine();
        line.Begin('T');
        line.Add(value);
        line.End();
        Assert.StartsWith($"$HT,0,{value}*", Text(line), StringComparison.Ordinal);
        AssertSealed(Text(line));
    }

    private static void AssertSealed(string line)
    {
        Assert.Equal('$', line[0]);
        Assert.Equal('*', line[^5]);
        var crc = line[1..^5].Aggregate(Crc16.Initial, (crc, c) => Crc16.AppendByte(crc, c));
        Assert.Equal($"{crc:X4}", line[^4..]);
    }
}
