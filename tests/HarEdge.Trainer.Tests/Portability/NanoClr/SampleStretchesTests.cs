using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Portability.NanoClr;

namespace HarEdge.Trainer.Tests.Portability.NanoClr;

public class SampleStretchesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void Exactly_the_windows_asked_for_are_taken_four_in_a_row(int windows)
    {
        var stretches = SampleStretches.Take([Counting(new Run(0, 20_000))], 128, 64, windows);
        int[] counts = [.. stretches.Select(stretch => 1 + (stretch.Length / SensorScale.ChannelCount - 128) / 64)];
        Assert.Equal(windows, counts.Sum());
        Assert.Equal((windows + 3) / 4, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 1, 4));
    }

    [Fact]
    public void Stretches_lie_within_runs_and_all_over_them()
    {
        Run[] runs = [new Run(10, 130), new Run(500, 900), new Run(1000, 30_000)];
        var stretches = SampleStretches.Take([Counting(runs)], 128, 64, 60);
        foreach (var stretch in stretches)
        {
            int start = stretch[0];
            var length = stretch.Length / SensorScale.ChannelCount;
            Assert.Contains(runs, run => run.Start <= start && start + length <= run.End);
            Assert.All(Enumerable.Range(0, length), i => Assert.Equal(start + i, stretch[i * SensorScale.ChannelCount]));
        }

        // Some 90 pieces, 15 taken: no tenth of the recording is left out.
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.Contains(stretches, stretch => stretch[0] / 3000 == tenth || stretch[^6] / 3000 == tenth));
    }

    [Fact]
    public void Fewer_windows_come_where_there_are_no_more() => Assert.Equal(
        [128, 128 + 2 * 64],
        SampleStretches.Take([Counting(new Run(0, 130), new Run(200, 200 + 128 + 2 * 64 + 63))], 128, 64, 1000)
            .Select(stretch => stretch.Length / SensorScale.ChannelCount));

    [Fact]
    public void Recordings_shorter_than_a_window_are_refused() =>
        Assert.Throws<InputException>(() => SampleStretches.Take([Counting(new Run(0, 127))], 128, 64, 1));

    private static Recording Counting(params Run[] runs) => new()
    {
        DataSet = "d",
        Name = "n",
        Subject = "s",
        Channels = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, runs[^1].End).Select(i => (short)i).ToArray())],
        Labels = new short[runs[^1].End],
        Runs = runs,
    };
}
