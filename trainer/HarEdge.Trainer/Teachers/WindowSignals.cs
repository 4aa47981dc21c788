using HarEdge.Core;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// The signals convolved: the six channels, the lengths of the acceleration and of the rotation vector, and signed sums of a few
/// of those eight, each scaled so that accelerometer and gyroscope weigh alike.
/// </summary>
internal sealed class WindowSignals
{
    private const int Derived = 2;
    private const int Base = SensorScale.ChannelCount + Derived;
    private const int MostSummands = 4;
    private const int SampledWindows = 200;

    private readonly float[] scales;
    private readonly float[][] mixtures;

    /// <summary>Measures the scales and draws the sums.</summary>
    /// <param name="table">Windows of training people with their counts.</param>
    /// <param name="sums">Signed sums to add to the eight signals.</param>
    /// <param name="random">Draws windows and sums.</param>
    internal WindowSignals(WindowTable table, int sums, Random random)
    {
        WindowSamples = table.WindowSamples;
        scales = ScalesOf(table, random);
        mixtures = new float[sums][];
        for (var sum = 0; sum < sums; sum++)
        {
            mixtures[sum] = new float[Base];
            var summands = 2 + random.Next(MostSummands - 1);
            for (var i = 0; i < summands; i++)
            {
                mixtures[sum][random.Next(Base)] = random.Next(2) == 0 ? 1 : -1;
            }
        }
    }

    /// <summary>Samples of every signal.</summary>
    internal int WindowSamples { get; }

    /// <summary>Number of signals; the first six are the channels.</summary>
    internal int Count => Base + mixtures.Length;

    /// <summary>Signals × samples of one window.</summary>
    internal float[][] Of(WindowTable table, int row)
    {
        var signals = new float[Count][];
        BaseSignals(table, row).CopyTo(signals, 0);
        for (var signal = 0; signal < Base; signal++)
        {
            for (var i = 0; i < WindowSamples; i++)
            {
                signals[signal][i] *= scales[signal];
            }
        }

        for (var sum = 0; sum < mixtures.Length; sum++)
        {
            var mixed = signals[Base + sum] = new float[WindowSamples];
            for (var signal = 0; signal < Base; signal++)
            {
                for (var i = 0; mixtures[sum][signal] != 0 && i < WindowSamples; i++)
                {
                    mixed[i] += mixtures[sum][signal] * signals[signal][i];
                }
            }
        }

        return signals;
    }

    // One over the mean standard deviation within a window.
    private static float[] ScalesOf(WindowTable table, Random random)
    {
        var deviations = new double[Base];
        for (var i = 0; i < SampledWindows; i++)
        {
            var signals = BaseSignals(table, random.Next(table.Rows));
            for (var signal = 0; signal < Base; signal++)
            {
                var mean = signals[signal].Average(value => (double)value);
                deviations[signal] += Math.Sqrt(signals[signal].Average(value => (value - mean) * (value - mean))) / SampledWindows;
            }
        }

        return [.. deviations.Select(deviation => deviation > 0 ? (float)(1 / deviation) : 0)];
    }

    private static float[][] BaseSignals(WindowTable table, int row)
    {
        var signals = new float[Base][];
        for (var channel = 0; channel < SensorScale.ChannelCount; channel++)
        {
            var counts = table.Samples(row, channel);
            signals[channel] = new float[counts.Length];
            for (var i = 0; i < counts.Length; i++)
            {
                signals[channel][i] = counts[i];
            }
        }

        signals[SensorScale.ChannelCount] = Length(signals.AsSpan(0, 3));
        signals[SensorScale.ChannelCount + 1] = Length(signals.AsSpan(3, 3));
        return signals;
    }

    private static float[] Length(ReadOnlySpan<float[]> vector)
    {
        var length = new float[vector[0].Length];
        for (var i = 0; i < length.Length; i++)
        {
            length[i] = MathF.Sqrt((vector[0][i] * vector[0][i]) + (vector[1][i] * vector[1][i]) + (vector[2][i] * vector[2][i]));
        }

        return length;
    }
}
