using HarEdge.Core.Kernels;

namespace HarEdge.Core.Tests.Kernels;

public class DriftTests
{
    [Fact]
    public void Drift_is_the_range_of_the_sums_over_quarters() => KernelProperty.Holds((window, channel, samples) =>
    {
        int[] sums = [.. samples.Chunk(samples.Length / 4).Select(quarter => quarter.Sum(sample => (int)sample))];
        Assert.Equal(sums.Max() - sums.Min(), Drift.QuarterRange(window, channel, 0));
    });
}
