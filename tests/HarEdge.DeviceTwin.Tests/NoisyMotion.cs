using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>Endless motion with noise, a function of the sample's index alone: rest, walking and shaking by turns.</summary>
internal sealed class NoisyMotion(int seed) : IMotionSource
{
    public static void SampleAt(int seed, long index, Span<short> counts)
    {
        var amplitude = (index / 700 % 3) * 1500;
        for (var channel = 0; channel < 6; channel++)
        {
            var noise = (int)(Mix((ulong)((seed * 6L) + channel), (ulong)index) % 61) - 30;
            var swing = amplitude * Math.Sin((index * 0.23) + channel);
            counts[channel] = (short)((channel == 0 ? 8000 : 0) + swing + noise);
        }
    }

    public bool TryRead(long index, Span<short> counts)
    {
        SampleAt(seed, index, counts);
        return true;
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
