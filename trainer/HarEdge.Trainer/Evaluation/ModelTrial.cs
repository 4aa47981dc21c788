using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Evaluation;

/// <summary>A model on data it need not know: what was scored, what was not, and what the model said of each. Shares are 0..1.</summary>
internal sealed record ModelTrial
{
    /// <summary>Every window by itself, on windows of one activity of the model's classes.</summary>
    public required ClassificationScores Windows { get; init; }

    /// <summary>Decisions of the temporal filter on the same windows, where the model gave one.</summary>
    public required ClassificationScores Decisions { get; init; }

    /// <summary>Of the scored windows, those the model called unknown.</summary>
    public required int UnknownOfScored { get; init; }

    /// <summary>Answers as a stream: accuracy, flicker and delay before and after the temporal filter.</summary>
    public required FilterTrial Filter { get; init; }

    /// <summary>The unknown rule on windows of the model's classes and of other activities.</summary>
    public required UnknownTrial Unknown { get; init; }

    /// <summary>Of the scored windows, how confident the model was and how often it was right, by tenths of confidence.</summary>
    public required IReadOnlyList<ConfidenceBand> Confidence { get; init; }

    /// <summary>Accuracy on the surest windows, by the share of windows answered.</summary>
    public required IReadOnlyList<CoverageAccuracy> Coverage { get; init; }

    /// <summary>The same in more steps, down to half of the windows.</summary>
    public required IReadOnlyList<CoverageAccuracy> CoverageCurve { get; init; }

    /// <summary>Every recording with its labels and answers in order of time.</summary>
    public required IReadOnlyList<AnswerTimeline> Timelines { get; init; }

    /// <summary>How well confidence separates right windows from wrong ones; see <see cref="Auroc"/>.</summary>
    public required double ConfidenceAuroc { get; init; }

    /// <summary>Windows of activities the model has no class for, by the data's name of the activity.</summary>
    public required IReadOnlyDictionary<string, OutOfClassActivity> NotScored { get; init; }

    /// <summary>Windows across a change of activity or without a label.</summary>
    public required int WindowsWithoutOneLabel { get; init; }

    /// <summary>Runs a model over data sets.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="sets">Recordings in counts of the model's ranges.</param>
    /// <param name="leastLabelShare">See <see cref="WindowLabel"/>.</param>
    /// <param name="progress">Receives the share of recordings done.</param>
    /// <param name="cancellation">Stops between recordings.</param>
    /// <exception cref="InputException">No window of the data has one of the model's classes (exit code 2).</exception>
    public static ModelTrial Of(
        FixedPointModel model,
        IReadOnlyList<DataSet> sets,
        double leastLabelShare,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var tally = new TrialTally(model, leastLabelShare);
        var all = sets.SelectMany(set => set.Recordings.Select(recording => (set, recording))).ToList();
        RefuseMissingGyroscope(model, sets);
        for (var i = 0; i < all.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("running the model", (double)i / all.Count, all[i].recording.Name));
            tally.Add(all[i].set, all[i].recording, [.. new PipelineBackend("trainer", new InterpretedClassifier(model)).Run(all[i].recording)]);
        }

        return tally.Result ?? throw new InputException(
            $"None of the data's activities ({string.Join(", ", sets.SelectMany(set => set.Classes).Distinct())}) is a class of the model "
            + $"({string.Join(", ", model.Classes)}).",
            "Say which are the same with --map OTHER=OURS.",
            2);
    }

    /// <summary>Refuses recordings without a gyroscope for a model that reads it: to such a model the zeros in their place are a wearer who never turns.</summary>
    /// <exception cref="InputException">There are some (exit code 2).</exception>
    public static void RefuseMissingGyroscope(FixedPointModel model, IReadOnlyList<DataSet> sets)
    {
        var without = sets.SelectMany(set => set.Recordings).Count(recording => !recording.HasGyroscope);
        if (model.ReadsGyroscope && without > 0)
        {
            throw new InputException(
                $"The model reads the gyroscope, and {without} of {sets.Sum(set => set.Recordings.Count)} recordings have none.",
                "Train a model for the accelerometer alone with haredge train --channels accel, or leave these recordings out with --leave-out.",
                2);
        }
    }
}

