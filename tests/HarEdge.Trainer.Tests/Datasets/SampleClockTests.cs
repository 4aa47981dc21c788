using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Tests.Datasets;

public class SampleClockTests
{
    [Fact]
    public void Regular_timestamps_fill_every_slot()
    {
        var clock = Fit(Regular(500, 0.01));
        Assert.Equal(100, clock.RateHz, 6);
        Assert.Equal(Enumerable.Range(0, 500), clock.Slots);
        Assert.Equal(0, clock.DroppedRows);
    }

    [Fact]
    public void A_dropped_row_leaves_exactly_its_slot_free()
    {
        var clock = Fit([.. Regular(500, 0.02).Where((_, row) => row is not 100 and not 300 and not 301)]);
        Assert.Equal(3, clock.DroppedRows);
        Assert.Equal(50, clock.RateHz, 6);
        Assert.Equal(Enumerable.Range(0, 500).Where(slot => slot is not 100 and not 300 and not 301), clock.Slots);
    }

    [Fact]
    public void Bunched_and_repeated_timestamps_are_consecutive_samples()
    {
        var seconds = Regular(600, 0.0096);
        for (var row = 100; row < 104; row++)
        {
            seconds[row] = seconds[104];
        }

        seconds[400] = seconds[399];
        var clock = Fit([.. seconds.Select(second => Math.Round(second, 3))]);
        Assert.Equal(0, clock.DroppedRows);
        Assert.Equal(599, clock.Slots[^1]);
        Assert.InRange(clock.RateHz, 104, 104.4);
    }

    [Fact]
    public void Jitter_of_milliseconds_hides_no_gap_and_makes_none() => Gen.Int.Positive.Sample(
        seed =>
        {
            var random = new Random(seed);
            var gapAt = random.Next(50, 350);
            var gap = random.Next(2, 15);
            double[] seconds = [.. Regular(400, 0.01).Select((second, row) =>
                Math.Round(second + (row > gapAt ? gap * 0.01 : 0) + 0.003 * random.NextDouble(), 3))];
            var clock = Fit(seconds);
            Assert.Equal(gap, clock.DroppedRows);
            Assert.Equal(399 + gap, clock.Slots[^1]);
        },
        iter: 200);

    [Fact]
    public void A_long_gap_gets_padding_but_not_its_full_length()
    {
        double[] seconds = [.. Regular(200, 0.02).Select((second, row) => second + (row >= 100 ? 3600 : 0))];
        var clock = Fit(seconds);
        Assert.Equal(50, clock.RateHz, 6);
        Assert.Equal(0, clock.DroppedRows);
        Assert.InRange(clock.Slots[^1], 199 + 11, 199 + 60);
    }

    [Fact]
    public void A_clock_set_back_ends_the_run()
    {
        double[] seconds = [.. Regular(200, 0.02).Select((second, row) => second - (row >= 100 ? 60 : 0))];
        var clock = Fit(seconds);
        Assert.Equal(1, clock.BackwardJumps);
        Assert.True(clock.Slots[100] - clock.Slots[99] > 10);
    }

    [Fact]
    public void Timestamps_in_whole_seconds_still_give_the_rate()
    {
        var clock = Fit([.. Regular(1000, 0.02).Select(second => Math.Floor(second + 1e-9))]);
        Assert.InRange(clock.RateHz, 49, 53);
        Assert.Equal(999, clock.Slots[^1]);
    }

