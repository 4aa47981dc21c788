using System.Globalization;
using HarEdge.Trainer.Evaluation.Continuous;
using HarEdge.Trainer.Evaluation.Unknown;

namespace HarEdge.Trainer.Reports;

/// <summary>Tables of what a model does on continuous recordings, and of what it keeps silent about.</summary>
public static class StreamTables
{
    /// <summary>Before and after unknown rule and temporal filter.</summary>
    public static ReportTable Filter(FilterTrial trial) => new(
        $"Continuous recordings, changes of posture and pauses included: {trial.Minutes.ToString("0.0", CultureInfo.InvariantCulture)} minutes",
        ["", "accuracy", "changes a minute", "seconds to notice a change", "changes missed"],
        [
            ["the truth", "", PerMinute(trial.ChangesPerMinute), "", Count(trial.Changes) + " in all"],
            Row("each window by itself", trial.ByWindow, trial.WindowChangesPerMinute),
            Row("decisions; unknown counts as wrong", trial.Decided, trial.DecidedChangesPerMinute),
        ]);

    /// <summary>What the unknown rule rejects.</summary>
    public static ReportTable Unknown(UnknownTrial trial) => new(
        "Unknown rule",
        ["windows", "number", "called unknown", "AUROC against known ones"],
        [
            ["of the model's classes", Count(trial.Known.Windows), ReportTable.Percent(trial.Known.RejectedShare), ""],
            ["wholly inside another activity", Count(trial.Inside.Windows), ReportTable.Percent(trial.Inside.RejectedShare), Auroc(trial.AurocInside)],
            ["at least half in another activity", Count(trial.Mostly.Windows), ReportTable.Percent(trial.Mostly.RejectedShare), Auroc(trial.AurocMostly)],
        ]);

    /// <summary>Accuracy against coverage.</summary>
    public static ReportTable Coverage(IReadOnlyList<CoverageAccuracy> rows, double confidenceAuroc) => new(
        $"Answering only when sure; confidence tells right windows from wrong ones with AUROC {Auroc(confidenceAuroc)}",
        ["windows answered", "confidence at least", "accuracy"],
        [.. rows.Select(row => (IReadOnlyList<string>)[ReportTable.Percent(row.Coverage), $"{row.LeastConfidencePercent} %", ReportTable.Percent(row.Accuracy)])]);

    private static IReadOnlyList<string> Row(string name, AnswerStream stream, double changesPerMinute) =>
        [name, ReportTable.Percent(stream.Accuracy), PerMinute(changesPerMinute), Seconds(stream.MeanDelaySeconds), Count(stream.Missed)];

    private static string PerMinute(double value) => double.IsFinite(value) ? value.ToString("0.0", CultureInfo.InvariantCulture) : "–";

    private static string Seconds(double value) => double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : "–";

    private static string Auroc(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "–";

    private static string Count(int value) => ScoreTables.Number(value);
}
