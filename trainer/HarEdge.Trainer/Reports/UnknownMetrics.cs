using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Reports;

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
