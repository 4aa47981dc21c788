using HarEdge.Core;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.FixedPoint;

/// <summary>Signals for holding a model to its word: noise of all strengths, oscillations, and the ends of the scale.</summary>
internal static class TestWindows
{
    private const int Kinds = 6;

    /// <summary>One channel-major signal of six channels; the kind changes with the index.</summary>
    public static short[][] Signal(Random random, int index, int samples)
    {
        var amplitude = 1 << random.Next(3, 16);
        var channels = new short[SensorScale.ChannelCount][];
        for (var c = 0; c < channels.Length; c++)
        {
            var offset = random.Next(-20000, 20000);
            var period = random.Next(2, 100);
            channels[c] = new short[samples];
            for (var i = 0; i < samples; i++)
            {
                channels[c][i] = (short)Math.Clamp(Value(index % Kinds, random, i, amplitude, offset, period), short.MinValue, short.MaxValue);
            }
        }

        return channels;
    }

    /// <summary>A recording in two runs with a hole between them.</summary>
    public static Recording Recording(Random random, int windows, int windowSamples)
    {
        var parts = Enumerable.Range(0, windows).Select(i => Signal(random, i, windowSamples)).ToList();
        var channels = Enumerable.Range(0, SensorScale.ChannelCount).Select(c => parts.SelectMany(part => part[c]).ToArray()).ToArray();
        var samples = windows * windowSamples;
        var half = samples / 2;
        return new Recording
        {
            DataSet = "test",
            Name = "signals",
            Subject = "nobody",
            Channels = channels,
            Labels = new short[samples],
            Runs = [new Run(3, half), new Run(half + 7, samples)],
        };
    }

    /// <summary>A complete window.</summary>
    public static SampleWindow Window(short[][] c, int hop)
    {
        var window = new SampleWindow(c[0].Length, hop);
        for (var i = 0; i < c[0].Length; i++)
        {
            window.Push(c[0][i], c[1][i], c[2][i], c[3][i], c[4][i], c[5][i]);
        }

        return window;
    }

    private static int Value(int kind, Random random, int i, int amplitude, int offset, int period) => kind switch
    {
        0 => short.MinValue,
        1 => i % 2 == 0 ? short.MaxValue : short.MinValue,
        2 => offset + random.Next(-amplitude, amplitude),
        3 => offset / 16 + random.Next(-8, 8),
        4 => offset + (int)(amplitude * Math.Sin(2 * Math.PI * i / period)),
        _ => random.Next(short.MinValue, short.MaxValue + 1),
    };
}
