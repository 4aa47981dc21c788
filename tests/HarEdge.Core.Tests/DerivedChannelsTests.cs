namespace HarEdge.Core.Tests;

public class DerivedChannelsTests
{
    [Fact]
    public void Every_derived_channel_is_its_definition_computed_exactly() => Signals.Any.Sample(AssertDerived, iter: 300);

    [Fact]
    public void Extremes_of_full_scale_fit_every_derived_channel()
    {
        foreach (var length in Signals.Lengths)
        {
            foreach (var name in Signals.ExtremeNames)
            {
                AssertDerived(Signals.Extreme(name, length));
            }
        }
    }

    [Fact]
    public void Gravity_alone_is_all_vertical()
    {
        var signal = Signals.Extreme("zeros", 128);
        Array.Fill(signal[1], (short)8192);
        var window = Signals.Window(signal);
        Assert.All(window.Channel(ChannelId.AccelVertical), sample => Assert.Equal(4096, sample));
        Assert.All(window.Channel(ChannelId.AccelMagnitude), sample => Assert.Equal(4096, sample));
        Assert.All(window.Channel(ChannelId.GyroVertical), sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void The_largest_possible_vector_at_a_hardly_known_direction_still_fits()
    {
        // Accelerations that sum to 1 along each axis make the roughest direction; full-scale samples then project highest.
        var signal = Signals.Extreme("zeros", 64);
        for (var axis = 0; axis < 3; axis++)
        {
            signal[axis][0] = short.MinValue;
            signal[axis][1] = short.MaxValue;
            signal[axis][2] = 2;
            Array.Fill(signal[3 + axis], short.MinValue);
        }

        AssertDerived(signal);
    }

    private static void AssertDerived(short[][] signal)
    {
        var window = Signals.Window(signal);
        for (var channel = SensorScale.ChannelCount; channel < ChannelId.Count; channel++)
        {
            Assert.Equal(ReferenceChannels.Of(signal, channel), window.Channel(channel));
        }
    }
}
