using System.Globalization;
using HarEdge.Trainer.Cost;

namespace HarEdge.Trainer.Reports;

/// <summary>The profiles side by side, of whatever run files there are: size, cost and accuracy, official split and leave one person out.</summary>
/// <param name="folder">The folder of run files.</param>
internal sealed class ProfileSummary(string folder)
{
    // Names of run files begin with these; those of the default profile came first.
    private static readonly (string Name, string Prefix)[] AsWorn =
        [("tiny", "hapt-tiny-"), ("default", "hapt-"), ("best", "hapt-best-"), ("one tree", "hapt-tree-")];

    // Trained and tested on wearers who stand still first.
    private static readonly (string Name, string Prefix)[] StoodStill =
    [
        ("tiny, `--wear-calibration`", "hapt-still-tiny-"), ("default, `--wear-calibration`", "hapt-still-"), ("best, `--wear-calibration`", "hapt-still-best-"),
    ];

    /// <summary>The table; null when there is only one profile.</summary>
    public ReportTable? Table()
    {
        bool Exists((string Name, string Prefix) student) => File.Exists(Path.Combine(folder, student.Prefix + "train.json"));
        List<List<string>> rows =
        [
            .. AsWorn.Where(Exists).Select(student => Row(student, metrics => metrics.Student)),
            .. StoodStill.Where(Exists).Select(student => Row(student, metrics => metrics.WearCalibrated)),
        ];
        return rows.Count < 2 ? null : new ReportTable(
            "Profiles",
            ["profile", "model", "bytes", "instructions, mean / proven worst", "official test", "worst person", "left out: mean", "worst"],
            rows);
    }

    private List<string> Row((string Name, string Prefix) student, Func<PeopleMetrics, PersonFigures?> leftOut)
    {
        var train = Read<TrainingMetrics>(student.Prefix + "train.json")!;
        var people = Read<PeopleMetrics>(student.Prefix + "loso.json") is { } metrics ? leftOut(metrics) : null;
        return
        [
            .. SizeAndCost(student, train),
            Percent(train.Student.Accuracy),
            Percent(train.PerSubject.Values.Min(person => (double)person.Right / person.Windows)),
            Percent(people?.Mean),
            Percent(people?.Worst),
        ];
    }

    private IEnumerable<string> SizeAndCost((string Name, string Prefix) student, TrainingMetrics train)
    {
        var cost = Read<CostReport>(student.Prefix + "cost.json");
        return
        [
            student.Name,
            train.ModelId,
            ScoreTables.Number(train.Student.ModelBytes),
            cost is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{cost.PerDecision.Mean:N0} / {cost.PerDecision.StaticWorst:N0}"),
        ];
    }

    private T? Read<T>(string file)
        where T : class
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? ReportJson.Parse<T>(File.ReadAllText(path)) : null;
    }

    private static string Percent(double? share) => share is { } known ? ReportTable.Percent(known) : "";
}
