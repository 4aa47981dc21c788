using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Evaluation.Robustness;

/// <summary>A sensor whose clock runs fast or slow: the same motion in more or fewer samples, which everybody takes for 50 a second.</summary>
internal static class RateError
{
    /// <summary>A clock that is off.</summary>
    /// <param name="percent">Above 0: too many samples.</param>
    public static Disturbance Of(int percent) => new(
        "sample rate",
        percent < 0 ? $"−{-percent} %" : $"+{percent} %",
        (recording, _, _) => Resampled(recording, 1 + (percent / 100.0)));

    private static Recording Resampled(Recording recording, double samplesPerSample)
    {
        var runs = recording.Runs.Select(run => new Run((int)Math.Ceiling(run.Start * samplesPerSample), (int)Math.Floor((run.End - 1) * samplesPerSample) + 1)).ToList();
        var count = runs.Count == 0 ? 0 : runs[^1].End;
        var labels = Enumerable.Repeat((short)-1, count).ToArray();
        var channels = recording.Channels.Select(_ => new short[count]).ToArray();
        for (var r = 0; r < runs.Count; r++)
        {
            for (var i = runs[r].Start; i < runs[r].End; i++)
            {
                var at = i / samplesPerSample;
                labels[i] = recording.Labels[Math.Min((int)Math.Round(at), recording.Runs[r].End - 1)];
                for (var c = 0; c < channels.Length; c++)
                {
                    channels[c][i] = Counts.Of(Cubic(recording.Channels[c], recording.Runs[r], at));
                }
            }
        }

        return recording with { Channels = channels, Labels = labels, Runs = runs };
    }

    // Catmull and Rom's spline through the four nearest samples; at the ends the outermost sample stands for those beyond.
    private static double Cubic(short[] data, Run run, double at)
    {
        var i = (int)at;
        var t = at - i;
        double P(int k) => data[Math.Clamp(k, run.Start, run.End - 1)];
        var (a, b, c, d) = (P(i - 1), P(i), P(i + 1), P(i + 2));
        return b + (0.5 * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
    }
}
