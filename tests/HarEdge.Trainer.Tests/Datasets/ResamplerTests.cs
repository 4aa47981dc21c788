using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Tests.Datasets;

public class ResamplerTests
{
    [Theory]
    [InlineData(104.4)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(31.25)]
    public void A_step_frequency_tone_keeps_its_shape(double sourceHz)
    {
        double worst = 0;
        ForEachSample(sourceHz, 3.1, (timeS, value) => worst = Math.Max(worst, Math.Abs(value - Math.Sin(2 * Math.PI * 3.1 * timeS))));
        Assert.InRange(worst, 0, 0.002);
    }

    [Theory]
    [InlineData(104.4, 40)]
    [InlineData(200, 47)]
    [InlineData(200, 90)]
    public void A_tone_that_would_alias_is_suppressed(double sourceHz, double toneHz)
    {
        double worst = 0;
        ForEachSample(sourceHz, toneHz, (_, value) => worst = Math.Max(worst, Math.Abs(value)));
        Assert.InRange(worst, 0, 0.002);
    }

    [Fact]
    public void A_constant_stays_constant_to_the_ends_of_the_run()
    {
        double[][] source = [Enumerable.Repeat(1.25, 40).ToArray()];
        var resampler = new Resampler(104, 50);
        var run = new Run(0, 40);
        var target = resampler.TargetRun(run);
        Assert.Equal(new Run(0, 19), target);
        var output = new double[1];
        for (var sample = target.Start; sample < target.End; sample++)
        {
            resampler.SampleInto(output, source, sample, run);
            Assert.Equal(1.25, output[0], 12);
        }
    }

    private static void ForEachSample(double sourceHz, double toneHz, Action<double, double> check)
    {
        var slots = (int)(sourceHz * 8);
        double[][] source = [[.. Enumerable.Range(0, slots).Select(slot => Math.Sin(2 * Math.PI * toneHz * slot / sourceHz))]];
        var resampler = new Resampler(sourceHz, 50);
        var run = new Run(0, slots);
        var target = resampler.TargetRun(run);
        Assert.InRange(target.Length, 395, 401);
        var output = new double[1];
        for (var sample = 50; sample < target.End - 50; sample++)
        {
            resampler.SampleInto(output, source, sample, run);
            check(sample / 50.0, output[0]);
        }
    }
}
