using System.Globalization;
using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Reports;

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
