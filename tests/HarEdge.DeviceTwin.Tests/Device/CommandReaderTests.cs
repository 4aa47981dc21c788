using System.Text;
using HarEdge.Core;
using HarEdge.Firmware;

namespace HarEdge.DeviceTwin.Tests;

public class CommandReaderTests
{
    [Fact]
    public void No_sequence_of_bytes_is_more_than_a_bad_line() => Gen.Byte.Array[0, 600].Sample(bytes =>
    {
        var reader = new CommandReader();
        foreach (var value in bytes)
        {
            reader.Push(value);
        }
    });

    [Fact]
    public void One_turned_bit_makes_a_line_bad() => Gen.Select(Gen.Int[0, 200], Gen.Int[0, 7]).Sample((at, bit) =>
    {
        var line = Wearable.Framed("HR,17,1,3," + Convert.ToBase64String(new byte[36]));
        var reader = new CommandReader();
        at %= line.Length - 1;
        line[at] ^= (byte)(1 << bit);
        var isGood = line.Select(reader.Push).ToList()[^1];
        Assert.False(isGood);
    });

    [Fact]
    public void What_the_device_sends_in_recording_mode_it_understands_in_replay() => Gen.Short.Array[6].Array[1, 12].Sample(samples =>
    {
        var bytes = samples.SelectMany(s => s).SelectMany(c => new[] { (byte)(c >> 8 & 255), (byte)(c & 255) }).ToArray();
        var line = new TelemetryLine();
        line.Begin('R');
        line.Add(99);
        line.Add(samples.Length);
        line.AddBase64(bytes, 0, bytes.Length);
        line.End();
        var reader = new CommandReader();
        var isGood = Encoding.ASCII.GetBytes(new string(line.Buffer, 0, line.Length) + "\n").Select(reader.Push).ToList()[^1];
        Assert.True(isGood);
        Assert.Equal(samples.Length, reader.BlockSamples);
        for (var i = 0; i < samples.Length; i++)
        {
            Assert.Equal(samples[i], Enumerable.Range(0, 6).Select(channel => reader.Counts(i, channel)));
        }
    });
}
