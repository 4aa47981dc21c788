using System.Numerics;
using HarEdge.Core.Kernels;

namespace HarEdge.Core.Tests.Kernels;

public class CovarianceTests
{
    [Fact]
    public void The_covariance_is_the_exact_one_rounded_down() => KernelProperty.Holds((window, channel, samples) =>
    {
        var other = Other(channel);
        var scaled = Exact.ScaledCovariance(samples, window.Channel(other));
        Assert.Equal(Exact.FloorDivide(scaled, (BigInteger)samples.Length * samples.Length), Covariance.OfChannels(window, channel, other));
    });

    [Fact]
    public void The_correlation_is_pearsons_but_for_the_rounding_of_the_roots() => KernelProperty.Holds((window, channel, samples) =>
    {
        var other = Other(channel);
        var root = Math.Sqrt((double)Exact.ScaledCovariance(samples, samples));
        var otherRoot = Math.Sqrt((double)Exact.ScaledCovariance(window.Channel(other), window.Channel(other)));
        var correlation = Covariance.Correlation(window, channel, other);
        Assert.InRange(correlation, -4096, 4096);
        if (root == 0 || otherRoot == 0)
        {
            Assert.Equal(0, correlation);
        }
        else
        {
            // Each root is rounded down by less than 1; a scaled variance that is not 0 is at least n − 1 = 15.
            var expected = (double)Exact.ScaledCovariance(samples, window.Channel(other)) / root / otherRoot * 4096;
            var tolerance = 1.01 + Math.Abs(expected) * ((1 + 1 / (root - 1)) * (1 + 1 / (otherRoot - 1)) - 1);
            Assert.InRange(correlation, expected - tolerance, expected + tolerance);
        }
    });

    [Fact]
    public void A_channel_is_fully_correlated_with_itself_and_opposed_to_its_mirror()
    {
        var signal = Signals.Extreme("ramp", 128);
        signal[1] = [.. signal[0].Reverse()];
        var window = Signals.Window(signal);
        Assert.Equal(4096, Covariance.Correlation(window, ChannelId.Ax, ChannelId.Gx));
        Assert.Equal(-4096, Covariance.Correlation(window, ChannelId.Ax, ChannelId.Ay));
    }

    // The next channel of the same rate, and itself for the last: that is the variance.
    private static int Other(int channel) => channel % ChannelId.Coarse == ChannelId.Coarse - 1 ? channel : channel + 1;
}
