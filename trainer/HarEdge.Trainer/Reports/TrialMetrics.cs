using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Reports;

/// <summary>What <c>haredge evaluate --json</c> prints. Shares are 0..1, null where nothing was measured.</summary>
internal sealed record TrialMetrics
{
    /// <summary>As in metrics.json.</summary>
    public int FormatVersion { get; init; } = TrainingMetrics.CurrentFormat;

    /// <summary>Version of HarEdge.</summary>
    public string ToolVersion { get; init; } = Page.ToolVersion.Number;

    /// <summary>SHA-256 of the recordings as read, one a data set.</summary>
    public required IReadOnlyList<string> DataSha256 { get; init; }

    /// <summary>Content hash of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Names of the data sets scored on, joined by '+'.</summary>
    public required string Dataset { get; init; }

    /// <summary>True when any of the data was generated.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>Class names, in the order of the confusion matrix.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Each window by itself.</summary>
    public required ScoreMetrics Windows { get; init; }

    /// <summary>Decisions after the filter, where the model gave one.</summary>
    public required ScoreMetrics Decisions { get; init; }

    /// <summary>Rows are labels, columns predictions of windows by themselves.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Windows by person.</summary>
    public required IReadOnlyDictionary<string, SubjectMetrics> PerSubject { get; init; }

    /// <summary>By class.</summary>
    public required IReadOnlyDictionary<string, ClassMetrics> PerClass { get; init; }

    /// <summary>Scored windows the model called unknown.</summary>
    public required int UnknownOfScored { get; init; }

    /// <summary>Answers as a stream, before and after the temporal filter.</summary>
    public required StreamMetrics Continuous { get; init; }

    /// <summary>The unknown rule.</summary>
    public required UnknownMetrics Unknown { get; init; }

    /// <summary>Accuracy on the surest windows.</summary>
    public required IReadOnlyList<CoverageMetrics> Coverage { get; init; }

    /// <summary>The same in more steps.</summary>
    public required IReadOnlyList<CoverageMetrics> CoverageCurve { get; init; }

    /// <summary>How well confidence separates right windows from wrong ones.</summary>
    public required double? ConfidenceAuroc { get; init; }

    /// <summary>Stated confidence against the truth.</summary>
    public required IReadOnlyList<ConfidenceBand> Confidence { get; init; }

    /// <summary>Mean over windows of how far a band's accuracy is from its mean confidence, 0..1.</summary>
    public required double? CalibrationError { get; init; }

    /// <summary>Activities without a class.</summary>
    public required IReadOnlyDictionary<string, OutOfClassActivity> NotScored { get; init; }

    /// <summary>Windows across a change of activity or without a label.</summary>
    public required int WindowsWithoutOneLabel { get; init; }

    /// <summary>The numbers of a trial.</summary>
    public static TrialMetrics Of(FixedPointModel model, IReadOnlyList<DataSet> sets, ModelTrial trial) => new()
    {
        DataSha256 = [.. sets.Select(set => DataManifest.Of(set).ContentSha256)],
        ModelId = model.Id,
        Dataset = DataSet.NameOf(sets),
        Synthetic = DataSet.IsAnySynthetic(sets),
        Classes = trial.Windows.Classes,
        Windows = ScoreMetrics.Of(trial.Windows),
        Decisions = ScoreMetrics.Of(trial.Decisions),
        Confusion = trial.Windows.Confusion,
        PerSubject = SubjectMetrics.Of(trial.Windows, model.Signal),
        PerClass = ClassMetrics.Of(trial.Windows),
        UnknownOfScored = trial.UnknownOfScored,
        Continuous = StreamMetrics.Of(trial.Filter),
        Unknown = UnknownMetrics.Of(trial.Unknown),
        Coverage = CoverageMetrics.Of(trial.Coverage),
        CoverageCurve = CoverageMetrics.Of(trial.CoverageCurve),
        ConfidenceAuroc = ScoreMetrics.Share(trial.ConfidenceAuroc),
        CalibrationError = ScoreMetrics.CalibrationErrorOf(trial.Confidence),
        Confidence = trial.Confidence,
        NotScored = trial.NotScored,
        WindowsWithoutOneLabel = trial.WindowsWithoutOneLabel,
    };
}

