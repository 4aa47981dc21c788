using System.Numerics;

namespace HarEdge.Core.Tests;

/// <summary>The channels of a window computed plainly, in exact or double arithmetic, from their definitions.</summary>
internal static class ReferenceChannels
{
    public static short[] Of(short[][] measured, int channel)
    {
        if (channel < SensorScale.ChannelCount)
        {
            return measured[channel];
        }

        var coarse = channel >= ChannelId.Coarse;
        var source = coarse ? [.. measured.Select(Coarse)] : measured;
        return (channel % ChannelId.Coarse) switch
        {
            ChannelId.AccelMagnitude => Magnitude(source[0], source[1], source[2]),
            ChannelId.GyroMagnitude => Magnitude(source[3], source[4], source[5]),
            ChannelId.AccelVertical => Vertical(measured, source[0], source[1], source[2]),
            ChannelId.GyroVertical => Vertical(measured, source[3], source[4], source[5]),
            int simple => source[simple],
        };
    }

    /// <summary>4096 · sum / √(Σ sums²) from exact sums, unrounded; 0 without acceleration.</summary>
    public static double DirectionCosine(short[][] measured, int axis)
    {
        double[] sums = [.. measured.Take(3).Select(channel => channel.Sum(sample => (double)sample))];
        var length = Math.Sqrt(sums.Sum(sum => sum * sum));
        return length == 0 ? 0 : 4096 * sums[axis] / length;
    }

    private static short[] Coarse(short[] channel) =>
        [.. channel.Chunk(4).Select(four => (short)Math.Floor(four.Sum(sample => (double)sample) / 4))];

    private static short[] Magnitude(short[] x, short[] y, short[] z) =>
        [.. x.Select((_, i) => (short)(Root((BigInteger)x[i] * x[i] + (BigInteger)y[i] * y[i] + (BigInteger)z[i] * z[i]) / 2))];

    private static BigInteger Root(BigInteger value)
    {
        var root = (BigInteger)Math.Sqrt((double)value);
        while (root * root > value)
        {
            root--;
        }

        while ((root + 1) * (root + 1) <= value)
        {
            root++;
        }

        return root;
    }

    // The cosines as defined in integers (rounded towards zero from a root of 64ths), the projection exact.
    private static short[] Vertical(short[][] measured, short[] x, short[] y, short[] z)
    {
        BigInteger[] sums = [.. measured.Take(3).Select(channel => channel.Aggregate(BigInteger.Zero, (sum, sample) => sum + sample))];
        var length64 = Root(4096 * sums.Aggregate(BigInteger.Zero, (total, sum) => total + sum * sum));
        long[] cosines = [.. sums.Select(sum => length64.IsZero ? 0 : (long)BigInteger.Min(4096, BigInteger.Max(-4096, sum * 64 * 4096 / length64)))];
        return [.. x.Select((_, i) => checked((short)Math.Floor((x[i] * cosines[0] + y[i] * cosines[1] + z[i] * cosines[2]) / 8192.0)))];
    }
}
