using System.Numerics;
using HarEdge.Core.Kernels;

namespace HarEdge.Core.Tests.Kernels;

public class AutocovarianceTests
{
    [Fact]
    public void The_autocovariance_is_the_exact_one_rounded_down() => KernelProperty.Holds((window, channel, samples) =>
    {
        foreach (var lag in KernelProperty.Parameters(samples))
        {
            Assert.Equal(Exact.FloorDivide(Products(samples, lag), samples.Length), Autocovariance.AtLag(window, channel, lag));
        }
    });

    [Fact]
    public void The_normalized_one_is_its_share_of_the_variance() => KernelProperty.Holds((window, channel, samples) =>
    {
        var variance = Exact.ScaledCovariance(samples, samples);
        foreach (var lag in KernelProperty.Parameters(samples))
        {
            var expected = variance.IsZero ? 0 : (double)(Products(samples, lag) * samples.Length) / (double)variance * 4096;
            Assert.InRange(Autocovariance.Normalized(window, channel, lag), Math.Clamp(expected, -4096, 4096) - 1, Math.Clamp(expected, -4096, 4096) + 1);
        }
    });

    [Fact]
    public void A_rhythm_resembles_itself_one_period_later_and_its_opposite_half_a_period_later()
    {
        var signal = Signals.Extreme("zeros", 256);
        for (var i = 0; i < 256; i++)
        {
            signal[0][i] = (short)(10_000 * Math.Sin(2 * Math.PI * i / 16));
        }

        var window = Signals.Window(signal);
        Assert.InRange(Autocovariance.Normalized(window, ChannelId.Ax, 16), 3800, 3900);
        Assert.InRange(Autocovariance.Normalized(window, ChannelId.Ax, 8), -4000, -3900);
    }

    private static BigInteger Products(short[] samples, int lag)
    {
        var mean = Exact.RoundedMean(samples);
        return Exact.Sum(samples.Length - lag, i => (BigInteger)(samples[i] - mean) * (samples[i + lag] - mean));
    }
}
