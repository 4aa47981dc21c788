namespace HarEdge.Core.Tests;

/// <summary>Six-channel recordings to try kernels on: random ones, and the extremes that overflow or round worst.</summary>
internal static class Signals
{
    /// <summary>Every window length the firmware supports.</summary>
    public static readonly int[] Lengths = [64, 128, 256];

    private static readonly Gen<int> Length = AnyOf(Lengths);

    /// <summary>Windows of any length whose channels are each noise, a level, a square wave, a sine, an impulse or an extreme.</summary>
    public static readonly Gen<short[][]> Any = Length.SelectMany(length => Channel(length).Array[SensorScale.ChannelCount]);

    /// <summary>The named extremes of one channel.</summary>
    public static readonly string[] ExtremeNames =
        ["zeros", "lowest", "highest", "alternating", "reverse alternating", "halves", "quarters", "impulse", "negative impulse", "ramp", "ones", "minus ones"];

    /// <summary>One window in which every channel has the same extreme.</summary>
    public static short[][] Extreme(string name, int length) =>
        [.. Enumerable.Range(0, SensorScale.ChannelCount).Select(_ => ExtremeChannel(name, length))];

    /// <summary>One channel of an extreme.</summary>
    public static short[] ExtremeChannel(string name, int length) =>
        [.. Enumerable.Range(0, length).Select(i => ExtremeSample(name, i, length))];

    /// <summary>One of these values.</summary>
    public static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>A complete window with these samples.</summary>
    public static SampleWindow Window(short[][] channels, int hop = 64)
    {
        var length = channels[0].Length;
        var window = new SampleWindow(length, hop);
        for (var i = 0; i < length; i++)
        {
            var complete = window.Push(channels[0][i], channels[1][i], channels[2][i], channels[3][i], channels[4][i], channels[5][i]);
            Assert.Equal(i == length - 1, complete);
        }

        return window;
    }

    private static Gen<short[]> Channel(int length) => Gen.OneOf(
        Gen.Short.Array[length],
        Gen.Short[-40, 40].Array[length],
        Gen.Short.Select(level => Enumerable.Repeat(level, length).ToArray()),
        AnyOf(short.MinValue, short.MaxValue).Array[length],
        Gen.Int[0, ExtremeNames!.Length - 1].Select(i => ExtremeNames[i]).Select(name => ExtremeChannel(name, length)),
        Gen.Select(Gen.Short, Gen.Short, Gen.Int[1, 60]).Select((low, high, period) => Square(low, high, period, length)),
        Gen.Select(Gen.Short, Gen.Int[0, 32767], Gen.Double[0.1, 60]).Select((level, size, cycles) => Sine(level, size, cycles, length)));

    private static short[] Square(short low, short high, int halfPeriod, int length) =>
        [.. Enumerable.Range(0, length).Select(i => i / halfPeriod % 2 == 0 ? low : high)];

    private static short[] Sine(short level, int size, double cycles, int length) =>
        [.. Enumerable.Range(0, length).Select(i => (short)Math.Clamp(level + size * Math.Sin(2 * Math.PI * cycles * i / length), -32768, 32767))];

    private static short ExtremeSample(string name, int i, int length) => name switch
    {
        "zeros" => 0,
        "lowest" => short.MinValue,
        "highest" => short.MaxValue,
        "alternating" => i % 2 == 0 ? short.MinValue : short.MaxValue,
        "reverse alternating" => i % 2 == 0 ? short.MaxValue : short.MinValue,
        "halves" => i < length / 2 ? short.MinValue : short.MaxValue,
        "quarters" => i / (length / 4) % 2 == 0 ? short.MaxValue : short.MinValue,
        "impulse" => i == length / 3 ? short.MaxValue : (short)0,
        "negative impulse" => i == 0 ? short.MinValue : (short)0,
        "ramp" => (short)(i * 65535 / (length - 1) - 32768),
        "ones" => 1,
        "minus ones" => -1,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such extreme"),
    };
}
