using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Reports;

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
