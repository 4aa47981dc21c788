using System.Globalization;
using System.Text;
using System.Text.Json;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Reports;

/// <summary>
/// docs/RESULTS.md, made of run files alone: each is what a verb printed with --json. Which file is which section is told by its name;
/// a file that is not there leaves its section out.
/// </summary>
internal sealed class ResultsPage
{
    private const int IntervalSeed = 1;

    // Made of the same run files, where the page is this repository's.
    private const string ChartFileName = "results-profiles.png";

    private readonly string folder;
    private readonly StringBuilder text = new();

    private ResultsPage(string folder) => this.folder = folder;

    /// <summary>The page.</summary>
    /// <param name="folder">The folder of run files.</param>
    /// <exception cref="InputException">It is missing or empty, or a file cannot be read.</exception>
    public static string Of(string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "*.json").Any())
        {
            throw new InputException($"'{folder}' holds no run files.", "Save what a verb prints with --json there; docs/RESULTS.md lists the commands.", 2);
        }

        var page = new ResultsPage(folder);
        page.Write();
        return page.text.ToString();
    }

    private void Write()
    {
        text.Append(Introduction);
        if (new ProfileSummary(folder).Table() is { } profiles)
        {
            Profiles(profiles);
        }

        Section<TrainingMetrics>("hapt-train.json", "HAPT, official split", Training);
        Section<TrialMetrics>("hapt-calibrated.json", "HAPT, official split, wear-calibrated", Trial);
        Section<PeopleMetrics>("hapt-loso.json", "HAPT, leave one person out", People);
        Section<RobustnessMetrics>("hapt-robustness.json", "HAPT, robustness", Robustness);
        Section<PersonalStudyMetrics>("hapt-personal.json", "HAPT, a model for one wearer", Personal);
        Section<TrainingMetrics>("hapt-tiny-train.json", "HAPT, official split, profile tiny", Training);
        Section<PeopleMetrics>("hapt-tiny-loso.json", "HAPT, leave one person out, profile tiny", People);
        Section<TrainingMetrics>("hapt-best-train.json", "HAPT, official split, profile best", Training);
        Section<PeopleMetrics>("hapt-best-loso.json", "HAPT, leave one person out, profile best", People);
        Section<TrainingMetrics>("hapt-tree-train.json", "HAPT, official split, one tree", Training);
        Section<TrainingMetrics>("hapt-still-train.json", "HAPT, official split, wearers who stand still first", Training);
        Section<PeopleMetrics>("hapt-still-loso.json", "HAPT, leave one person out, wearers who stand still first", People);
        Section<RobustnessMetrics>("hapt-still-robustness.json", "HAPT, robustness, wearers who stand still first", Robustness);
        Section<TrainingMetrics>("hapt-still-tiny-train.json", "HAPT, official split, profile tiny, wearers who stand still first", Training);
        Section<PeopleMetrics>("hapt-still-tiny-loso.json", "HAPT, leave one person out, profile tiny, wearers who stand still first", People);
        Section<TrainingMetrics>("hapt-still-best-train.json", "HAPT, official split, profile best, wearers who stand still first", Training);
        Section<PeopleMetrics>("hapt-still-best-loso.json", "HAPT, leave one person out, profile best, wearers who stand still first", People);
        Section<TrainingMetrics>("hapt-accel-train.json", "HAPT, official split, the accelerometer alone, wearers who stand still first", Training);
        Section<TrainingMetrics>("hapt-accel-worn-train.json", "HAPT, official split, the accelerometer alone, as worn", Training);
        Section<TrainingMetrics>("watch-train.json", "Smartwatch set, by subject", Training);
    }

    private const string Introduction =
        "# Results\n\n"
        + "Made by `haredge results --out docs/RESULTS.md` from the run files in [results](results); a test holds the page to them. Desktop, integer model, people the model never saw unless a\n"
        + "section says otherwise. Intervals are 95 %, by bootstrap over people: with nine test people they are wide.\n\n"
        + "| run file | made by |\n| --- | --- |\n"
        + "| `hapt-train.json` | `haredge train --data hapt.zip --out runs/hapt --json` |\n"
        + "| `hapt-calibrated.json` | `haredge evaluate --model runs/hapt --data hapt.zip --unseen --wear-calibration --json` |\n"
        + "| `hapt-loso.json` | `haredge loso --data hapt.zip --student linear --json`; its lines on standing still, and those of the other profiles' files, count the three seconds themselves, too |\n"
        + "| `hapt-robustness.json` | `haredge robustness --model runs/hapt --data hapt.zip --unseen --json` |\n"
        + "| `hapt-cost.json` | `haredge cost --model runs/hapt --data hapt.zip --json` |\n"
        + "| `hapt-tiny-….json`, `hapt-best-….json` | the same with `--profile tiny`, `--profile best` |\n"
        + "| `hapt-tree-….json` | the same with `--student tree` |\n"
        + "| `hapt-still-….json` and the like | the same by models trained with `--wear-calibration` and tested on wearers who stand still first |\n"
        + "| `hapt-accel-….json` | the same with `--channels accel`: no feature reads the gyroscope, which the device puts to standby, and wearers stand still first |\n"
        + "| `hapt-accel-worn-….json` | the same with `--as-worn`: nobody stands still first |\n"
        + "| `hapt-personal.json` | `haredge personal --data hapt.zip --people 04 09 10 12 --json` |\n"
        + "| `watch-train.json` | `haredge train --data spsw-har-watch.zip --json` |\n";

    private void Profiles(ReportTable table)
    {
        text.Append("\n## HAPT, the profiles\n");
        Line("Instructions are counted in compiled code on the test recordings and proven for any data. A row with \"--wear-calibration\", or \"--channels accel\" without \"--as-worn\", is of wearers who stand still for three seconds first, "
            + "learned from and tested on; those seconds are not judged. \"Left out\": each person by a model of all the others, mean over people; with wear calibration, of those who could be calibrated.");
        if (File.Exists(Path.Combine(folder, "..", "images", ChartFileName)))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n![Accuracy of the profiles on people left out, with intervals, against instructions a decision](images/{ChartFileName})\n");
        }

        Table(table);
    }

    private void Section<T>(string file, string title, Action<T> write)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n");
        try
        {
            write(ReportJson.Parse<T>(File.ReadAllText(path)));
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or ArgumentNullException)
        {
            throw new InputException($"'{path}' is not what its name says: {JsonFault.Words(e)}.", "Make it again by the command that docs/RESULTS.md names.", inner: e);
        }
    }

    private void Training(TrainingMetrics metrics)
    {
        var scores = Scores(metrics.Classes, metrics.Confusion, metrics.PerSubject);
        Line($"`{metrics.Command}`: model {metrics.ModelId}, {metrics.Student.Kind}, {metrics.Student.ModelBytes} bytes, {metrics.Student.Features} features; split {metrics.Split}; "
            + $"trained on {metrics.TrainSubjects.Count} people, tested on {metrics.TestSubjects.Count}; seed {metrics.Seed}.");
        foreach (var note in metrics.Notes)
        {
            Line(note);
        }

        List<IReadOnlyList<string>> rows =
        [
            ["student", Percent(metrics.Student.Accuracy), Interval(scores), Percent(metrics.Student.MacroF1), ScoreTables.Number(scores.Windows)],
            ["teacher", Percent(metrics.Teacher.Accuracy), "", Percent(metrics.Teacher.MacroF1), ScoreTables.Number(metrics.Teacher.Windows)],
        ];
        if (metrics.TeacherInContext is { } context)
        {
            rows.Add(["teacher, with the windows before and after", Percent(context.Accuracy), "", Percent(context.MacroF1), ScoreTables.Number(context.Windows)]);
        }

        Table(new ReportTable("Each window by itself", ["", "accuracy", "95 % interval", "macro-F1", "windows"], rows));
        Table(ScoreTables.Confusion("Student, label by prediction", scores));
        Table(ScoreTables.PerSubject("Student by person", scores));
        Table(StreamTables.Filter(metrics.Continuous));
        if (metrics.Unknown.MostlyOutOfClassWindows > 0)
        {
            Table(StreamTables.Unknown(metrics.Unknown));
        }

        Table(StreamTables.Coverage(metrics.Coverage, metrics.ConfidenceAuroc));
    }

    private void Trial(TrialMetrics metrics)
    {
        var scores = Scores(metrics.Classes, metrics.Confusion, metrics.PerSubject);
        Line($"Model {metrics.ModelId}, every recording turned by three seconds of standing still, as the device does.");
        Table(new ReportTable(
            "Each window by itself",
            ["", "accuracy", "95 % interval", "macro-F1", "windows"],
            [["student", Percent(metrics.Windows.Accuracy), Interval(scores), Percent(metrics.Windows.MacroF1), ScoreTables.Number(scores.Windows)]]));
        Table(ScoreTables.PerSubject("By person", scores));
        Table(StreamTables.Filter(metrics.Continuous));
    }

    private void People(PeopleMetrics metrics)
    {
        Line($"`{metrics.Command}`: for each of {metrics.People.Count} people a training of its own on all the others, every choice included.");
        Table(PeopleTables.Summary("Over people", metrics));
        Table(ScoreTables.Confusion("Student, label by prediction", metrics.Scores));
        Table(ScoreTables.PerSubject("Student by person", metrics.Scores));
    }

    private void Robustness(RobustnessMetrics metrics) => Table(RobustnessTables.Of(metrics));

    private void Personal(PersonalStudyMetrics metrics)
    {
        Line("Each person in turn is the wearer and everybody else the public; the wearer's earlier time is learned from, the last 30 % of each bout is judged.");
        foreach (var table in PersonalTables.OfStudy(metrics))
        {
            Table(table);
        }
    }

    private static ClassificationScores Scores(
        IReadOnlyList<string> classes, IReadOnlyList<IReadOnlyList<int>> confusion, IReadOnlyDictionary<string, SubjectMetrics> people) => new()
        {
            Classes = classes,
            Confusion = [.. confusion.Select(row => row.ToArray())],
            PerSubject = people.ToDictionary(person => person.Key, person => new SubjectScore(person.Value.Windows, person.Value.Right)),
        };

    private static string Interval(ClassificationScores scores)
    {
        var people = scores.PerSubject.OrderBy(person => person.Key, StringComparer.Ordinal).Select(person => person.Value).ToList();
        var interval = BootstrapInterval.OfAccuracy(people, IntervalSeed);
        return $"{ReportTable.Percent(interval.Low)} to {ReportTable.Percent(interval.High)}";
    }

    private static string Percent(double? share) => ReportTable.Percent(share ?? double.NaN);

    private void Line(string line) => text.Append('\n').Append(line).Append('\n');

    private void Table(ReportTable table) => text.Append('\n').Append(table.ToMarkdown());
}

