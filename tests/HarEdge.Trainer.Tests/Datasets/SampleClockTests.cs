using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Tests.Datasets;

public class SampleClockTests
{
    [Fact]
    public void Regular_timestamps_fill_every_slot()
    {
        ClockFit clock = Fit(Regular(500, 0.01));
        Assert.Equal(100, clock.RateHz, 6);
        Assert.Equal(Enumerable.Range(0, 500), clock.Slots);
        Assert.Equal(0, clock.DroppedRows);
    }

    [Fact]
    public void A_dropped_row_leaves_exactly_its_slot_free()
    {
        ClockFit clock = Fit([.. Regular(500, 0.02).Where((_, row) => row is not 100 and not 300 and not 301)]);
        Assert.Equal(3, clock.DroppedRows);
        Assert.Equal(50, clock.RateHz, 6);
        Assert.Equal(Enumerable.Range(0, 500).Where(slot => slot is not 100 and not 300 and not 301), clock.Slots);
    }

    [Fact]
    public void Bunched_and_repeated_timestamps_are_consecutive_samples()
    {
        double[] seconds = Regular(600, 0.0096);
        for (int row = 100; row < 104; row++)
        {
            seconds[row] = seconds[104];
        }

        seconds[400] = seconds[399];
        ClockFit clock = Fit([.. seconds.Select(second => Math.Round(second, 3))]);
        Assert.Equal(0, clock.DroppedRows);
        Assert.Equal(599, clock.Slots[^1]);
        Assert.InRange(clock.RateHz, 104, 104.4);
    }

    [Fact]
    public void Jitter_of_milliseconds_hides_no_gap_and_makes_none() => Gen.Int.Positive.Sample(
        seed =>
        {
            var random = new Random(seed);
            int gapAt = random.Next(50, 350);
            int gap = random.Next(2, 15);
            double[] seconds = [.. Regular(400, 0.01).Select((second, row) =>
                Math.Round(second + (row > gapAt ? gap * 0.01 : 0) + 0.003 * random.NextDouble(), 3))];
            ClockFit clock = Fit(seconds);
            Assert.Equal(gap, clock.DroppedRows);
            Assert.Equal(399 + gap, clock.Slots[^1]);
        },
        iter: 200);

    [Fact]
    public void A_long_gap_gets_padding_but_not_its_full_length()
    {
        double[] seconds = [.. Regular(200, 0.02).Select((second, row) => second + (row >= 100 ? 3600 : 0))];
        ClockFit clock = Fit(seconds);
        Assert.Equal(50, clock.RateHz, 6);
        Assert.Equal(0, clock.DroppedRows);
        Assert.InRange(clock.Slots[^1], 199 + 11, 199 + 60);
    }

    [Fact]
    public void A_clock_set_back_ends_the_run()
    {
        double[] seconds = [.. Regular(200, 0.02).Select((second, row) => second - (row >= 100 ? 60 : 0))];
        ClockFit clock = Fit(seconds);
        Assert.Equal(1, clock.BackwardJumps);
        Assert.True(clock.Slots[100] - clock.Slots[99] > 10);
    }

    [Fact]
    public void Timestamps_in_whole_seconds_still_give_the_rate()
    {
        ClockFit clock = Fit([.. Regular(1000, 0.02).Select(second => Math.Floor(second + 1e-9))]);
        Assert.InRange(clock.RateHz, 49, 53);
        Assert.Equal(999, clock.Slots[^1]);
    }

    private static double[] Regular(int rows, double period) => [.. Enumerable.Range(0, rows).Select(row => row * period)];

    private static ClockFit Fit(double[] seconds) => SampleClock.Fit(seconds, Timestamps.PeriodOf(seconds));
}
