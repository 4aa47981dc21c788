using HarEdge.Core.Kernels;

namespace HarEdge.Core.Tests.Kernels;

public class OrderStatisticsTests
{
    [Fact]
    public void Quantiles_are_samples_by_rank_and_ranges_their_differences() => KernelProperty.Holds((window, channel, samples) =>
    {
        if (channel < ChannelId.Coarse)
        {
            return;
        }

        short[] sorted = [.. samples.Order()];
        foreach (var percent in new[] { 0, 10, 25, 50, 75, 90, 100 })
        {
            Assert.Equal(sorted[(sorted.Length - 1) * percent / 100], OrderStatistics.Quantile(window, channel, percent));
        }

        Assert.Equal(
            sorted[(sorted.Length - 1) * 75 / 100] - sorted[(sorted.Length - 1) * 25 / 100], OrderStatistics.Range(window, channel, 25));
    });
}
