namespace HarEdge.Core.Tests;

public class Crc16Tests
{
    [Fact]
    public void The_check_value_is_that_of_the_catalogue() =>
        Assert.Equal(0x29B1, "123456789"u8.ToArray().Aggregate(Crc16.Initial, (crc, value) => Crc16.AppendByte(crc, value)));

    [Fact]
    public void The_table_gives_what_bit_by_bit_division_gives() => Gen.Byte.Array[0, 64].Sample(data =>
        Assert.Equal(BitByBit(data), data.Aggregate(Crc16.Initial, (crc, value) => Crc16.AppendByte(crc, value))));

    [Fact]
    public void Ints_are_taken_lowest_byte_first() => Gen.Int.Array[0, 16].Sample(values =>
        Assert.Equal(BitByBit([.. values.SelectMany(BytesLowestFirst)]), Crc16.OfInts(values)));

    [Fact]
    public void Only_the_lowest_eight_bits_of_a_byte_count() => Gen.Select(Gen.Int[0, 0xFFFF], Gen.Int).Sample((crc, value) =>
        Assert.Equal(Crc16.AppendByte(crc, value & 0xFF), Crc16.AppendByte(crc, value)));

    [Fact]
    public void Every_flipped_bit_of_a_line_is_noticed() => Gen.Select(Gen.Byte.Array[1, 64], Gen.Int[0, 511]).Sample((data, bit) =>
    {
        var before = BitByBit(data);
        data[bit / 8 % data.Length] ^= (byte)(1 << (bit % 8));
        Assert.NotEqual(before, data.Aggregate(Crc16.Initial, (crc, value) => Crc16.AppendByte(crc, value)));
    });

    private static byte[] BytesLowestFirst(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    private static int BitByBit(byte[] data)
    {
        var crc = 0xFFFF;
        foreach (var value in data)
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ 0x1021) & 0xFFFF : crc << 1;
            }
        }

        return crc;
    }
}
