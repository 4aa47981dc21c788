using System.Numerics;
using HarEdge.Core.Kernels;

namespace HarEdge.Core.Tests.Kernels;

public class MomentsTests
{
    [Fact]
    public void The_sum_is_exact() => KernelProperty.Holds((window, channel, samples) =>
        Assert.Equal(samples.Sum(sample => (int)sample), Moments.Sum(window, channel, 0)));

    [Fact]
    public void The_variance_is_the_exact_one_rounded_down() => KernelProperty.Holds((window, channel, samples) =>
        Assert.Equal(Exact.ScaledCovariance(samples, samples) / ((BigInteger)samples.Length * samples.Length), Moments.Variance(window, channel, 0)));

    [Fact]
    public void Extremes_are_found() => KernelProperty.Holds((window, channel, samples) =>
    {
        Assert.Equal(samples.Min(), Moments.Minimum(window, channel, 0));
        Assert.Equal(samples.Max(), Moments.Maximum(window, channel, 0));
    });

    [Fact]
    public void The_deviation_is_the_sum_of_distances_from_the_rounded_mean() => KernelProperty.Holds((window, channel, samples) =>
        Assert.Equal(samples.Sum(sample => Math.Abs((long)sample - Exact.RoundedMean(samples))), Moments.AbsoluteDeviation(window, channel, 0)));

    [Fact]
    public void Crossings_are_changes_of_side_of_the_rounded_mean() => KernelProperty.Holds((window, channel, samples) =>
    {
        bool[] above = [.. samples.Select(sample => sample >= Exact.RoundedMean(samples))];
        Assert.Equal(above.Zip(above.Skip(1)).Count(pair => pair.First != pair.Second), Moments.MeanCrossings(window, channel, 0));
    });

    [Fact]
    public void A_constant_window_has_no_spread_and_no_crossing()
    {
        var window = Signals.Window(Signals.Extreme("highest", 256));
        Assert.Equal(0, Moments.Variance(window, ChannelId.Ax, 0));
        Assert.Equal(0, Moments.AbsoluteDeviation(window, ChannelId.Ax, 0));
        Assert.Equal(0, Moments.MeanCrossings(window, ChannelId.Ax, 0));
    }
}
