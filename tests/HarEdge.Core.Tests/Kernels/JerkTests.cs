using HarEdge.Core.Kernels;

namespace HarEdge.Core.Tests.Kernels;

public class JerkTests
{
    [Fact]
    public void Differences_of_neighbors_are_summed_and_the_largest_found() => KernelProperty.Holds((window, channel, samples) =>
    {
        int[] differences = [.. samples.Zip(samples.Skip(1), (before, after) => Math.Abs(after - before))];
        Assert.Equal(differences.Sum(), Jerk.AbsoluteSum(window, channel, 0));
        Assert.Equal(differences.Max(), Jerk.Maximum(window, channel, 0));
    });
}
