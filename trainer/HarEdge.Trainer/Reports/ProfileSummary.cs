using System.Globalization;
using HarEdge.Trainer.Cost;

namespace HarEdge.Trainer.Reports;

/// <summary>The profiles side by side, of whatever run files there are: size, cost and accuracy, official split and leave one person out.</summary>
/// <param name="folder">The folder of run files.</param>
internal sealed class ProfileSummary(string folder)
{
    // Names of run files begin with these; those of the default profile came first.
    private static readonly (string Name, string Prefix)[] Students =
        [("tiny", "hapt-tiny-"), ("default", "hapt-"), ("best", "hapt-best-"), ("one tree", "hapt-tree-")];

    /// <summary>The table; null when there is only one profile.</summary>
    public ReportTable? Table()
    {
        var rows = Students.Where(student => Exists(student.Prefix + "train.json")).Select(student => Row(student.Name, student.Prefix)).ToList();
        return rows.Count < 2 ? null : new ReportTable(
            "Profiles",
            [
                "profile", "model", "bytes", "instructions, mean / proven worst", "official test", "worst person", "three seconds still first",
                "left out: mean", "worst", "three seconds still first",
            ],
            rows);
    }

    private List<string> Row(string name, string prefix)
    {
        var train = Read<TrainingMetrics>(prefix + "train.json")!;
        var cost = Read<CostReport>(prefix + "cost.json");
        var calibrated = Read<TrialMetrics>(prefix + "calibrated.json");
        var people = Read<PeopleMetrics>(prefix + "loso.json");
        var worst = train.PerSubject.Values.Min(person => (double)person.Right / person.Windows);
        return
        [
            name,
            train.ModelId,
            ScoreTables.Number(train.Student.ModelBytes),
            cost is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{cost.PerDecision.Mean:N0} / {cost.PerDecision.StaticWorst:N0}"),
            ReportTable.Percent(train.Student.Accuracy ?? double.NaN),
            ReportTable.Percent(worst),
            Percent(calibrated?.Windows.Accuracy),
            Percent(people?.Student.Mean),
            Percent(people?.Student.Worst),
            Percent(people?.WearCalibrated?.Mean),
        ];
    }

    private bool Exists(string file) => File.Exists(Path.Combine(folder, file));

    private T? Read<T>(string file)
        where T : class => Exists(file) ? ReportJson.Parse<T>(File.ReadAllText(Path.Combine(folder, file))) : null;

    private static string Percent(double? share) => share is { } known ? ReportTable.Percent(known) : "";
}
