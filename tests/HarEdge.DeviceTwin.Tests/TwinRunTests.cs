using HarEdge.Core;

namespace HarEdge.DeviceTwin.Tests;

public class TwinRunTests
{
    [Fact]
    public void Every_run_gives_the_windows_of_its_samples_alone()
    {
        var channels = Motions.Make(1, 4000);
        (int Start, int End)[] runs = [(0, 1000), (1010, 1137), (1200, 1328), (1500, 3987)];

        var result = TwinRun.Play(new EnergyModel(), channels, runs);

        var expected = runs.SelectMany(run => Replay(channels, run.Start, run.End)).ToList();
        Assert.Equal(expected.Count, result.Decisions.Count);
        foreach (var (wanted, got) in expected.Zip(result.Decisions))
        {
            Assert.Equal(wanted.StartSample, got.StartSample);
            Assert.Equal(wanted.Features, got.Features);
            Assert.Equal(wanted.Scores, got.Scores);
            Assert.Equal(wanted with { Features = got.Features, Scores = got.Scores, ElapsedMs = got.ElapsedMs }, got);
        }
    }

    [Fact]
    public void Hours_take_seconds()
    {
        var channels = Motions.Make(2, 50 * 3600 * 3);
        var result = TwinRun.Play(new EnergyModel(), channels, [(0, channels[0].Length)]);
        Assert.Equal((channels[0].Length - 64) / 64, result.Decisions.Count);
        Assert.InRange(result.Elapsed, TimeSpan.FromHours(3), TimeSpan.FromHours(3.01));
    }

    [Fact]
    public void Decisions_wait_less_than_four_samples_for_the_next_wake_up()
    {
        var channels = Motions.Make(3, 6400);
        var result = TwinRun.Play(new EnergyModel(), channels, [(0, channels[0].Length)]);
        var delays = result.Decisions.Select(d => d.ElapsedMs - ((d.StartSample + 128) * 20)).ToList();
        Assert.InRange(delays.Max() - delays.Min(), 0, 80);
    }

    /// <summary>The truth: one run through Pipeline alone.</summary>
    private static IEnumerable<TwinDecision> Replay(short[][] channels, int start, int end)
    {
        var pipeline = new Pipeline(new EnergyModel());
        for (var i = start; i < end; i++)
        {
            if (pipeline.Step(channels[0][i], channels[1][i], channels[2][i], channels[3][i], channels[4][i], channels[5][i]))
            {
                yield return new TwinDecision(
                    i - 127, [.. pipeline.Features], [.. pipeline.Scores], pipeline.Stage, pipeline.WindowClass, pipeline.Decision,
                    pipeline.Margin, pipeline.ConfidencePercent, 0);
            }
        }
    }
}
