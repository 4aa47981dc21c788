using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>Endless motion with noise, a function of the sample's index alone: rest, walking and shaking by turns; and one long rest on demand.</summary>
internal sealed class NoisyMotion(int seed) : IMotionSource
{
    private const int LiftedSamples = 1000;

    private long next;
    private long restFrom = long.MaxValue;
    private long restUntil = long.MaxValue;

    public static void SampleAt(int seed, long index, Span<short> counts) => Sample(seed, index, index / 700 % 3 * 1500, counts);

    /// <summary>From the next sample on nothing moves.</summary>
    public void Rest() => restFrom = next;

    /// <summary>With the next sample it is lifted, and moves on as before.</summary>
    public void Move() => restUntil = next;

    /// <summary>A sample, the long rest included.</summary>
    public void SampleAt(long index, Span<short> counts)
    {
        if (index < restFrom || (index >= restUntil && index - restUntil >= LiftedSamples))
        {
            SampleAt(seed, index, counts);
            return;
        }

        Sample(seed, index, 0, counts);
        if (index >= restUntil)
        {
            counts[0] = (short)(counts[0] + (4000 * Math.Sin(index * 0.7)));
        }
    }

    public bool TryRead(long index, Span<short> counts)
    {
        SampleAt(index, counts);
        next = index + 1;
        return true;
    }

    private static void Sample(int seed, long index, long amplitude, Span<short> counts)
    {
        for (var channel = 0; channel < 6; channel++)
        {
            var noise = (int)(Mix((ulong)((seed * 6L) + channel), (ulong)index) % 61) - 30;
            var swing = amplitude * Math.Sin((index * 0.23) + channel);
            counts[channel] = (short)((channel == 0 ? 8000 : 0) + swing + noise);
        }
    }

    // SplitMix64's finalizer: noise that needs no history.
    private static ulong Mix(ulong seed, ulong index)
    {
        var z = unchecked((seed * 0x9E3779B97F4A7C15UL) + (index * 0xBF58476D1CE4E5B9UL));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
