using System.Globalization;

namespace HarEdge.Trainer.Reports;

/// <summary>Tables of what a model does on continuous recordings, and of what it keeps silent about, from the numbers JSON files hold.</summary>
internal static class StreamTables
{
    /// <summary>Before and after unknown rule and temporal filter.</summary>
    public static ReportTable Filter(StreamMetrics metrics) => new(
        $"Continuous recordings, changes of posture and pauses included: {Decimals(metrics.Minutes, 1)} minutes",
        ["", "accuracy", "changes a minute", "seconds to notice a change", "changes missed"],
        [
            ["the truth", "", Decimals(metrics.TrueChangesPerMinute, 1), "", ""],
            Row("each window by itself", metrics.ByWindow),
            Row("decisions; unknown counts as wrong", metrics.Decided),
        ]);

    /// <summary>What the unknown rule rejects.</summary>
    public static ReportTable Unknown(UnknownMetrics metrics) => new(
        "Unknown rule",
        ["windows", "number", "called unknown", "AUROC against known ones"],
        [
            ["of the model's classes", ScoreTables.Number(metrics.KnownWindows), Percent(metrics.KnownRejected), ""],
            ["wholly inside another activity", ScoreTables.Number(metrics.ForeignWindows), Percent(metrics.ForeignRejected), Decimals(metrics.ForeignAuroc, 3)],
            [
                "at least half in another activity",
                ScoreTables.Number(metrics.MostlyForeignWindows),
                Percent(metrics.MostlyForeignRejected),
                Decimals(metrics.MostlyForeignAuroc, 3),
            ],
        ]);

    /// <summary>Accuracy against coverage.</summary>
    public static ReportTable Coverage(IReadOnlyList<CoverageMetrics> rows, double? confidenceAuroc) => new(
        $"Answering only when sure; confidence tells right windows from wrong ones with AUROC {Decimals(confidenceAuroc, 3)}",
        ["windows answered", "confidence at least", "accuracy"],
        [.. rows.Select(row => (IReadOnlyList<string>)[Percent(row.Coverage), $"{row.LeastConfidencePercent} %", Percent(row.Accuracy)])]);

    private static IReadOnlyList<string> Row(string name, AnswerMetrics stream) =>
        [name, Percent(stream.Accuracy), Decimals(stream.ChangesPerMinute, 1), Decimals(stream.DelaySeconds, 2), ScoreTables.Number(stream.MissedChanges)];

    private static string Percent(double? share) => ReportTable.Percent(share ?? double.NaN);

    private static string Decimals(double? value, int decimals) => value?.ToString("F" + decimals, CultureInfo.InvariantCulture) ?? "–";
}
