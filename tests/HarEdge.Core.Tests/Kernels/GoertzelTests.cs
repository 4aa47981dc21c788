using HarEdge.Core.Kernels;

namespace HarEdge.Core.Tests.Kernels;

public class GoertzelTests
{
    [Fact]
    public void The_power_is_that_of_the_same_recurrence_in_double_arithmetic() => KernelProperty.Holds((window, channel, samples) =>
    {
        foreach (var bin in KernelProperty.Parameters(samples))
        {
            // Floors of half a quarter count a sample, amplified by the resonance: within 2 counts and 2 per mille.
            var expected = RecurrencePower(samples, bin);
            var tolerance = 4 + 0.002 * expected + 4 * Math.Sqrt(expected);
            Assert.InRange(Goertzel.BinPower(window, channel, bin), expected - tolerance, expected + tolerance);
        }
    });

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public void A_pure_tone_has_a_quarter_of_its_squared_amplitude_in_its_bin_and_next_to_nothing_elsewhere(int length)
    {
        foreach (var bin in new[] { 1, 2, 3, 8, length / 2 - 1 })
        {
            var signal = Signals.Extreme("zeros", length);
            for (var i = 0; i < length; i++)
            {
                signal[0][i] = (short)Math.Round(20_000 * Math.Sin(2 * Math.PI * bin * i / length + 0.3));
            }

            var window = Signals.Window(signal);
            for (var other = 1; other < length / 2; other++)
            {
                var share = Goertzel.BinPower(window, ChannelId.Ax, other) / (20_000.0 * 20_000 / 4);
                Assert.InRange(share, other == bin ? 0.97 : 0, other == bin ? 1.03 : 0.03);
            }
        }
    }

    [Fact]
    public void The_power_is_that_of_the_discrete_fourier_transform_within_three_percent_of_the_variance() =>
        KernelProperty.Holds((window, channel, samples) =>
        {
            double variance = Math.Max(64, Moments.Variance(window, channel, 0));
            foreach (var bin in KernelProperty.Parameters(samples))
            {
                Assert.InRange((Goertzel.BinPower(window, channel, bin) - FourierPower(samples, bin)) / variance, -0.03, 0.03);
            }
        });

    [Fact]
    public void A_band_is_the_sum_of_its_bins() => KernelProperty.Holds((window, channel, samples) =>
    {
        var bins = Enumerable.Range(1, 3).Sum(bin => (long)Goertzel.BinPower(window, channel, bin));
        Assert.Equal(Math.Min(int.MaxValue, bins), Goertzel.BandPower(window, channel, (1 << 8) + 3));
    });

    [Fact]
    public void A_constant_has_no_power_at_any_frequency()
    {
        var window = Signals.Window(Signals.Extreme("lowest", 128));
        Assert.All(Enumerable.Range(1, 63), bin => Assert.Equal(0, Goertzel.BinPower(window, ChannelId.Gz, bin)));
    }

    private static double RecurrencePower(short[] samples, int bin)
    {
        var mean = Exact.RoundedMean(samples);
        var coefficient = 2 * Math.Round(16384 * Math.Cos(2 * Math.PI * bin / samples.Length)) / 16384;
        double last = 0;
        double beforeLast = 0;
        foreach (var sample in samples)
        {
            (last, beforeLast) = (coefficient * last - beforeLast + sample - mean, last);
        }

        var power = last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
        return Math.Clamp(power / samples.Length / samples.Length, 0, int.MaxValue);
    }

    private static double FourierPower(short[] samples, int bin)
    {
        var mean = Exact.RoundedMean(samples);
        var sum = System.Numerics.Complex.Zero;
        for (var i = 0; i < samples.Length; i++)
        {
            sum += (samples[i] - mean) * System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * bin * i / samples.Length);
        }

        return sum.Magnitude * sum.Magnitude / samples.Length / samples.Length;
    }
}
