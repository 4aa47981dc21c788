using HarEdge.Trainer.Learning.LightGbm;

namespace HarEdge.Trainer.Tests.Teachers;

/// <summary>A split between two whole numbers must stay between them as an integer, near zero and far from it.</summary>
public sealed class LightGbmThresholdTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    [InlineData(-2, -1)]
    [InlineData(5, 6)]
    [InlineData(-40, 100)]
    [InlineData((1 << 24) + 1, (1 << 24) + 2)]
    [InlineData((1 << 30) - 1, 1 << 30)]
    [InlineData(int.MaxValue - 1, int.MaxValue)]
    [InlineData(-int.MaxValue, -int.MaxValue + 1)]
    public void The_integer_threshold_separates_the_same_two_numbers(int low, int high)
    {
        var tree = Split([low, low, low, high, high, high], [0, 0, 0, 1, 1, 1]);
        Assert.InRange(tree.IntegerThreshold(0), low, high - 1);
    }

    [Fact]
    public void Integer_and_floating_point_routing_agree_on_every_value()
    {
        Gen.Select(Gen.Int[-40, 40].Array[30, 60], Gen.Int[0, 29]).Sample((small, shift) =>
        {
            // Neighboring values around 0 and around ±2^shift, each with a label that changes with its parity.
            var values = small.Select((v, i) => (i % 3) switch { 0 => v, 1 => v + (1 << shift), _ => v - (1 << shift) }).ToArray();
            var tree = Split(values, [.. values.Select(v => (float)(v & 3))]);
            for (var split = 0; split < tree.Features.Count; split++)
            {
                var threshold = tree.Thresholds[split];
                Assert.All(values, v => Assert.Equal(v <= threshold, v <= tree.IntegerThreshold(split)));
            }
        }, iter: 50);
    }

    private static LightGbmTree Split(int[] values, float[] targets)
    {
        var parameters = new LightGbmParameters(1)
            .Set("objective", "regression").Set("min_data_in_leaf", 1).Set("min_data_in_bin", 1).Set("max_bin", 255);
        using var dataset = LightGbmDataset.FromRows([.. values.Select(v => (double)v)], 1, parameters);
        dataset.SetLabels(targets);
        using var booster = new LightGbmBooster(dataset, parameters);
        booster.Update();
        return booster.Trees()[0];
    }
}
