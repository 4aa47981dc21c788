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

        AssertSame(runs.SelectMany(run => Replay(channels, run.Start, run.End)), result.Decisions, "runs");
    }

    [Fact]
    public void Any_runs_with_any_holes_in_any_phase_of_the_clock_give_the_windows_of_their_samples_alone()
    {
        var channels = Motions.Make(4, 6000);
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var runs = new List<(int Start, int End)>();
            for (var at = random.Next(300); at < 5500 && runs.Count < 8; at = runs[^1].End + random.Next(200))
            {
                runs.Add((at, Math.Min(6000, at + random.Next(random.Next(3) == 0 ? 2000 : 300))));
            }

            // From one microsecond to four seconds: every phase of sampling, loop and back-off.
            var options = TwinOptions.ForRecordings with { SensorIdentity = new[] { 0x68, 0x70, 0x72, 0x98 }[seed % 4] };
            var result = TwinRun.Play(
                new EnergyModel(), channels, runs, null, options, _ => TimeSpan.FromMicroseconds(random.Next(1, random.Next(2) == 0 ? 40_000 : 4_000_000)));

            AssertSame(runs.SelectMany(run => Replay(channels, run.Start, run.End)), result.Decisions, $"seed {seed}, {string.Join(' ', result.Lines.Where(l => l.StartsWith("$HE", StringComparison.Ordinal)))}");
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

    private static void AssertSame(IEnumerable<TwinDecision> expected, IReadOnlyList<TwinDecision> actual, string name)
    {
        var wanted = expected.ToList();
        Assert.True(wanted.Count == actual.Count, $"{name}: {actual.Count} windows instead of {wanted.Count}");
        foreach (var (one, other) in wanted.Zip(actual))
        {
            Assert.True(one.StartSample == other.StartSample, $"{name}: window from {other.StartSample} instead of {one.StartSample}");
            Assert.Equal(one.Features, other.Features);
            Assert.Equal(one.Scores, other.Scores);
            Assert.Equal(one with { Features = other.Features, Scores = other.Scores, ElapsedMs = other.ElapsedMs }, other);
        }
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
