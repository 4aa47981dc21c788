using HarEdge.Core;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Cost;

/// <summary>Noise as a data set: one recording with still and violent stretches, and the worst the sensor can give.</summary>
internal static class NoiseData
{
    public static DataSet Make(int windows, int seed = 1)
    {
        var noise = NoiseWindows.Make(windows, 128, seed);
        short[][] channels = [.. Enumerable.Range(0, 6).Select(c => noise.SelectMany(window => window[c]).Concat(Extremes(c)).ToArray())];
        return new DataSet
        {
            Name = "noise",
            IsSynthetic = true,
            Classes = ["NOISE"],
            DefaultClasses = ["NOISE"],
            Recordings =
            [
                new Recording
                {
                    DataSet = "noise",
                    Name = "noise",
                    Subject = "1",
                    Channels = channels,
                    Labels = new short[channels[0].Length],
                    Runs = [new Run(0, channels[0].Length)],
                },
            ],
            Range = new SensorRange(SensorScale.DefaultAccelRangeG, SensorScale.DefaultGyroRangeDps),
            Files = [],
            Report = new ImportReport(),
        };
    }

    // Full-scale alternation, silence, and a shock after silence.
    private static IEnumerable<short> Extremes(int channel) =>
    [
        .. Enumerable.Range(0, 256).Select(i => (i + channel) % 2 == 0 ? short.MinValue : short.MaxValue),
        .. Enumerable.Repeat((short)0, 256),
        .. Enumerable.Range(0, 256).Select(i => i % 64 == 63 ? short.MinValue : (short)(i % 3)),
    ];
}