/// <summary>The profiles side by side, of whatever run files there are: size, cost and accuracy, official split and leave one person out.</summary>
/// <param name="folder">The folder of run files.</param>
internal sealed class ProfileSummary(string folder)
{
    // Names of run files begin with these; those of the default profile came first.
    private static readonly (string Name, string Prefix)[] AsWorn =
        [("tiny", "hapt-tiny-"), ("default", "hapt-"), ("best", "hapt-best-"), ("one tree", "hapt-tree-"), ("default, `--channels accel --as-worn`", "hapt-accel-worn-")];

    // Trained and tested on wearers who stand still first.
    private static readonly (string Name, string Prefix)[] StoodStill =
    [
        ("tiny, `--wear-calibration`", "hapt-still-tiny-"), ("default, `--wear-calibration`", "hapt-still-"), ("best, `--wear-calibration`", "hapt-still-best-"),
        ("default, `--channels accel`", "hapt-accel-"),
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
            ["profile", "model", "bytes", "instructions, mean / proven worst", "ms a decision, estimated: ESP32-S3, C3, ESP32, ESP32_REV3", "official test", "worst person", "left out: mean", "worst"],
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
            cost?.Chips is null ? "" : string.Join(", ", cost.Chips.Select(chip => chip.Milliseconds.Likely.ToString("0", CultureInfo.InvariantCulture))),
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
