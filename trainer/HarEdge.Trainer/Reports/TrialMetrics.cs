using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Reports;

/// <summary>What <c>haredge evaluate --json</c> prints. Shares are 0..1, null where nothing was measured.</summary>
internal sealed record TrialMetrics
{
    /// <summary>Content hash of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Data sets scored on.</summary>
    public required string Dataset { get; init; }

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

    /// <summary>Scored windows the model called unknown.</summary>
    public required int UnknownOfScored { get; init; }

    /// <summary>Answers as a stream, before and after the temporal filter.</summary>
    public required StreamMetrics Continuous { get; init; }

    /// <summary>The unknown rule.</summary>
    public required UnknownMetrics Unknown { get; init; }

    /// <summary>Accuracy on the surest windows.</summary>
    public required IReadOnlyList<CoverageMetrics> Coverage { get; init; }

    /// <summary>How well confidence tells right windows from wrong ones.</summary>
    public required double? ConfidenceAuroc { get; init; }

    /// <summary>Stated confidence against the truth.</summary>
    public required IReadOnlyList<ConfidenceBand> Confidence { get; init; }

    /// <summary>Activities without a class.</summary>
    public required IReadOnlyDictionary<string, OutOfClassActivity> NotScored { get; init; }

    /// <summary>Windows across a change of activity or without a label.</summary>
    public required int WindowsWithoutOneLabel { get; init; }

    /// <summary>The numbers of a trial.</summary>
    public static TrialMetrics Of(string modelId, string dataset, ModelTrial trial) => new()
    {
        ModelId = modelId,
        Dataset = dataset,
        Classes = trial.Windows.Classes,
        Windows = ScoreMetrics.Of(trial.Windows),
        Decisions = ScoreMetrics.Of(trial.Decisions),
        Confusion = trial.Windows.Confusion,
        PerSubject = SubjectMetrics.Of(trial.Windows),
        UnknownOfScored = trial.UnknownOfScored,
        Continuous = StreamMetrics.Of(trial.Filter),
        Unknown = UnknownMetrics.Of(trial.Unknown),
        Coverage = CoverageMetrics.Of(trial.Coverage),
        ConfidenceAuroc = ScoreMetrics.Share(trial.ConfidenceAuroc),
        Confidence = trial.Confidence,
        NotScored = trial.NotScored,
        WindowsWithoutOneLabel = trial.WindowsWithoutOneLabel,
    };
}

/// <summary>Scores on a set of windows, as JSON files carry them: shares 0..1, null where nothing was measured.</summary>
internal sealed record ScoreMetrics(double? Accuracy, double? MacroF1, int Windows)
{
    /// <summary>The scores without the confusion matrix.</summary>
    public static ScoreMetrics Of(ClassificationScores scores) => new(Share(scores.Accuracy), Share(scores.MacroF1), scores.Windows);

    // Six decimals are beyond what any number of windows here can tell apart; JSON has no NaN.
    internal static double? Share(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}

/// <summary>One person's windows.</summary>
internal sealed record SubjectMetrics(int Windows, int Right, double? Accuracy)
{
    /// <summary>Every person of the scores, by "data set/subject".</summary>
    public static IReadOnlyDictionary<string, SubjectMetrics> Of(ClassificationScores scores) => scores.PerSubject.ToDictionary(
        subject => subject.Key,
        subject => new SubjectMetrics(subject.Value.Windows, subject.Value.Right, ScoreMetrics.Share(subject.Value.Accuracy)));
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
/// <param name="ForeignWindows">Windows wholly inside another activity.</param>
/// <param name="ForeignRejected">Share of them called unknown.</param>
/// <param name="ForeignAuroc">How well the rule's features tell the two apart.</param>
/// <param name="ForeignRejectedAtTwoPercent">Share of them beyond the threshold that rejects 2 % of these known windows.</param>
/// <param name="MostlyForeignWindows">Windows at least half in another activity.</param>
/// <param name="MostlyForeignRejected">Share of them called unknown.</param>
/// <param name="MostlyForeignAuroc">How well the rule's features tell them from known ones.</param>
internal sealed record UnknownMetrics(
    int KnownWindows,
    double? KnownRejected,
    int ForeignWindows,
    double? ForeignRejected,
    double? ForeignAuroc,
    double? ForeignRejectedAtTwoPercent,
    int MostlyForeignWindows,
    double? MostlyForeignRejected,
    double? MostlyForeignAuroc)
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
