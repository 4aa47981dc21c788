namespace HarEdge.Core.Tests;

public class SampleWindowTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(32, 4)]
    [InlineData(100, 4)]
    [InlineData(512, 64)]
    [InlineData(128, 2)]
    [InlineData(128, 0)]
    [InlineData(128, 48)]
    [InlineData(128, 256)]
    [InlineData(128, -64)]
    public void Lengths_and_hops_that_are_no_powers_of_two_in_range_are_refused(int length, int hop) =>
        Assert.Throws<ArgumentException>(() => new SampleWindow(length, hop));

    [Fact]
    public void Every_channel_a_model_reads_is_there_with_all_it_is_made_from() =>
        Gen.Select(Signals.Any, Gen.Int[SensorScale.ChannelCount, ChannelId.Count - 1]).Sample((signal, channel) =>
        {
            var window = new SampleWindow(new OneChannelModel(signal[0].Length, channel));
            for (var i = 0; i < signal[0].Length; i++)
            {
                window.Push(signal[0][i], signal[1][i], signal[2][i], signal[3][i], signal[4][i], signal[5][i]);
            }

            Assert.Equal(Signals.Window(signal).Channel(channel), window.Channel(channel));
        });

    [Fact]
    public void A_sliding_window_holds_the_last_samples_of_the_stream() =>
        Gen.Select(Signals.AnyOf(Signals.Lengths), Gen.Int[2, 8], Gen.Short.Array[6].Array[300, 700]).Sample((length, hopShift, stream) =>
        {
            var hop = Math.Min(length, 1 << hopShift);
            var window = new SampleWindow(length, hop);
            for (var i = 0; i < stream.Length; i++)
            {
                var expected = i + 1 >= length && (i + 1 - length) % hop == 0;
                Assert.Equal(expected, Push(window, stream[i]));
                if (expected)
                {
                    AssertHolds(window, stream[(i + 1 - length)..(i + 1)]);
                    window.Slide();
                }
            }
        },
        iter: 40);

    [Fact]
    public void After_a_restart_no_sample_from_before_remains() =>
        Gen.Select(Signals.AnyOf(Signals.Lengths), Gen.Int[1, 63], Gen.Short.Array[6].Array[63 + 256]).Sample((length, before, stream) =>
        {
            var window = new SampleWindow(length, 64);
            for (var i = 0; i < before; i++)
            {
                Push(window, stream[i]);
            }

            window.Restart();
            for (var i = 0; i < length; i++)
            {
                Assert.Equal(i == length - 1, Push(window, stream[before + i]));
            }

            AssertHolds(window, stream[before..(before + length)]);
        },
        iter: 40);

    [Fact]
    public void Values_kept_within_a_window_are_those_of_a_window_asked_for_the_first_time() =>
        Gen.Select(Signals.Any, Gen.Int[0, ChannelId.Count - 1].Array[1, 40]).Sample((signal, order) =>
        {
            var asked = Signals.Window(signal);
            foreach (var channel in order)
            {
                var fresh = Signals.Window(signal);
                Assert.Equal(fresh.Sum(channel), asked.Sum(channel));
                Assert.Equal(fresh.Channel(channel), asked.Channel(channel));
                var coarse = ChannelId.Coarse + channel % ChannelId.Coarse;
                Assert.Equal(fresh.Sorted(coarse), asked.Sorted(coarse));
            }
        },
        iter: 100);

    [Fact]
    public void Sliding_forgets_what_was_computed_for_the_previous_window() =>
        Gen.Select(Signals.Any, Gen.Short.Array[6].Array[64]).Sample((signal, next) =>
        {
            var window = Signals.Window(signal);
            for (var channel = 0; channel < ChannelId.Count; channel++)
            {
                window.Sum(channel);
            }

            window.Sorted(ChannelId.Count - 1);
            window.Slide();
            foreach (var sample in next)
            {
                Push(window, sample);
            }

            short[][] expected = [.. signal.Select((channel, c) => channel[64..].Concat(next.Select(sample => sample[c])).ToArray())];
            AssertAgrees(Signals.Window(expected), window);
        },
        iter: 60);

    [Fact]
    public void A_window_takes_over_only_what_the_one_just_before_it_computed() =>
        Gen.Select(Signals.AnyOf(Signals.Lengths), Gen.Int[2, 8], Gen.Short.Array[6].Array[600, 900], Gen.Int[0, 3 * ChannelId.Count].Array[1, 60])
            .Sample((length, hopShift, stream, asked) =>
            {
                var hop = Math.Min(length, 1 << hopShift);
                var window = new SampleWindow(length, hop);
                var windows = 0;
                for (var i = 0; i < stream.Length; i++)
                {
                    if (!Push(window, stream[i]))
                    {
                        continue;
                    }

                    // Other channels, sums and squares in every window, so that some are taken over and some were skipped.
                    short[][] channels = [.. Enumerable.Range(0, 6).Select(c => stream[(i + 1 - length)..(i + 1)].Select(sample => sample[c]).ToArray())];
                    var fresh = Signals.Window(channels);
                    foreach (var what in asked.Where((_, at) => (at + windows) % 3 != 0))
                    {
                        var channel = what % ChannelId.Count;
                        Assert.Equal(fresh.Channel(channel), window.Channel(channel));
                        if (what >= ChannelId.Count)
                        {
                            Assert.Equal(fresh.Sum(channel), window.Sum(channel));
                            Assert.Equal(fresh.SquareSum(channel), window.SquareSum(channel));
                        }
                    }

                    windows++;
                    window.Slide();
                }
            },
            iter: 40);

    [Fact]
    public void Sums_and_means_are_exact() => Signals.Any.Sample(signal =>
    {
        var window = Signals.Window(signal);
        for (var channel = 0; channel < ChannelId.Count; channel++)
        {
            var reference = ReferenceChannels.Of(signal, channel);
            Assert.Equal(reference.Sum(sample => (int)sample), window.Sum(channel));
            Assert.Equal(reference.Sum(sample => (long)sample * sample), window.SquareSum(channel));
            Assert.Equal((int)Math.Floor(reference.Average(sample => (double)sample) + 0.5), window.Mean(channel));
            Assert.Equal(reference.Length, 1 << window.ChannelShift(channel));
        }
    },
    iter: 100);

    private static bool Push(SampleWindow window, short[] sample) => window.Push(sample[0], sample[1], sample[2], sample[3], sample[4], sample[5]);

    private static void AssertHolds(SampleWindow window, short[][] samples)
    {
        for (var channel = 0; channel < SensorScale.ChannelCount; channel++)
        {
            Assert.Equal(samples.Select(sample => sample[channel]), window.Channel(channel));
        }
    }

    private static void AssertAgrees(SampleWindow expected, SampleWindow actual)
    {
        for (var channel = 0; channel < ChannelId.Count; channel++)
        {
            Assert.Equal(expected.Channel(channel), actual.Channel(channel));
            Assert.Equal(expected.Sum(channel), actual.Sum(channel));
            Assert.Equal(expected.SquareSum(channel), actual.SquareSum(channel));
        }

        for (var channel = ChannelId.Coarse; channel < ChannelId.Count; channel++)
        {
            Assert.Equal(expected.Sorted(channel), actual.Sorted(channel));
        }
    }
}
