using HarEdge.Trainer.Datasets.Synthetic;

namespace HarEdge.Trainer.Tests.Datasets;

public class RandomSourceTests
{
    [Fact]
    public void Normal_numbers_have_their_mean_and_deviation()
    {
        var random = new RandomSource(1, 1);
        double[] values = [.. Enumerable.Range(0, 20000).Select(_ => random.Normal(3, 2))];
        var mean = values.Average();
        Assert.InRange(mean, 2.95, 3.05);
        Assert.InRange(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 1.95, 2.05);
    }

    [Fact]
    public void Streams_of_one_seed_differ() =>
        Assert.NotEqual(new RandomSource(1, 1).Uniform(), new RandomSource(1, 2).Uniform());

    [Fact]
    public void Uniform_numbers_stay_below_one_and_fill_all_tenths()
    {
        var random = new RandomSource(7, 0);
        var tenths = new int[10];
        for (var i = 0; i < 10000; i++)
        {
            tenths[(int)(10 * random.Uniform())]++;
        }

        Assert.All(tenths, count => Assert.InRange(count, 850, 1150));
    }
}
