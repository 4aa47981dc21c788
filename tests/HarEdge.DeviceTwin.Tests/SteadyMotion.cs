using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>Rest in one position, with a little noise, and optionally a shake from some sample on.</summary>
internal sealed class SteadyMotion(short[] rest, long shakeFrom = long.MaxValue, long shakeUntil = long.MaxValue) : IMotionSource
{
    private readonly Random random = new(7);

    public bool TryRead(long index, Span<short> counts)
    {
        var shake = index >= shakeFrom && index < shakeUntil ? 4000 * Math.Sin(index * 0.7) : 0;
        for (var channel = 0; channel < 6; channel++)
        {
            counts[channel] = (short)(rest[channel] + shake + random.Next(-8, 9));
        }

        return true;
    }
}