/// <summary>Scores on a set of windows, as JSON files carry them: shares 0..1, null where nothing was measured.</summary>
/// <param name="Accuracy">Share of windows right.</param>
/// <param name="MacroF1">Mean F1 over the classes that occur.</param>
/// <param name="Windows">Windows scored.</param>
/// <param name="Low">Lower end of the accuracy's 95 % interval, people drawn with replacement; null for one person.</param>
/// <param name="High">Upper end.</param>
internal sealed record ScoreMetrics(double? Accuracy, double? MacroF1, int Windows, double? Low = null, double? High = null)
{
    /// <summary>Seed of the draws of every interval.</summary>
    public const int IntervalSeed = 1;

    /// <summary>The scores without the confusion matrix.</summary>
    public static ScoreMetrics Of(ClassificationScores scores)
    {
        var people = scores.PerSubject.OrderBy(person => person.Key, StringComparer.Ordinal).Select(person => person.Value).ToList();
        var interval = BootstrapInterval.OfAccuracy(people, IntervalSeed);
        return new ScoreMetrics(Share(scores.Accuracy), Share(scores.MacroF1), scores.Windows, Share(interval.Low), Share(interval.High));
    }

    // Six decimals are beyond what any number of windows here can tell apart; JSON has no NaN.
    internal static double? Share(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;

    /// <summary>Expected calibration error over bands of confidence, 0..1; null without windows.</summary>
    internal static double? CalibrationErrorOf(IReadOnlyList<ConfidenceBand> bands) => bands.Count == 0
        ? null
        : Share(bands.Sum(band => Math.Abs(band.Right - (band.Windows * band.MeanPercent / 100))) / bands.Sum(band => band.Windows));
}

/// <summary>One class.</summary>
/// <param name="Windows">Windows labelled so.</param>
/// <param name="Recall">Share of them predicted so.</param>
/// <param name="Precision">Share of the windows predicted so that are labelled so.</param>
/// <param name="F1">Harmonic mean of both.</param>
internal sealed record ClassMetrics(int Windows, double? Recall, double? Precision, double? F1)
{
    /// <summary>Every class of the scores, by name.</summary>
    public static IReadOnlyDictionary<string, ClassMetrics> Of(ClassificationScores scores) => Enumerable.Range(0, scores.Classes.Count).ToDictionary(
        c => scores.Classes[c],
        c =>
        {
            double right = scores.Confusion[c][c];
            var labelled = scores.Confusion[c].Sum();
            return new ClassMetrics(
                labelled, ScoreMetrics.Share(right / labelled), ScoreMetrics.Share(right / scores.Confusion.Sum(row => row[c])), ScoreMetrics.Share(scores.F1(c)));
        });
}

/// <summary>One person's windows.</summary>
/// <param name="Windows">Windows scored.</param>
/// <param name="Right">Of these, right ones.</param>
/// <param name="Accuracy">Share right.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
internal sealed record SubjectMetrics(int Windows, int Right, double? Accuracy, double? Low = null, double? High = null)
{
    // Of the standard normal distribution, two-sided 95 %.
    private const double Z = 1.96;

    /// <summary>Every person of the scores, by "data set/subject".</summary>
    /// <param name="scores">Counts of windows.</param>
    /// <param name="signal">Window and hop: windows that overlap are not independent.</param>
    public static IReadOnlyDictionary<string, SubjectMetrics> Of(ClassificationScores scores, SignalSettings signal) =>
        Of(scores, (double)signal.HopSamples / signal.WindowSamples);

    /// <summary>The same, of windows or rows.</summary>
    /// <param name="scores">Counts of them.</param>
    /// <param name="independentShare">Hop over window; 1 where they do not overlap.</param>
    public static IReadOnlyDictionary<string, SubjectMetrics> Of(ClassificationScores scores, double independentShare) =>
        scores.PerSubject.ToDictionary(subject => subject.Key, subject => Of(subject.Value, independentShare));

