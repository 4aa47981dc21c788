using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.Trainer.Tests.Comparison;

/// <summary>Twenty seconds of lying on a tilted table with a gyroscope that is off by forty counts, then twenty of being shaken, and so on for ever.</summary>
internal sealed class RestAndWalk : IMotionSource
{
    private const int StretchSamples = 1000;

    private static readonly short[] Resting = [2000, 1500, 7790, 40, -25, 10];

    public bool TryRead(long index, Span<short> counts)
    {
        var random = new Random((int)index);
        var isShaken = index / StretchSamples % 2 == 1;
        for (var channel = 0; channel < counts.Length; channel++)
        {
            var swing = isShaken ? 1500 * Math.Sin((index * 0.25) + channel) : 0;
            counts[channel] = (short)(Resting[channel] + swing + random.Next(-3, 4));
        }

        return true;
    }
}
