using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation.Continuous;
using HarEdge.Trainer.Evaluation.Unknown;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Evaluation;

/// <summary>Collects the windows of a <see cref="ModelTrial"/>.</summary>
internal sealed class TrialTally(FixedPointModel model, double leastLabelShare)
{
    /// <summary>Name of activities that are known to be no class and have lost their own names.</summary>
    public const string OtherActivity = "OTHER";

    // Lower ends of the confidence bands; calibrated models rarely say less than one half.
    private static readonly int[] BandStarts = [0, 50, 60, 70, 80, 90, 95];

    private readonly FilterTally filter = new(model.Signal.WindowSamples, model.Signal.HopSamples);
    private readonly List<ScoredWindow> scored = [];
    private readonly List<StrangeWindow> foreignInside = [];
    private readonly List<StrangeWindow> foreignMostly = [];
    private readonly SortedDictionary<string, ForeignActivity> foreign = new(StringComparer.Ordinal);
    private int withoutOneLabel;

    /// <summary>The trial; null when no window could be scored.</summary>
    public ModelTrial? Result => scored.Count == 0 ? null : new ModelTrial
    {
        Windows = Scores(scored, window => window.Answer.WindowClass),
        Decisions = Scores(scored.Where(window => window.Answer.Decision != Classifier.Unknown), window => window.Answer.Decision),
        UnknownOfScored = scored.Count(window => window.Answer.Decision == Classifier.Unknown),
        Filter = filter.Result,
        Unknown = new UnknownTrial(Outcome(scored.Select(window => Strange(window.Answer))), Outcome(foreignInside), Outcome(foreignMostly)),
        Confidence = [.. Bands()],
        Coverage = CoverageAccuracy.Of(scored.Select(window => (window.Answer.ConfidencePercent, Margin(window.Answer), window.IsRight))),
        ConfidenceAuroc = Auroc.Of(Surety(isRight: false), Surety(isRight: true)),
        NotScored = foreign,
        WindowsWithoutOneLabel = withoutOneLabel,
    };

    /// <summary>Takes in one recording.</summary>
    /// <param name="set">Its data set; labels index the set's classes.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="answers">The model's answers in order of time.</param>
    public void Add(DataSet set, Recording recording, IReadOnlyList<WindowAnswer> answers)
    {
        var labels = ClassUnion.Relabel(recording, set.Classes, model.Classes).Labels;
        filter.Add(labels, answers, leastLabelShare);
        foreach (var answer in answers)
        {
            var span = labels.AsSpan(answer.StartSample, model.Signal.WindowSamples);
            if (2 * span.Count(ClassUnion.Foreign) >= span.Length)
            {
                foreignMostly.Add(Strange(answer));
            }

            var label = WindowLabel.Of(span, leastLabelShare);
            if (label >= 0)
            {
                scored.Add(new ScoredWindow(label, answer, WindowExtractor.SubjectKey(recording)));
            }
            else if (label == ClassUnion.Foreign)
            {
                AddForeign(set, recording, answer);
            }
            else
            {
                withoutOneLabel++;
            }
        }
    }

    private void AddForeign(DataSet set, Recording recording, WindowAnswer answer)
    {
        // Across two foreign activities the longer one names the window.
        var longest = WindowLabel.Of(recording.Labels.AsSpan(answer.StartSample, model.Signal.WindowSamples), 0);
        var name = longest >= 0 ? set.Classes[longest] : OtherActivity;
        var sofar = foreign.GetValueOrDefault(name, new ForeignActivity(0, 0));
        foreign[name] = new ForeignActivity(sofar.Windows + 1, sofar.CalledUnknown + (answer.Decision == Classifier.Unknown ? 1 : 0));
        foreignInside.Add(Strange(answer));
    }

    private StrangeWindow Strange(WindowAnswer answer) =>
        new(Strangeness.Of(model.Unknown, answer.Stage, answer.Features), answer.Decision == Classifier.Unknown);

    private static RuleOutcome Outcome(IEnumerable<StrangeWindow> windows)
    {
        var all = windows.ToList();
        return new RuleOutcome([.. all.Select(window => window.Strangeness)], all.Count(window => window.IsRejected));
    }

    private ClassificationScores Scores(IEnumerable<ScoredWindow> windows, Func<ScoredWindow, int> prediction)
    {
        var all = windows.ToList();
        return ClassificationScores.Of(
            model.Classes, [.. all.Select(window => window.Label)], [.. all.Select(prediction)], [.. all.Select(window => window.Subject)]);
    }

    // Confidence first, margins within the same confidence.
    private List<double> Surety(bool isRight) =>
        [.. scored.Where(window => window.IsRight == isRight).Select(window => window.Answer.ConfidencePercent + (Margin(window.Answer) / (1.0 + (1L << 31))))];

    private static int Margin(WindowAnswer answer) => ArgMax.Margin(answer.Scores, answer.WindowClass);

    private IEnumerable<ConfidenceBand> Bands()
    {
        for (var band = 0; band < BandStarts.Length; band++)
        {
            var from = BandStarts[band];
            var to = band + 1 < BandStarts.Length ? BandStarts[band + 1] - 1 : 100;
            var inside = scored.Where(window => window.Answer.ConfidencePercent >= from && window.Answer.ConfidencePercent <= to).ToList();
            if (inside.Count > 0)
            {
                yield return new ConfidenceBand(from, to, inside.Count, inside.Count(window => window.IsRight));
            }
        }
    }

    private readonly record struct ScoredWindow(int Label, WindowAnswer Answer, string Subject)
    {
        public bool IsRight => Label == Answer.WindowClass;
    }

    private readonly record struct StrangeWindow(double Strangeness, bool IsRejected);
}
