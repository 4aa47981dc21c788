using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Reports;

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
