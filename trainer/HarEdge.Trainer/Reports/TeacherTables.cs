using System.Globalization;
using HarEdge.Trainer.Experiments;

namespace HarEdge.Trainer.Reports;

/// <summary>The comparison of teachers for people.</summary>
internal static class TeacherTables
{
    /// <summary>One table; its title names data, split, seed, folds and the machine.</summary>
    public static ReportTable Of(TeacherReport report) => new(
        $"Teachers: {report.Data}, split: {report.Split}, seed {report.Seed}; {report.TrainWindows} windows to learn from, {report.TestWindows} to test on; "
        + $"CV = {report.Folds} folds of training people; {report.Processors} cores. ● = in the blend",
        ["teacher", "", "CV accuracy", "test accuracy", "macro-F1", "log-loss", "calibration error", "seconds"],
        [.. report.Teachers.Select(teacher => (IReadOnlyList<string>)
        [
            teacher.Name,
            teacher.IsBlended ? "●" : "",
            teacher.CrossValidatedAccuracy is { } accuracy ? Percent(accuracy) : "–",
            Percent(teacher.TestAccuracy),
            Percent(teacher.TestMacroF1),
            teacher.TestLogLoss.ToString("0.000", CultureInfo.InvariantCulture),
            Percent(teacher.TestCalibrationError),
            teacher.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
        ])]);

    // Teachers differ by tenths of a percent: two decimals.
    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
