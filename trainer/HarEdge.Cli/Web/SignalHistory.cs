using System.Globalization;
using System.Text;
using HarEdge.Core;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Cli.Web;

/// <summary>
/// The raw samples of the session, up to four hours, under numbers that go on when the device restarts; what is missing stays a hole.
/// </summary>
internal sealed class SignalHistory
{
    private const int ChunkSamples = 30 * SensorScale.SampleRateHz;

    // Four hours; 8.6 MB when all of it is there.
    private const int MostChunks = 480;

    private readonly Dictionary<long, Chunk> chunks = [];
    private readonly Queue<long> order = new();
    private long lifeStart;
    private int last;

    /// <summary>Number in the session of the newest sample; 0 before the first.</summary>
    public long Last => last == 0 ? 0 : lifeStart + last;

    /// <summary>Number in the session of a sample of the device's present life.</summary>
    public long NumberOf(int sample) => lifeStart + sample;

    /// <summary>The device starts anew: its samples count from 1 again.</summary>
    public void Restart()
    {
        lifeStart += last;
        last = 0;
    }

    /// <summary>Takes a block.</summary>
    /// <returns>It as JSON: the first number, then six counts a sample.</returns>
    public byte[] Take(RawBlockRecord raw)
    {
        if (raw.First <= last)
        {
            // A restart whose banner was lost.
            Restart();
        }

        var json = new StringBuilder("[").Append(CultureInfo.InvariantCulture, $"{lifeStart + raw.First}");
        foreach (var value in raw.Counts)
        {
            json.Append(CultureInfo.InvariantCulture, $",{value}");
        }

        for (var i = 0; i < raw.SampleCount; i++)
        {
            var number = lifeStart + raw.First + i;
            var chunk = ChunkOf(number / ChunkSamples);
            var at = (int)(number % ChunkSamples);
            chunk.IsThere[at] = true;
            raw.Counts.AsSpan(i * SensorScale.ChannelCount, SensorScale.ChannelCount).CopyTo(chunk.Counts.AsSpan(at * SensorScale.ChannelCount));
        }

        last = (int)Math.Min((long)raw.First + raw.SampleCount - 1, int.MaxValue);
        return Encoding.ASCII.GetBytes(json.Append(']').ToString());
    }

    /// <summary>A channel's counts, oldest first, null where a sample is missing.</summary>
    /// <param name="channel">ax ay az gx gy gz, from 0.</param>
    /// <param name="end">Number of the last sample.</param>
    /// <param name="length">Samples.</param>
    public short?[] Channel(int channel, long end, int length)
    {
        var values = new short?[length];
        for (var i = 0; i < length; i++)
        {
            var number = end - length + 1 + i;
            var at = (int)(number % ChunkSamples);
            values[i] = number > 0 && chunks.TryGetValue(number / ChunkSamples, out var chunk) && chunk.IsThere[at]
                ? chunk.Counts[(at * SensorScale.ChannelCount) + channel]
                : null;
        }

        return values;
    }

    private Chunk ChunkOf(long number)
    {
        if (!chunks.TryGetValue(number, out var chunk))
        {
            chunks.Add(number, chunk = new Chunk());
            order.Enqueue(number);
            if (order.Count > MostChunks)
            {
                chunks.Remove(order.Dequeue());
            }
        }

        return chunk;
    }

    private sealed class Chunk
    {
        public bool[] IsThere { get; } = new bool[ChunkSamples];

        public short[] Counts { get; } = new short[ChunkSamples * SensorScale.ChannelCount];
    }
}
