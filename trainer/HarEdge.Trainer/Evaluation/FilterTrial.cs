using HarEdge.Core;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Evaluation;

/// <summary>
/// The stream of answers on continuous recordings, changes of posture and pauses included: each window by itself, and the decisions
/// the device shows.
/// </summary>
/// <param name="Minutes">Time with answers.</param>
/// <param name="Changes">True changes: an activity of the model's classes after another one, whatever lies between.</param>
/// <param name="ByWindow">The best class of each window.</param>
/// <param name="Decided">Decisions after unknown rule and temporal filter.</param>
internal sealed record FilterTrial(double Minutes, int Changes, AnswerStream ByWindow, AnswerStream Decided)
{
    /// <summary>True changes of activity a minute.</summary>
    public double ChangesPerMinute => Changes / Minutes;

    /// <summary>Named changes a minute, window by window.</summary>
    public double WindowChangesPerMinute => ByWindow.Changes / Minutes;

    /// <summary>Named changes a minute, as decided.</summary>
    public double DecidedChangesPerMinute => Decided.Changes / Minutes;

    /// <summary>Seconds by which filter and unknown rule delay the first right answer after a change, on average.</summary>
    public double AddedDelaySeconds => Decided.MeanDelaySeconds - ByWindow.MeanDelaySeconds;
}

/// <summary>One stream of answers.</summary>
/// <param name="Windows">Windows that lie in one of the model's activities.</param>
/// <param name="Right">Of those, answered right; "unknown" is not right.</param>
/// <param name="Changes">From one named activity to another; "unknown" in between is no change.</param>
/// <param name="MeanDelaySeconds">
/// From the start of an activity to the end of the first window that says so, over all true changes; an activity never recognised
/// counts its whole length. NaN without changes.
/// </param>
/// <param name="Missed">True changes whose activity was never recognised.</param>
internal sealed record AnswerStream(int Windows, int Right, int Changes, double MeanDelaySeconds, int Missed)
{
    /// <summary>Share of windows right.</summary>
    public double Accuracy => Windows == 0 ? double.NaN : (double)Right / Windows;
}

/// <summary>Collects a <see cref="FilterTrial"/>, one recording after another.</summary>
/// <param name="windowSamples">Samples in a window.</param>
/// <param name="hopSamples">Samples between windows.</param>
internal sealed class FilterTally(int windowSamples, int hopSamples)
{
    private readonly StreamTally byWindow = new();
    private readonly StreamTally decided = new();
    private long samples;
    private int changes;

    /// <summary>The trial so far.</summary>
    public FilterTrial Result => new((double)samples / SensorScale.SampleRateHz / 60, changes, byWindow.Result, decided.Result);

    /// <summary>Takes in a recording.</summary>
    /// <param name="labels">A label a sample: a class of the model, or negative.</param>
    /// <param name="answers">The model's answers in order of time.</param>
    /// <param name="leastLabelShare">See <see cref="WindowLabel"/>.</param>
    public void Add(short[] labels, IReadOnlyList<WindowAnswer> answers, double leastLabelShare)
    {
        samples += (long)answers.Count * hopSamples;
        byWindow.Restart();
        decided.Restart();
        foreach (var answer in answers)
        {
            var label = WindowLabel.Of(labels.AsSpan(answer.StartSample, windowSamples), leastLabelShare);
            byWindow.Add(label, answer.WindowClass);
            decided.Add(label, answer.Decision);
        }

        short last = -1;
        foreach (var bout in Bout.Of(labels).Where(bout => bout.Label >= 0))
        {
            var changed = last >= 0 && bout.Label != last;
            last = bout.Label;
            List<WindowAnswer> during = changed ? [.. answers.Where(answer => End(answer) > bout.Start && End(answer) <= bout.End)] : [];
            if (during.Count > 0)
            {
                changes++;
                byWindow.AddChange(bout, during.Find(answer => answer.WindowClass == bout.Label) is { } first ? End(first) : null);
                decided.AddChange(bout, during.Find(answer => answer.Decision == bout.Label) is { } decision ? End(decision) : null);
            }
        }
    }

    private int End(WindowAnswer answer) => answer.StartSample + windowSamples;

    private sealed class StreamTally
    {
        private int windows;
        private int right;
        private int named;
        private int last = Classifier.Unknown;
        private long delaySamples;
        private int found;
        private int missed;

        public AnswerStream Result => new(
            windows, right, named, found + missed == 0 ? double.NaN : (double)delaySamples / SensorScale.SampleRateHz / (found + missed), missed);

        public void Restart() => last = Classifier.Unknown;

        public void Add(int label, int answer)
        {
            if (label >= 0)
            {
                windows++;
                right += label == answer ? 1 : 0;
            }

            if (answer != Classifier.Unknown)
            {
                named += last != Classifier.Unknown && last != answer ? 1 : 0;
                last = answer;
            }
        }

        public void AddChange(Bout bout, int? recognisedAt)
        {
            delaySamples += (recognisedAt ?? bout.End) - bout.Start;
            found += recognisedAt is null ? 0 : 1;
            missed += recognisedAt is null ? 1 : 0;
        }
    }
}
