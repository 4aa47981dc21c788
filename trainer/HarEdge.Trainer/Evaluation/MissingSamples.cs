using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Evaluation;

/// <summary>What takes the place of a lost sample.</summary>
internal enum Filling
{
    /// <summary>A straight line between its neighbors.</summary>
    Interpolated,

    /// <summary>The sample before.</summary>
    Held,

    /// <summary>Nothing: the next sample follows at once, so that time is compressed.</summary>
    Dropped,
}

/// <summary>Samples that never arrive, all six channels at once.</summary>
internal static class MissingSamples
{
    /// <summary>Each sample is lost with the same probability.</summary>
    public static Disturbance Singly(int percent, Filling filling) => new(
        "missing samples", $"{percent} % at random, {Word(filling)}", (recording, _, random) => Filled(recording, Lost(recording, percent / 100.0, 1, random), filling));

    /// <summary>Bursts of a length, so many that a tenth of all samples is lost.</summary>
    public static Disturbance InBursts(int milliseconds, Filling filling) => new(
        "missing bursts",
        $"{milliseconds} ms, 10 % of the time, {Word(filling)}",
        (recording, _, random) => Filled(recording, Lost(recording, 0.1, milliseconds * Core.SensorScale.SampleRateHz / 1000, random), filling));

    private static string Word(Filling filling) => filling.ToString().ToLowerInvariant();

    // A burst starts at each sample that is there with the probability that makes the lost share as wanted.
    private static bool[] Lost(Recording recording, double share, int burstSamples, Random random)
    {
        var lost = new bool[recording.SampleCount];
        var start = share / (burstSamples * (1 - share));
        foreach (var run in recording.Runs)
        {
            // The first and the last sample of a run stay, so that there is always something to fill from.
            for (var i = run.Start + 1; i < run.End - 1; i++)
            {
                // For single samples every sample is drawn for itself.
                var burst = burstSamples == 1 ? random.NextDouble() < share : random.NextDouble() < start;
                for (var end = Math.Min(i + burstSamples, run.End - 1); burst && i < end; i++)
                {
                    lost[i] = true;
                }

                i -= burst ? 1 : 0;
            }
        }

        return lost;
    }

    private static Recording Filled(Recording recording, bool[] lost, Filling filling) =>
        filling == Filling.Dropped ? Dropped(recording, lost) : recording with { Channels = [.. recording.Channels.Select(channel => Filled(channel, recording.Runs, lost, filling))] };

    private static short[] Filled(short[] channel, IReadOnlyList<Run> runs, bool[] lost, Filling filling)
    {
        var filled = (short[])channel.Clone();
        foreach (var run in runs)
        {
            var before = run.Start;
            for (var i = run.Start + 1; i < run.End; i++)
            {
                if (lost[i])
                {
                    filled[i] = channel[before];
                    continue;
                }

                for (var k = before + 1; k < i && filling == Filling.Interpolated; k++)
                {
                    filled[k] = Counts.Of(channel[before] + ((double)(channel[i] - channel[before]) * (k - before) / (i - before)));
                }

                before = i;
            }
        }

        return filled;
    }

    private static Recording Dropped(Recording recording, bool[] lost)
    {
        var kept = recording.Runs.Select(run => Enumerable.Range(run.Start, run.Length).Where(i => !lost[i]).ToArray()).ToList();
        int[] all = [.. kept.SelectMany(run => run)];
        var runs = new List<Run>();
        foreach (var run in kept)
        {
            var start = runs.Count == 0 ? 0 : runs[^1].End;
            runs.Add(new Run(start, start + run.Length));
        }

        return recording with
        {
            Channels = [.. recording.Channels.Select(channel => Array.ConvertAll(all, i => channel[i]))],
            Labels = Array.ConvertAll(all, i => recording.Labels[i]),
            Runs = runs,
        };
    }
}
