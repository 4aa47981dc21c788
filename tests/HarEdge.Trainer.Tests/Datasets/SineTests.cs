using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Tests.Datasets;

public class SineTests
{
    [Fact]
    public void Sine_and_cosine_agree_with_the_library_to_twelve_digits() => Gen.Double[-1e3, 1e3].Sample(turns =>
    {
        Assert.Equal(Math.Sin(2 * Math.PI * turns), Sine.OfTurns(turns), 1e-11);
        Assert.Equal(Math.Cos(2 * Math.PI * turns), Sine.CosineOfTurns(turns), 1e-11);
    });
}
