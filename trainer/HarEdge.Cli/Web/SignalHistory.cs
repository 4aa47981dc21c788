using HarEdge.Core;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Cli.Web;

/// <summary>The raw samples of the last ten seconds, by their numbers; what is missing stays a hole.</summary>
internal sealed class SignalHistory
{
    /// <summary>Samples kept.</summary>
    public const int Length = 10 * SensorScale.SampleRateHz;

    private readonly int[] numbers = new int[Length];
    private readonly short[] counts = new short[Length * SensorScale.ChannelCount];

    /// <summary>Number of the newest sample, 0 before the first.</summary>
    public int Last { get; private set; }

    /// <summary>Takes a block.</summary>
    public void Take(RawBlockRecord raw)
    {
        if (raw.First > int.MaxValue - RawBlockRecord.MostSamples)
        {
            // After sixteen months without a restart; numbers beyond cannot be told from damage.
            return;
        }

        if (raw.First <= Last)
        {
            // Numbers begin again at 1 when the device restarts.
            Clear();
        }

        for (var i = 0; i < raw.SampleCount; i++)
        {
            var number = raw.First + i;
            var slot = number % Length;
            numbers[slot] = number;
            raw.Counts.AsSpan(i * SensorScale.ChannelCount, SensorScale.ChannelCount).CopyTo(counts.AsSpan(slot * SensorScale.ChannelCount));
            Last = number;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(numbers);
        Last = 0;
    }

    /// <summary>A channel's counts, oldest first, null where a sample is missing.</summary>
    /// <param name="channel">ax ay az gx gy gz, from 0.</param>
    public short?[] Channel(int channel)
    {
        var values = new short?[Length];
        for (var i = 0; i < Length; i++)
        {
            var number = Last - Length + 1 + i;
            var slot = number % Length;
            values[i] = number > 0 && numbers[slot] == number ? counts[(slot * SensorScale.ChannelCount) + channel] : null;
        }

        return values;
    }
}