/// <summary>Windows of an activity the model was not made for.</summary>
internal sealed record OutOfClassActivity(int Windows, int CalledUnknown);

/// <summary>Windows whose stated confidence lies in [FromPercent, ToPercent].</summary>
/// <param name="FromPercent">Lowest confidence of the band.</param>
/// <param name="ToPercent">Highest.</param>
/// <param name="Windows">Windows in it.</param>
/// <param name="Right">Of these, right ones.</param>
/// <param name="MeanPercent">Mean confidence of its windows.</param>
internal sealed record ConfidenceBand(int FromPercent, int ToPercent, int Windows, int Right, double MeanPercent);

/// <summary>A recording as labelled and as answered.</summary>
/// <param name="Subject">The wearer, as "data set/subject".</param>
/// <param name="Recording">Name of the recording.</param>
/// <param name="Truth">Stretches of one label: a class of the model, or negative.</param>
/// <param name="Answers">One a window, in order of time.</param>
internal sealed record AnswerTimeline(string Subject, string Recording, IReadOnlyList<Bout> Truth, IReadOnlyList<TimedAnswer> Answers);

/// <summary>The answer of one window at its end.</summary>
/// <param name="EndSample">First sample behind the window.</param>
/// <param name="WindowClass">Best class of the window alone.</param>
/// <param name="Decision">Class after the temporal filter, or Classifier.Unknown.</param>
internal readonly record struct TimedAnswer(int EndSample, int WindowClass, int Decision);

/// <summary>Collects the windows of a <see cref="ModelTrial"/>.</summary>
internal sealed class TrialTally(FixedPointModel model, double leastLabelShare)
{
    /// <summary>Name of activities that are known to be no class and have lost their own names.</summary>
    public const string OtherActivity = "OTHER";

    // Lower ends of the confidence bands; calibrated models rarely say less than one half.
    private static readonly int[] BandStarts = [0, 50, 60, 70, 80, 90, 95];

    private readonly FilterTally filter = new(model.Signal.WindowSamples, model.Signal.HopSamples);
    private readonly List<AnswerTimeline> timelines = [];
    private readonly List<ScoredWindow> scored = [];
    private readonly List<ScoredNovelty> outOfClassInside = [];
    private readonly List<ScoredNovelty> outOfClassMostly = [];
    private readonly SortedDictionary<string, OutOfClassActivity> outOfClass = new(StringComparer.Ordinal);
    private int withoutOneLabel;

    /// <summary>The trial; null when no window could be scored.</summary>
    public ModelTrial? Result => scored.Count == 0 ? null : new ModelTrial
    {
        Windows = Scores(scored, window => window.Answer.WindowClass),
        Decisions = Scores(scored.Where(window => window.Answer.Decision != Classifier.Unknown), window => window.Answer.Decision),
        UnknownOfScored = scored.Count(window => window.Answer.Decision == Classifier.Unknown),
        Filter = filter.Result,
        Unknown = new UnknownTrial(Outcome(scored.Select(window => NoveltyOf(window.Answer))), Outcome(outOfClassInside), Outcome(outOfClassMostly)),
        Confidence = [.. Bands()],
        Coverage = CoverageAccuracy.Of(Answered, CoverageAccuracy.Coverages),
        CoverageCurve = CoverageAccuracy.Of(Answered, CoverageAccuracy.Curve),
        Timelines = timelines,
        ConfidenceAuroc = Auroc.Of(Surety(isRight: false), Surety(isRight: true)),
        NotScored = outOfClass,
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
        timelines.Add(new AnswerTimeline(
            WindowExtractor.SubjectKey(recording),
            recording.Name,
            [.. Bout.Of(labels)],
            [.. answers.Select(answer => new TimedAnswer(answer.StartSample + model.Signal.WindowSamples, answer.WindowClass, answer.Decision))]));
        foreach (var answer in answers)
        {
            var span = labels.AsSpan(answer.StartSample, model.Signal.WindowSamples);
            if (2 * span.Count(ClassUnion.OutOfClass) >= span.Length)
            {
                outOfClassMostly.Add(NoveltyOf(answer));
            }

            var label = WindowLabel.Of(span, leastLabelShare);
            if (label >= 0)
            {
                scored.Add(new ScoredWindow(label, answer, WindowExtractor.SubjectKey(recording)));
            }
            else if (label == ClassUnion.OutOfClass)
            {
                AddOutOfClass(set, recording, answer);
            }
            else
            {
                withoutOneLabel++;
            }
        }
    }

