using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Tests.Evaluation.Robustness;

public class DisturbanceTests
{
    private static readonly SensorRange Range = new(4, 500);

    // Two runs; each channel counts on by its own step, so that every sample can be distinguished from its neighbors.
    private static readonly Recording Worn = new()
    {
        DataSet = "test",
        Name = "ramp",
        Subject = "nobody",
        Channels = [.. Enumerable.Range(1, 6).Select(step => Enumerable.Range(0, 2000).Select(i => (short)(i * step)).ToArray())],
        Labels = [.. Enumerable.Range(0, 2000).Select(i => (short)(i / 500))],
        Runs = [new Run(10, 900), new Run(1000, 2000)],
    };

    [Fact]
    public void A_quarter_turn_about_x_sends_y_to_z_for_both_sensors()
    {
        var turned = Rotation.About(0, 90).Apply(Worn, Range, new Random(1));
        Assert.Equal(Worn.Channels[0], turned.Channels[0]);
        Assert.Equal(Worn.Channels[1], turned.Channels[2]);
        Assert.Equal(Worn.Channels[5].Select(v => (short)-v), turned.Channels[4]);
    }

    [Fact]
    public void Turning_back_gives_what_was_there_but_for_rounding()
    {
        foreach (var axis in new[] { 0, 1, 2 })
        {
            var back = Rotation.About(axis, -30).Apply(Rotation.About(axis, 30).Apply(Worn, Range, new Random(1)), Range, new Random(1));
            for (var c = 0; c < 6; c++)
            {
                Assert.All(back.Channels[c].Zip(Worn.Channels[c]), pair => Assert.InRange(pair.First - pair.Second, -2, 2));
            }
        }
    }

    [Fact]
    public void Offsets_are_in_the_sensors_own_counts()
    {
        var off = SensorError.AccelOffset(50, 1).Apply(Worn, Range, new Random(1));
        Assert.Equal(Worn.Channels[0], off.Channels[0]);
        Assert.All(off.Channels[1].Zip(Worn.Channels[1]), pair => Assert.Equal(410, pair.First - pair.Second));
        var spun = SensorError.GyroOffset(5).Apply(Worn, Range, new Random(1));
        Assert.InRange(spun.Channels[3][0] - Worn.Channels[3][0], 327, 328);
    }

    [Fact]
    public void What_exceeds_sixteen_bits_is_clipped()
    {
        var loud = Worn with { Channels = [.. Worn.Channels.Select(channel => Enumerable.Repeat((short)32000, channel.Length).ToArray())] };
        Assert.All(SensorError.Scale(3).Apply(loud, Range, new Random(1)).Channels[4], value => Assert.Equal(short.MaxValue, value));
    }

    [Fact]
    public void A_fast_clock_gives_more_samples_of_the_same_motion()
    {
        var fast = RateError.Of(3).Apply(Worn, Range, new Random(1));
        Assert.Equal(2, fast.Runs.Count);
        Assert.InRange(fast.Runs[1].Length, 1028, 1031);
        Assert.InRange(fast.Channels[0][1545] - Worn.Channels[0][1500], -1, 1);
        Assert.Equal(Worn.Labels[1500], fast.Labels[1546]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void A_straight_line_is_interpolated_without_any_loss(int percent) =>
        Assert.Equal(Worn.Channels, MissingSamples.Singly(percent, Filling.Interpolated).Apply(Worn, Range, new Random(4)).Channels);

    [Fact]
    public void The_share_lost_is_the_share_asked_for()
    {
        var still = MissingSamples.Singly(20, Filling.Held).Apply(Worn, Range, new Random(4));
        Assert.InRange(Worn.Runs.Sum(run => Enumerable.Range(run.Start, run.Length).Count(i => still.Channels[0][i] != Worn.Channels[0][i])) / 1890.0, 0.16, 0.24);
        var dropped = MissingSamples.InBursts(200, Filling.Dropped).Apply(Worn, Range, new Random(4));
        Assert.InRange(dropped.SampleCount / 1890.0, 0.85, 0.95);
    }

    [Fact]
    public void Bursts_are_at_least_as_long_as_asked()
    {
        var held = MissingSamples.InBursts(200, Filling.Held).Apply(Worn, Range, new Random(4)).Channels[0];
        var run = Worn.Runs[1];
        var longest = 0;
        for (var i = run.Start + 1; i < run.End; i++)
        {
            var from = i;
            while (i < run.End && held[i] == held[from - 1])
            {
                i++;
            }

            longest = Math.Max(longest, i - from);
        }

        Assert.InRange(longest, 10, 40);
    }

    [Fact]
    public void Dropping_keeps_runs_apart_and_labels_beside_their_samples()
    {
        var dropped = MissingSamples.Singly(20, Filling.Dropped).Apply(Worn, Range, new Random(4));
        Assert.Equal(2, dropped.Runs.Count);
        Assert.Equal(dropped.Runs[0].End, dropped.Runs[1].Start);
        Assert.All(Enumerable.Range(0, dropped.SampleCount), i => Assert.Equal(dropped.Channels[0][i] / 500, dropped.Labels[i]));
    }

    [Fact]
    public void Every_disturbance_has_a_name_of_its_own_and_leaves_the_recording_alone()
    {
        var before = Worn.Channels.Select(channel => channel.ToArray()).ToArray();
        Assert.Equal(Disturbances.All.Count, Disturbances.All.Select(disturbance => (disturbance.Kind, disturbance.Name)).Distinct().Count());
        foreach (var disturbance in Disturbances.All)
        {
            var disturbed = disturbance.Apply(Worn, Range, new Random(2));
            Assert.All(disturbed.Channels, channel => Assert.Equal(disturbed.SampleCount, channel.Length));
        }

        Assert.Equal(before, Worn.Channels);
    }
}
