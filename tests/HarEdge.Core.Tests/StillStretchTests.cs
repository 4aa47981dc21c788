namespace HarEdge.Core.Tests;

public class StillStretchTests
{
    [Fact]
    public void Sums_means_and_gravity_are_those_of_the_samples() =>
        Gen.Short.Array[6].Array[150].Sample(samples =>
        {
            var still = new StillStretch(150);
            for (var i = 0; i < samples.Length; i++)
            {
                var s = samples[i];
                Assert.Equal(i == 149, still.Push(s[0], s[1], s[2], s[3], s[4], s[5]));
            }

            for (var channel = 0; channel < 6; channel++)
            {
                var sum = samples.Sum(s => (int)s[channel]);
                Assert.Equal(sum, still.Sum(channel));
                Assert.Equal((int)Math.Round(sum / 150.0, MidpointRounding.AwayFromZero), still.Mean(channel));
            }

            var length = Math.Sqrt(Enumerable.Range(0, 3).Sum(c => Math.Pow(still.Sum(c) / 150.0, 2)));
            Assert.Equal(length, still.GravityCounts(), 1.0);
        });

    [Fact]
    public void One_moving_channel_is_enough_to_be_not_still()
    {
        for (var channel = 0; channel < 6; channel++)
        {
            var still = new StillStretch(10);
            var sample = new short[6];
            for (var i = 0; i < 10; i++)
            {
                sample[channel] = (short)(i == 5 ? 101 : 0);
                still.Push(sample[0], sample[1], sample[2], sample[3], sample[4], sample[5]);
            }

            Assert.False(still.IsStill(channel < 3 ? 100 : 101, channel < 3 ? 101 : 100));
            Assert.True(still.IsStill(101, 101));
        }
    }

    [Fact]
    public void A_restart_forgets_everything()
    {
        var still = new StillStretch(2);
        still.Push(short.MinValue, 1, 1, 1, 1, short.MaxValue);
        still.Push(short.MaxValue, 1, 1, 1, 1, short.MinValue);
        still.Restart();
        Assert.False(still.Push(1, 2, 3, 4, 5, 6));
        Assert.True(still.Push(1, 2, 3, 4, 5, 6));
        Assert.Equal(2, still.Sum(0));
        Assert.True(still.IsStill(0, 0));
    }
}