    // Wilson's score interval (1927), of as many windows as lie side by side in the same time.
    private static SubjectMetrics Of(SubjectScore score, double independentShare)
    {
        var windows = Math.Max(1, score.Windows * Math.Min(1, independentShare));
        var spread = Z * Z / windows;
        var center = (score.Accuracy + (spread / 2)) / (1 + spread);
        var half = Math.Sqrt((score.Accuracy * (1 - score.Accuracy) * spread) + (spread * spread / 4)) / (1 + spread);
        return new SubjectMetrics(
            score.Windows, score.Right, ScoreMetrics.Share(score.Accuracy), ScoreMetrics.Share(Math.Max(0, center - half)), ScoreMetrics.Share(Math.Min(1, center + half)));
    }
}

/// <summary>The answers on continuous recordings, as JSON files carry them.</summary>
/// <param name="Minutes">Time with answers.</param>
/// <param name="TrueChangesPerMinute">Changes of activity a minute.</param>
/// <param name="ByWindow">Each window by itself.</param>
/// <param name="Decided">After unknown rule and temporal filter.</param>
/// <param name="AddedDelaySeconds">By which the latter answers later after a change.</param>
internal sealed record StreamMetrics(
    double Minutes, double? TrueChangesPerMinute, AnswerMetrics ByWindow, AnswerMetrics Decided, double? AddedDelaySeconds)
{
    /// <summary>The numbers of a trial.</summary>
    public static StreamMetrics Of(FilterTrial trial) => new(
        Math.Round(trial.Minutes, 3),
        ScoreMetrics.Share(trial.ChangesPerMinute),
        AnswerMetrics.Of(trial.ByWindow, trial.WindowChangesPerMinute),
        AnswerMetrics.Of(trial.Decided, trial.DecidedChangesPerMinute),
        ScoreMetrics.Share(trial.AddedDelaySeconds));
}

/// <summary>One stream of answers; "unknown" counts as wrong and as no change.</summary>
internal sealed record AnswerMetrics(double? Accuracy, double? ChangesPerMinute, double? DelaySeconds, int MissedChanges)
{
    internal static AnswerMetrics Of(AnswerStream stream, double changesPerMinute) => new(
        ScoreMetrics.Share(stream.Accuracy), ScoreMetrics.Share(changesPerMinute), ScoreMetrics.Share(stream.MeanDelaySeconds), stream.Missed);
}

/// <summary>The unknown rule, as JSON files carry it: shares 0..1, null where there were no such windows.</summary>
/// <param name="KnownWindows">Windows of the model's classes.</param>
/// <param name="KnownRejected">Share of them called unknown.</param>
/// <param name="OutOfClassWindows">Windows wholly inside another activity.</param>
/// <param name="OutOfClassRejected">Share of them called unknown.</param>
/// <param name="OutOfClassAuroc">How well the rule's features separate the two.</param>
/// <param name="OutOfClassRejectedAtTwoPercent">Share of them beyond the threshold that rejects 2 % of these known windows.</param>
/// <param name="MostlyOutOfClassWindows">Windows at least half in another activity.</param>
/// <param name="MostlyOutOfClassRejected">Share of them called unknown.</param>
/// <param name="MostlyOutOfClassAuroc">How well the rule's features tell them from known ones.</param>
internal sealed record UnknownMetrics(
    int KnownWindows,
    double? KnownRejected,
    int OutOfClassWindows,
    double? OutOfClassRejected,
    double? OutOfClassAuroc,
    double? OutOfClassRejectedAtTwoPercent,
    int MostlyOutOfClassWindows,
    double? MostlyOutOfClassRejected,
    double? MostlyOutOfClassAuroc)
{
    /// <summary>The numbers of a trial.</summary>
    public static UnknownMetrics Of(UnknownTrial trial) => new(
        trial.Known.Windows,
        ScoreMetrics.Share(trial.Known.RejectedShare),
        trial.Inside.Windows,
        ScoreMetrics.Share(trial.Inside.RejectedShare),
        ScoreMetrics.Share(trial.AurocInside),
        ScoreMetrics.Share(trial.InsideAtAllowedShare),
        trial.Mostly.Windows,
        ScoreMetrics.Share(trial.Mostly.RejectedShare),
        ScoreMetrics.Share(trial.AurocMostly));
}

/// <summary>Accuracy on the surest windows.</summary>
internal sealed record CoverageMetrics(double Coverage, int LeastConfidencePercent, int Windows, double? Accuracy)
{
    /// <summary>The numbers of a trial.</summary>
    public static IReadOnlyList<CoverageMetrics> Of(IEnumerable<CoverageAccuracy> rows) =>
        [.. rows.Select(row => new CoverageMetrics(row.Coverage, row.LeastConfidencePercent, row.Windows, ScoreMetrics.Share(row.Accuracy)))];
}
