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
