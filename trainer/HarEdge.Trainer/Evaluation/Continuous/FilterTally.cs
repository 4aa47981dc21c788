using HarEdge.Core;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Evaluation.Continuous;

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
