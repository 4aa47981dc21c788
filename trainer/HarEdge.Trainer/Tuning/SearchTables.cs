using System.Globalization;
using HarEdge.Trainer.Reports;

namespace HarEdge.Trainer.Tuning;

/// <summary>What a search found, for people.</summary>
public static class SearchTables
{
    /// <summary>The Pareto front, and the best trial of each profile.</summary>
    public static IReadOnlyList<ReportTable> Of(IReadOnlyList<Trial> trials, string subject) =>
    [
        new(
            $"Pareto front of {trials.Count(trial => trial.IsComplete)} complete trials ({trials.Count(trial => trial.IsPruned)} given up early), cross-validated on training people; {subject}",
            ["trial", "accuracy", "instructions a decision", "bytes", "window", "student", "teacher's share", "versions"],
            [.. ParetoFront.Of(trials).Select(RowOf)]),
        new(
            "Best within a profile's budget",
            ["profile", "accuracy", "instructions a decision", "bytes", "trial"],
            [.. Profile.All.Select(profile => (profile, Best: ParetoFront.Best(trials, profile.Budget))).Where(pair => pair.Best is not null)
                .Select(pair => (string[])[pair.profile.Name, ReportTable.Percent(pair.Best!.Accuracy), Number(pair.Best.Instructions), Number(pair.Best.Bytes), Number(pair.Best.Number)])]),
    ];

    private static string[] RowOf(Trial trial)
    {
        var point = SearchPoint.Of(trial.Values);
        var variation = point.Recipe.Variation;
        return
        [
            Number(trial.Number), ReportTable.Percent(trial.Accuracy), Number(trial.Instructions), Number(trial.Bytes), Number(point.WindowSamples),
            point.Student.ToString().ToLowerInvariant(), ReportTable.Percent(point.Recipe.TeacherShare),
            variation.Copies == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{variation.Copies}: {variation.RotationDegrees}°, {variation.GainShare:P0}"),
        ];
    }

    private static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
