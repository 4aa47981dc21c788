using System.Globalization;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Experiments;

namespace HarEdge.Trainer.Reports;

/// <summary>What a search and an ablation found, for people.</summary>
internal static class SearchTables
{
    private const string MachineColumn = "million machine instructions a decision";

    private static string TimeColumn => "ms a decision, estimated: " + string.Join(", ", ChipTable.Default.Chips.Select(chip => $"{chip.Name} {chip.ClockMhz} MHz"));

    /// <summary>The Pareto front, and the best trial of each profile.</summary>
    public static IReadOnlyList<ReportTable> Of(IReadOnlyList<Trial> trials, string subject) =>
    [
        new(
            $"Pareto front of {trials.Count(trial => trial.IsComplete)} complete trials ({trials.Count(trial => trial.IsPruned)} given up early), cross-validated on training people; {subject}",
            ["trial", "accuracy", MachineColumn, TimeColumn, "bytes", "window", "student", "teacher's share", "versions"],
            [.. ParetoFront.Of(trials).Select(RowOf)]),
        new(
            "Best within a profile's budget",
            ["profile", "accuracy", MachineColumn, TimeColumn, "bytes", "trial"],
            [.. Profile.All.Select(profile => (profile, Best: ParetoFront.Best(trials, profile.Budget))).Where(pair => pair.Best is not null)
                .Select(pair => (string[])[pair.profile.Name, ReportTable.Percent(pair.Best!.Accuracy), Millions(pair.Best.Instructions), Times(pair.Best.Instructions), Number(pair.Best.Bytes), Number(pair.Best.Number)])]),
    ];

    /// <summary>An ablation: what each part of the recipe is worth, as the difference to the first.</summary>
    public static ReportTable OfAblation(IReadOnlyList<AblationLine> lines, string subject, Profile profile) => new(
        $"What each part of the recipe is worth, profile {profile.Name}, cross-validated on training people; {subject}",
        ["recipe", "accuracy", "difference, points", "worst fold", MachineColumn, "bytes"],
        [.. lines.Select(line => (string[])
        [
            line.Change, ReportTable.Percent(line.Accuracy),
            ReportTable.Points(line.Accuracy - lines[0].Accuracy),
            ReportTable.Percent(line.WorstFold),
            Millions(line.Instructions), FormattableString.Invariant($"{line.Bytes:0}"),
        ])]);

    private static string[] RowOf(Trial trial)
    {
        var point = SearchPoint.Of(trial.Values);
        var variation = point.Recipe.Variation;
        return
        [
            Number(trial.Number), ReportTable.Percent(trial.Accuracy), Millions(trial.Instructions), Times(trial.Instructions), Number(trial.Bytes), Number(point.WindowSamples),
            point.Student.ToString().ToLowerInvariant(), ReportTable.Percent(point.Recipe.DistillationWeight),
            variation.Copies == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{variation.Copies}: {variation.RotationDegrees}°, {variation.GainShare:P0}"),
        ];
    }

    private static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Millions(double price) => (MachinePrice.Of(price) / 1e6).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Times(double price) => string.Join(", ", ChipTable.Default.Chips.Select(chip => Number(MachinePrice.Milliseconds(price, chip))));
}

/// <summary>The comparison of teachers for people.</summary>
internal static class TeacherTables
{
    /// <summary>One table; its title names data, split, seed, folds and the machine.</summary>
    public static ReportTable Of(TeacherReport report) => new(
        $"Teachers: {report.Dataset}{(report.Synthetic ? " (SYNTHETIC data)" : "")}, split: {report.Split}, seed {report.Seed}; {report.TrainWindows} windows to learn from, {report.TestWindows} to test on; "
        + $"CV = {report.Folds} folds of training people; {report.Processors} cores. ● = in the blend; p: paired test against the best in CV, signs of the people's differences flipped at random",
        ["teacher", "", "CV accuracy", "p", "test accuracy", "worst person", "macro-F1", "log-loss", "calibration error", "seconds"],
        [.. report.Teachers.Select(teacher => (IReadOnlyList<string>)
        [
            teacher.Name,
            teacher.IsBlended ? "●" : "",
            teacher.CrossValidatedAccuracy is { } accuracy ? Percent(accuracy) : "–",
            teacher.PairedP is { } chance ? chance.ToString("0.000", CultureInfo.InvariantCulture) : "–",
            Percent(teacher.TestAccuracy),
            Percent(teacher.TestWorstPerson),
            Percent(teacher.TestMacroF1),
            teacher.TestLogLoss.ToString("0.000", CultureInfo.InvariantCulture),
            Percent(teacher.TestCalibrationError),
            teacher.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
        ])]);

    // Teachers differ by tenths of a percent: two decimals.
    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}

/// <summary>The folder of a search: its log, and what it found so far as table and JSON; what there is to see is on its page.</summary>
internal static class SearchFiles
{
    /// <summary>Every trial, one line each.</summary>
    public const string TrialsFileName = "trials.jsonl";

    /// <summary>The front and the profiles' best, for people.</summary>
    public const string TablesFileName = "front.md";

    /// <summary>The front, for programs.</summary>
    public const string FrontFileName = "front.json";

    /// <summary>The front as JSON.</summary>
    public static string FrontOf(IReadOnlyList<Trial> trials, string subject, IReadOnlyList<DataSet> sets) => ReportJson.Format(new
    {
        dataset = DataSet.NameOf(sets),
        synthetic = DataSet.IsAnySynthetic(sets),
        subject,
        front = ParetoFront.Of(trials).Select(trial => new { trial.Number, trial.Accuracy, trial.Instructions, trial.Bytes, point = SearchPoint.Of(trial.Values) }),
    });

    /// <summary>Writes the table and the JSON, whole files only.</summary>
    /// <param name="folder">The search's folder.</param>
    /// <param name="trials">Trials so far.</param>
    /// <param name="subject">What was searched on.</param>
    /// <param name="sets">Its data.</param>
    public static void Write(string folder, IReadOnlyList<Trial> trials, string subject, IReadOnlyList<DataSet> sets)
    {
        WholeFiles.Write(folder, new Dictionary<string, string>
        {
            [TablesFileName] = string.Join("\n", SearchTables.Of(trials, subject).Select(table => table.ToMarkdown())),
            [FrontFileName] = FrontOf(trials, subject, sets),
        });
    }
}