    [Fact]
    public void Any_clock_is_found_whatever_its_logger_makes_of_it()
    {
        var clocks = int.TryParse(Environment.GetEnvironmentVariable("HAREDGE_CLOCKS"), out var many) ? many : 150;
        var first = int.TryParse(Environment.GetEnvironmentVariable("HAREDGE_CLOCKS_FROM"), out var from) ? from : 0;
        var worse = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(first, first + clocks, seed =>
        {
            var clock = RecordedClock.Create(seed);
            var found = Fit(clock.Seconds);
            var invented = found.DroppedRows - clock.Lost;
            var total = TotalSeconds(found) / (TotalRows(clock) / clock.RateHz);
            var least = (clock.Seconds.Length + clock.LostBriefly) / (double)TotalRows(clock);
            var slowest = clock.IsTold ? 1 : 1 - clock.Lost / (double)TotalRows(clock);
            if (found.RateHz / clock.RateHz is var rate && (rate < (0.995 - clock.Slack) * slowest || rate > 1.005 + clock.Slack)
                || invented > 0.01 * TotalRows(clock) || total > 1.01 + clock.Slack || total < (0.99 - clock.Slack) * least)
            {
                worse.Add($"seed {seed}: {clock.Description}: {found.RateHz:0.###} Hz, {invented} invented, {total:P2} of the time");
            }
        });

        // Where a loss and a late packet look alike a reader can be wrong: in at most four of a thousand clocks.
        Assert.True(worse.Count <= 0.004 * clocks, string.Join(Environment.NewLine, worse.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void No_timestamps_at_all_make_the_clock_fail_or_the_recording_long() => Gen.Select(Gen.Int[2, 400], Gen.Int.Positive).Sample(
        (rows, seed) =>
        {
            var random = new Random(seed);
            var scale = Math.Pow(10, random.Next(-9, 10));
            double at = 0;
            double[] stamps = [.. Enumerable.Range(0, rows).Select(_ => random.Next(6) switch
            {
                0 => at,
                1 => at -= scale * random.NextDouble(),
                2 => at += 1000 * scale * random.NextDouble(),
                3 => scale * random.Next(-5, 5),
                _ => at += scale,
            })];
            var clock = Fit(stamps);
            Assert.True(clock.DroppedRows <= SampleClock.MostLostShare / (1 - SampleClock.MostLostShare) * rows + 1);
            Assert.True(double.IsFinite(clock.RateHz) && clock.RateHz > 0);
            Assert.All(clock.Slots.Skip(1).Zip(clock.Slots), pair => Assert.True(pair.First > pair.Second));
        },
        iter: 2000);

    [Fact]
    public void The_rate_is_the_slope_of_a_regression_through_the_rows_that_are_there()
    {
        var random = new Random(5);
        int[] kept = [.. Enumerable.Range(0, 3000).Where(row => row is 0 || random.NextDouble() > 0.2)];
        double[] seconds = [.. kept.Select(row => 7.5 + row * 0.00961 + 0.001 * random.NextDouble())];
        var clock = Fit(seconds);
        Assert.Equal(kept, clock.Slots);
        (var _, var slope) = MathNet.Numerics.LinearRegression.SimpleRegression.Fit([.. kept.Select(row => (double)row)], seconds);
        Assert.InRange(clock.RateHz * slope, 0.9999, 1.0001);
    }

    [Fact]
    public void Three_rows_every_60_ms_are_50_Hz_and_none_is_missing()
    {
        foreach (var between in (double[])[0.001, 0.010])
        {
            var clock = Fit([.. Enumerable.Range(0, 500).Select(row => row / 3 * 0.06 + row % 3 * between)]);
            Assert.InRange(clock.RateHz, 49.99, 50.01);
            Assert.Equal(499, clock.Slots[^1]);
        }
    }

    [Fact]
    public void A_logger_that_skips_rows_keeps_its_own_rate()
    {
        var random = new Random(3);
        int[] kept = [.. Enumerable.Range(0, 280).Where(row => row is 0 || random.NextDouble() > 0.18)];
        double[] seconds = [.. kept.Select(row => Math.Round(row * 0.043 + 1e-6 * random.NextDouble(), 6))];
        Assert.Equal(kept, Fit(seconds).Slots);
        Assert.Equal(kept, SampleClock.Fit(seconds, 1 / 23.3).Slots);
    }

    /// <summary>Time that rows and filled slots stand for; padding of long gaps is none.</summary>
    private static double TotalSeconds(ClockFit clock) => (clock.Slots.Length + clock.DroppedRows) / clock.RateHz;

    private static int TotalRows(RecordedClock clock) => clock.Seconds.Length + clock.Lost;

    private static double[] Regular(int rows, double period) => [.. Enumerable.Range(0, rows).Select(row => row * period)];

    private static ClockFit Fit(double[] seconds) => SampleClock.Fit(seconds);
}
