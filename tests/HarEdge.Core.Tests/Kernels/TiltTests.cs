using HarEdge.Core.Kernels;

namespace HarEdge.Core.Tests.Kernels;

public class TiltTests
{
    [Fact]
    public void The_direction_is_that_of_the_mean_acceleration() => Signals.Any.Sample(signal =>
    {
        var window = Signals.Window(signal);
        var length = Math.Sqrt(Enumerable.Range(0, 3).Sum(axis => Math.Pow(signal[axis].Sum(sample => (double)sample), 2)));
        for (var axis = 0; axis < 3; axis++)
        {
            // The root counts 64ths: its rounding is at most 1 in 64 · length.
            var tolerance = 1 + 4096 / Math.Max(1, 64 * length - 1);
            var expected = ReferenceChannels.DirectionCosine(signal, axis);
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
        foreach (var length in Signals.Lengths)
        {
            Assert.Equal(cosine, Tilt.DirectionCosine(Signals.Window(Signals.Extreme(extreme, length)), ChannelId.Ay, 0));
        }
    }

    [Fact]
    public void Gravity_along_one_axis_is_all_of_it()
    {
        var signal = Signals.Extreme("zeros", 128);
        Array.Fill(signal[2], (short)-8192);
        var window = Signals.Window(signal);
        Assert.Equal(-4096, Tilt.DirectionCosine(window, ChannelId.Az, 0));
        Assert.Equal(0, Tilt.DirectionCosine(window, ChannelId.Ax, 0));
    }

    [Fact]
    public void Lean_is_the_squared_distance_from_upright() => Gen.Select(Signals.Any, Component, Component, Component).Sample((signal, x, y, z) =>
    {
        double[] mean = [.. Enumerable.Range(0, 3).Select(axis => signal[axis].Sum(sample => (double)sample))];
        var length = Math.Sqrt(mean.Sum(sum => sum * sum));
        var uprightLength = Math.Sqrt((double)x * x + (double)y * y + (double)z * z);
        if (length < 64 || uprightLength < 64)
        {
            return;
        }

        var exact = 4096 * (2 - 2 * (mean[0] * x + mean[1] * y + mean[2] * z) / length / uprightLength);

        // Packing moves the unit vector's end by up to √3 / 1022 and shortens it by 1 / 512; the root counts 64ths of a count.
        const double Packing = 0.0037;
        var distance = Math.Sqrt(Math.Max(0, exact) / 4096);
        var tolerance = 1 + 4096 * Packing * (2 * distance + Packing) + 2 * 4096 / (64 * length);
        Assert.InRange(Tilt.Lean(Signals.Window(signal), ChannelId.Ax, Tilt.Pack(x, y, z)), exact - tolerance, exact + tolerance);
    });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10, 124)]
    [InlineData(90, 8192)]
    [InlineData(180, 16384)]
    public void Lean_of_an_angle(int degrees, int lean)
    {
        var signal = Signals.Extreme("zeros", 128);
        Array.Fill(signal[0], (short)Math.Round(8192 * Math.Cos(Math.PI * degrees / 180)));
        Array.Fill(signal[1], (short)Math.Round(8192 * Math.Sin(Math.PI * degrees / 180)));
        var measured = Tilt.Lean(Signals.Window(signal), ChannelId.Ax, Tilt.Pack(8210, 0, 0));
        Assert.InRange(measured, lean - lean / 500, lean + lean / 500);
    }

    [Fact]
    public void Without_any_acceleration_lean_is_that_of_no_direction() =>
        Assert.Equal(4096, Tilt.Lean(Signals.Window(Signals.Extreme("zeros", 128)), ChannelId.Ax, Tilt.Pack(0, 0, -5)));

    [Fact]
    public void No_direction_packs_to_nothing_and_every_other_to_something()
    {
        Assert.Equal(0, Tilt.Pack(0, 0, 0));
        Gen.Select(Component, Component, Component).Where((x, y, z) => (x | y | z) != 0).Sample((x, y, z) => Assert.NotEqual(0, Tilt.Pack(x, y, z)));
    }

    private static readonly Gen<int> Component = Gen.Frequency((1, Gen.Int[-3, 3]), (3, Gen.Int[-(1 << 23), 1 << 23]));
}
