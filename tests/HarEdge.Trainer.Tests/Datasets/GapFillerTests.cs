using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Tests.Datasets;

public class GapFillerTests
{
    [Fact]
    public void A_short_gap_becomes_a_straight_line()
    {
        var signal = Signal(20);
        signal.Values[0][4] = 1;
        signal.Values[0][5] = double.NaN;
        signal.Values[0][6] = double.NaN;
        signal.Values[0][7] = 4;
        var tally = new ImportTally();
        Assert.Equal([new Run(0, 20)], GapFiller.Fill(signal, tally));
        Assert.Equal(2, signal.Values[0][5], 12);
        Assert.Equal(3, signal.Values[0][6], 12);
        Assert.Equal(2, tally.SamplesInterpolated);
    }

    [Fact]
    public void A_slot_without_a_row_takes_the_nearer_label()
    {
        var signal = Signal(10);
        Array.Fill(signal.Labels, (short)3, 0, 4);
        Array.Fill(signal.Labels, RawSignal.NoRow, 4, 3);
        Array.Fill(signal.Labels, (short)5, 7, 3);
        for (var slot = 4; slot < 7; slot++)
        {
            signal.Values[2][slot] = double.NaN;
        }

        GapFiller.Fill(signal, new ImportTally());
        Assert.Equal([3, 3, 3, 3, 3, 3, 5, 5, 5, 5], signal.Labels);
    }

    [Fact]
    public void Every_row_is_in_a_run_or_counted_as_outside() =>
        Gen.Select(Gen.Int[1, 80], Gen.Int[1, 12], Gen.Int.Positive).Sample((slots, period, seed) =>
        {
            var signal = Signal(slots);
            var random = new Random(seed);
            for (var slot = 0; slot < slots; slot++)
            {
                if (random.Next(period) > 0)
                {
                    signal.Values[random.Next(6)][slot] = double.NaN;
                }
            }

            var tally = new ImportTally();
            var runs = GapFiller.Fill(signal, tally);
            Assert.Equal(slots, runs.Sum(run => run.Length) + tally.RowsOutsideRuns);
            Assert.All(runs, run => Assert.All(signal.Values, channel =>
                Assert.DoesNotContain(double.NaN, channel[run.Start..run.End])));
        });

    private static RawSignal Signal(int slots) => new()
    {
        Name = "a",
        Subject = "b",
        RateHz = 50,
        Units = new FileUnits(AccelUnit.G, GyroUnit.DegreesPerSecond, new SensorRange(4, 500)),
        Origin = new RecordingOrigin { FileName = "a" },
        Values = [.. Enumerable.Range(0, 6).Select(_ => new double[slots])],
        Labels = new short[slots],
    };
}
