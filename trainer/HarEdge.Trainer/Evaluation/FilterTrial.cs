using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
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

/// <summary>
/// What the unknown rule does: windows of the model's classes should pass, windows of other activities should not. Shares are 0..1,
/// NaN where there are no such windows.
/// </summary>
/// <param name="Known">Windows of the model's classes.</param>
/// <param name="Inside">Windows wholly inside another activity.</param>
/// <param name="Mostly">Windows at least half in another activity, the former included.</param>
internal sealed record UnknownTrial(RuleOutcome Known, RuleOutcome Inside, RuleOutcome Mostly)
{
    /// <summary>The share of known windows that a rule may reject where rules are compared.</summary>
    public const double AllowedShare = 0.02;

    /// <summary>How well the rule's features order windows wholly inside another activity above known ones.</summary>
    public double AurocInside => Auroc.Of(Known.NoveltyScore, Inside.NoveltyScore);

    /// <summary>The same for windows at least half in another activity.</summary>
    public double AurocMostly => Auroc.Of(Known.NoveltyScore, Mostly.NoveltyScore);

    /// <summary>
    /// Share of the windows wholly inside another activity that are further out than all but <see cref="AllowedShare"/> of these known
    /// windows. The threshold is looked up in the scored data itself: what the features could do, not what the device does.
    /// </summary>
    public double InsideAtAllowedShare
    {
        get
        {
            if (Known.Windows == 0 || Inside.Windows == 0)
            {
                return double.NaN;
            }

            var threshold = Known.NoveltyScore.OrderDescending().ElementAt((int)(Known.Windows * AllowedShare));
            return (double)Inside.NoveltyScore.Count(value => value > threshold) / Inside.Windows;
        }
    }
}

/// <summary>Windows of one kind before the unknown rule.</summary>
/// <param name="NoveltyScore">One number a window, see the class NoveltyScore.</param>
/// <param name="Rejected">Windows the rule called unknown.</param>
internal sealed record RuleOutcome(IReadOnlyList<double> NoveltyScore, int Rejected)
{
    /// <summary>Number of windows.</summary>
    public int Windows => NoveltyScore.Count;

    /// <summary>Share the rule called unknown.</summary>
    public double RejectedShare => Windows == 0 ? double.NaN : (double)Rejected / Windows;
}

/// <summary>How far a window is beyond the limits of a model's unknown rule, as one number: 0 is on a limit, above 0 beyond one.</summary>
internal static class NoveltyScore
{
    /// <summary>The largest excess over any limit of the window's stage, in sizes of that limit; −∞ when no limit is the stage's.</summary>
    /// <param name="rule">A model's rule.</param>
    /// <param name="stage">The stage the gate chose.</param>
    /// <param name="features">The window's features, by the model's own numbering.</param>
    public static double Of(UnknownRule rule, int stage, IReadOnlyList<int> features) => rule.Limits
        .Where(limit => limit.Stage is null || limit.Stage == stage)
        .Select(limit => Math.Max(Excess(features[limit.Feature], limit.Highest, 1), Excess(features[limit.Feature], limit.Lowest, -1)))
        .DefaultIfEmpty(double.NegativeInfinity)
        .Max();

    // In sizes of the limit, so that energies and angles can be compared.
    private static double Excess(int value, int? limit, int direction) =>
        limit is { } end ? direction * ((double)value - end) / Math.Max(1, Math.Abs((double)end)) : double.NegativeInfinity;
}

/// <summary>Accuracy when the model keeps silent on the windows it is least sure of.</summary>
/// <param name="Coverage">Share of windows answered, 0..1.</param>
/// <param name="LeastConfidencePercent">Lowest stated confidence among them.</param>
/// <param name="Windows">Windows answered.</param>
/// <param name="Right">Of those, right ones.</param>
internal sealed record CoverageAccuracy(double Coverage, int LeastConfidencePercent, int Windows, int Right)
{
    /// <summary>The shares tables show.</summary>
    public static IReadOnlyList<double> Coverages { get; } = [1, 0.98, 0.95, 0.90];

    /// <summary>The shares figures show.</summary>
    public static IReadOnlyList<double> Curve { get; } = [1, 0.99, 0.98, 0.97, 0.96, 0.95, 0.925, 0.9, 0.875, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5];

    /// <summary>Share of the answered windows that are right.</summary>
    public double Accuracy => (double)Right / Windows;

    /// <summary>One row for each coverage.</summary>
    /// <param name="answers">For each window the stated confidence, the margin, which orders windows of equal confidence, and whether it was right.</param>
    /// <param name="coverages">Shares of windows answered.</param>
    public static IReadOnlyList<CoverageAccuracy> Of(
        IEnumerable<(int ConfidencePercent, int Margin, bool IsRight)> answers, IReadOnlyList<double> coverages)
    {
        var surestFirst = answers.OrderByDescending(answer => answer.ConfidencePercent).ThenByDescending(answer => answer.Margin).ToList();
        return surestFirst.Count == 0 ? [] :
        [
            .. coverages.Select(coverage =>
            {
                var answered = surestFirst.Take(Math.Max(1, (int)Math.Round(coverage * surestFirst.Count))).ToList();
                return new CoverageAccuracy(coverage, answered[^1].ConfidencePercent, answered.Count, answered.Count(answer => answer.IsRight));
            }),
        ];
    }
}