    private void AddOutOfClass(DataSet set, Recording recording, WindowAnswer answer)
    {
        // Across two out-of-class activities the longer one names the window.
        var longest = WindowLabel.Of(recording.Labels.AsSpan(answer.StartSample, model.Signal.WindowSamples), 0);
        var name = longest >= 0 ? set.Classes[longest] : OtherActivity;
        var sofar = outOfClass.GetValueOrDefault(name, new OutOfClassActivity(0, 0));
        outOfClass[name] = new OutOfClassActivity(sofar.Windows + 1, sofar.CalledUnknown + (answer.Decision == Classifier.Unknown ? 1 : 0));
        outOfClassInside.Add(NoveltyOf(answer));
    }

    private ScoredNovelty NoveltyOf(WindowAnswer answer) =>
        new(NoveltyScore.Of(model.Unknown, answer.Stage, answer.Features), answer.Decision == Classifier.Unknown);

    private static RuleOutcome Outcome(IEnumerable<ScoredNovelty> windows)
    {
        var all = windows.ToList();
        return new RuleOutcome([.. all.Select(window => window.NoveltyScore)], all.Count(window => window.IsRejected));
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

    private IEnumerable<(int ConfidencePercent, int Margin, bool IsRight)> Answered =>
        scored.Select(window => (window.Answer.ConfidencePercent, Margin(window.Answer), window.IsRight));

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
                yield return new ConfidenceBand(from, to, inside.Count, inside.Count(window => window.IsRight), Math.Round(inside.Average(window => window.Answer.ConfidencePercent), 2));
            }
        }
    }

    private readonly record struct ScoredWindow(int Label, WindowAnswer Answer, string Subject)
    {
        public bool IsRight => Label == Answer.WindowClass;
    }

    private readonly record struct ScoredNovelty(double NoveltyScore, bool IsRejected);
}

/// <summary>Finds people a model was trained on, so that nobody takes their numbers for the model's worth.</summary>
internal static class SeenBefore
{
    /// <summary>People of the data whom the manifest names as training people of the same data set, by "data set/subject".</summary>
    public static IReadOnlyList<string> People(FixedPointModel model, IReadOnlyList<DataSet> sets)
    {
        var trained = Trained(model);
        return [.. sets.SelectMany(set => set.Recordings).Select(WindowExtractor.SubjectKey).Distinct().Where(trained.Contains).Order(StringComparer.Ordinal)];
    }

    /// <summary>The data without the recordings of those people.</summary>
    /// <exception cref="InputException">Nobody is left (exit code 2).</exception>
    public static IReadOnlyList<DataSet> LeftOut(FixedPointModel model, IReadOnlyList<DataSet> sets)
    {
        var trained = Trained(model);
        List<DataSet> left =
        [
            .. sets.Select(set => set with { Recordings = [.. set.Recordings.Where(recording => !trained.Contains(WindowExtractor.SubjectKey(recording)))] }),
        ];
        return left.Any(set => set.Recordings.Count > 0) ? left : throw new InputException(
            "The model was trained on everybody in the data, so --unseen leaves nobody.", "Give recordings of other people, or score without --unseen.", 2);
    }

    private static HashSet<string> Trained(FixedPointModel model) => model.Manifest?.TrainSubjects.ToHashSet(StringComparer.Ordinal) ?? [];
}
