using System.Globalization;
using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Reports;

/// <summary>The tables of <c>haredge evaluate</c>.</summary>
internal static class TrialTables
{
    /// <summary>All of them, in reading order.</summary>
    /// <param name="about">Model and data, as every title names them.</param>
    /// <param name="trial">What the model did.</param>
    public static IReadOnlyList<ReportTable> Of(string about, ModelTrial trial)
    {
        List<ReportTable> tables =
        [
            ScoreTables.Confusion($"Each window by itself: {about}", trial.Windows),
            ScoreTables.PerSubject($"By person: {about}", trial.Windows),
            Confidence(trial),
            StreamTables.Coverage(CoverageMetrics.Of(trial.Coverage), ScoreMetrics.Share(trial.ConfidenceAuroc)),
            StreamTables.Filter(StreamMetrics.Of(trial.Filter)),
        ];
        if (trial.NotScored.Count > 0)
        {
            tables.Add(NotScored(trial));
        }

        if (trial.Unknown.Mostly.Windows > 0)
        {
            tables.Add(StreamTables.Unknown(UnknownMetrics.Of(trial.Unknown)));
        }

        tables.Add(Summary(about, trial));
        return tables;
    }

    private static ReportTable Confidence(ModelTrial trial) => new(
        "Stated confidence against the truth",
        ["stated", "windows", "right", "accuracy"],
        [.. trial.Confidence.Select(band => (IReadOnlyList<string>)
        [
            $"{band.FromPercent}–{band.ToPercent} %",
            ScoreTables.Number(band.Windows),
            ScoreTables.Number(band.Right),
            ReportTable.Percent((double)band.Right / band.Windows),
        ])]);

    private static ReportTable NotScored(ModelTrial trial) => new(
        "Not scored: activities the model has no class for",
        ["activity", "windows", "called unknown"],
        [.. trial.NotScored.Select(activity => (IReadOnlyList<string>)
        [
            activity.Key,
            ScoreTables.Number(activity.Value.Windows),
            ReportTable.Percent((double)activity.Value.CalledUnknown / activity.Value.Windows),
        ])]);

    private static ReportTable Summary(string about, ModelTrial trial)
    {
        var scored = trial.Windows.Windows;
        return new ReportTable(
            $"Summary: {about}",
            ["", "windows", "accuracy", "macro-F1"],
            [
                ["each window by itself", .. Row(trial.Windows)],
                ["decisions after the filter", .. Row(trial.Decisions)],
                ["called unknown", ScoreTables.Number(trial.UnknownOfScored), ReportTable.Percent((double)trial.UnknownOfScored / scored) + " of scored", ""],
                ["not scored: no class", ScoreTables.Number(trial.NotScored.Values.Sum(activity => activity.Windows)), "", ""],
                ["not scored: no single label", ScoreTables.Number(trial.WindowsWithoutOneLabel), "", ""],
            ]);
    }

    private static IEnumerable<string> Row(ClassificationScores scores) =>
        [ScoreTables.Number(scores.Windows), ReportTable.Percent(scores.Accuracy), ReportTable.Percent(scores.MacroF1)];
}

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
            ["wholly inside another activity", ScoreTables.Number(metrics.OutOfClassWindows), Percent(metrics.OutOfClassRejected), Decimals(metrics.OutOfClassAuroc, 3)],
            [
                "at least half in another activity",
                ScoreTables.Number(metrics.MostlyOutOfClassWindows),
                Percent(metrics.MostlyOutOfClassRejected),
                Decimals(metrics.MostlyOutOfClassAuroc, 3),
            ],
        ]);

    /// <summary>Accuracy against coverage.</summary>
    public static ReportTable Coverage(IReadOnlyList<CoverageMetrics> rows, double? confidenceAuroc) => new(
        $"Answering only when sure; confidence separates right windows from wrong ones with AUROC {Decimals(confidenceAuroc, 3)}",
        ["windows answered", "confidence at least", "accuracy"],
        [.. rows.Select(row => (IReadOnlyList<string>)[Percent(row.Coverage), $"{row.LeastConfidencePercent} %", Percent(row.Accuracy)])]);

    private static IReadOnlyList<string> Row(string name, AnswerMetrics stream) =>
        [name, Percent(stream.Accuracy), Decimals(stream.ChangesPerMinute, 1), Decimals(stream.DelaySeconds, 2), ScoreTables.Number(stream.MissedChanges)];

    private static string Percent(double? share) => ReportTable.Percent(share ?? double.NaN);

    private static string Decimals(double? value, int decimals) => value?.ToString("F" + decimals, CultureInfo.InvariantCulture) ?? "–";
}

/// <summary>Tables of classification scores.</summary>
internal static class ScoreTables
{
    /// <summary>Label by prediction, with each class's share right (recall) and F1.</summary>
    public static ReportTable Confusion(string title, ClassificationScores scores) => new(
        title,
        ["label \\ prediction", .. scores.Classes, "right", "F1"],
        [.. scores.Classes.Select((name, label) => (IReadOnlyList<string>)
        [
            name,
            .. scores.Confusion[label].Select(Number),
            ReportTable.Percent(Recall(scores, label)),
            ReportTable.Percent(scores.F1(label)),
        ])]);

    /// <summary>Each person's share right, the worst first and named as such.</summary>
    public static ReportTable PerSubject(string title, ClassificationScores scores) => new(
        title,
        ["person", "windows", "right", "accuracy", ""],
        [.. WorstFirst(scores).Select((subject, rank) => (IReadOnlyList<string>)
        [
            subject.Key,
            Number(subject.Value.Windows),
            Number(subject.Value.Right),
            ReportTable.Percent(subject.Value.Accuracy),
            rank == 0 && scores.PerSubject.Count > 1 ? "worst" : "",
        ])]);

    /// <summary>People by accuracy, lowest first; equal ones by name.</summary>
    public static IEnumerable<KeyValuePair<string, SubjectScore>> WorstFirst(ClassificationScores scores) =>
        scores.PerSubject.OrderBy(subject => subject.Value.Accuracy).ThenBy(subject => subject.Key, StringComparer.Ordinal);

    internal static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Recall(ClassificationScores scores, int label)
    {
        var labelled = scores.Confusion[label].Sum();
        return labelled == 0 ? double.NaN : (double)scores.Confusion[label][label] / labelled;
    }
}
