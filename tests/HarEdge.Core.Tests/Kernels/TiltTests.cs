using HarEdge.Core.Kernels;

namespace HarEdge.Core.Tests.Kernels;

public class TiltTests
{
    [Fact]
    public void The_direction_is_that_of_the_mean_acceleration() => Signals.Any.Sample(signal =>
    {
        SampleWindow window = Signals.Window(signal);
        double length = Math.Sqrt(Enumerable.Range(0, 3).Sum(axis => Math.Pow(signal[axis].Sum(sample => (double)sample), 2)));
        for (int axis = 0; axis < 3; axis++)
        {
            // The root counts 64ths: its rounding is at most 1 in 64 · length.
            double tolerance = 1 + 4096 / Math.Max(1, 64 * length - 1);
            double expected = ReferenceChannels.DirectionCosine(signal, axis);
            Assert.InRange(Tilt.DirectionCosine(window, axis, 0), expected - tolerance, expected + tolerance);
        }
    });

    [Theory]
    [InlineData("zeros", 0)]
    [InlineData("highest", 2364)]
    [InlineData("lowest", -2364)]
    [InlineData("ones", 2364)]
    public void Equal_axes_share_the_direction(string extreme, int cosine)
    {
        foreach (int length in Signals.Lengths)
        {
            Assert.Equal(cosine, Tilt.DirectionCosine(Signals.Window(Signals.Extreme(extreme, length)), ChannelId.Ay, 0));
        }
    }

    [Fact]
    public void Gravity_along_one_axis_is_all_of_it()
    {
        short[][] signal = Signals.Extreme("zeros", 128);
        Array.Fill(signal[2], (short)-8192);
        SampleWindow window = Signals.Window(signal);
        Assert.Equal(-4096, Tilt.DirectionCosine(window, ChannelId.Az, 0));
        Assert.Equal(0, Tilt.DirectionCosine(window, ChannelId.Ax, 0));
    }
}
