using System.Globalization;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Reports.Page;

/// <summary>The page of a training run: everything in metrics.json, with the timeline, the data and the model.</summary>
internal static class TrainingPage
{
    /// <summary>The page.</summary>
    /// <param name="metrics">What metrics.json holds; every number comes from it or from the model's manifest.</param>
    /// <param name="result">The run.</param>
    public static ReportPage Of(TrainingMetrics metrics, TrainingResult result)
    {
        var manifest = result.Model.Manifest!;
        var page = new ReportPage
        {
            Title = $"Model {metrics.ModelId}",
            Subtitle = $"{string.Join(", ", metrics.Classes)}; learned from {metrics.Dataset}, split {metrics.Split}, seed {metrics.Seed}.",
            IsSynthetic = metrics.Synthetic,
            Figures = Figures(metrics),
        };
        return page.Add(
            Summary(metrics),
            ScoreSections.Accuracy(Rows(metrics), metrics.PerClass),
            ScoreSections.Confusion(metrics.Classes, metrics.Confusion),
            ScoreSections.People(metrics.PerSubject),
            metrics.Personal is { } personal ? PersonalPage.Section(personal) : null,
            ScoreSections.Confidence(metrics.CoverageCurve, metrics.Confidence, metrics.ConfidenceAuroc, metrics.CalibrationError),
            ScoreSections.Continuous(metrics.Continuous, metrics.Unknown, metrics.Classes, result.Trial.Timelines, metrics.Window.HopSamples),
            ModelSections.Robustness(metrics.Robustness),
            ModelSections.Device(metrics.Parity, metrics.Cost),
            ModelSections.Data(manifest.Data, manifest.Split, manifest.TrainSubjects, manifest.TestSubjects),
            ModelSections.Card(result.Model),
            ModelSections.Reproduce(
                metrics.Command,
                metrics.Seed,
                metrics.DataSha256,
                "haredge simulate --model FOLDER",
                "haredge generate --model FOLDER --out firmware/Core/Generated",
                "haredge robustness --model FOLDER --data DATA --unseen"));
    }

    /// <summary>The least accurate person; null for no people.</summary>
    internal static KeyValuePair<string, SubjectMetrics>? Worst(IReadOnlyDictionary<string, SubjectMetrics> people) =>
        people.Count == 0 ? null : people.OrderBy(person => person.Value.Accuracy).ThenBy(person => person.Key, StringComparer.Ordinal).First();

    private static List<(string Value, string Name, string Note)> Figures(TrainingMetrics metrics)
    {
        var mismatches = metrics.Parity.FeatureMismatches + metrics.Parity.ScoreMismatches + metrics.Parity.LabelMismatches;
        List<(string, string, string)> figures =
        [
            (Html.Percent(metrics.Student.Accuracy), "of windows right, of people never seen", metrics.Student.Low is null
                ? $"{metrics.PerSubject.Count} person: no interval"
                : $"95 % interval {Html.Interval(metrics.Student.Low, metrics.Student.High)}"),
        ];
        if (Worst(metrics.PerSubject) is { } worst && metrics.PerSubject.Count > 1)
        {
            figures.Add((Html.Percent(worst.Value.Accuracy), "the worst person", worst.Key));
        }

        figures.Add((string.Create(CultureInfo.InvariantCulture, $"{metrics.Student.ModelBytes} B"), "model", $"{metrics.Student.Kind}, {metrics.Student.Features} features"));
        figures.Add((ScoreTables.Number(mismatches), "mismatches, device against desktop", $"in {metrics.Parity.Windows} windows, bit for bit"));
        return figures;
    }

    private static PageSection Summary(TrainingMetrics metrics)
    {
        var seconds = (double)metrics.Window.Samples / metrics.Window.SampleRateHz;
        var hop = (double)metrics.Window.HopSamples / metrics.Window.SampleRateHz;
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"The model names one of {metrics.Classes.Count} activities every {hop:0.##} s, from the last {seconds:0.##} s of motion."),
            $"It learned from {metrics.TrainSubjects.Count} {Noun(metrics.TrainSubjects.Count)} and was tested on {metrics.TestSubjects.Count}: "
                + $"{Html.Percent(metrics.Student.Accuracy)} of {metrics.Teacher.Windows} windows are right; the teacher, which is far too large for the device, has {Html.Percent(metrics.Teacher.Accuracy)}.",
            $"On whole recordings, pauses and changes included, {Html.Percent(metrics.Continuous.Decided.Accuracy)} of the device's decisions are right, where unknown counts as wrong.",
        ];
        if (metrics.Robustness is { } robustness && robustness.Rows.MaxBy(row => row.LossPoints) is { LossPoints: > 0 } hardest)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"Of the disturbances tried, {hardest.Kind}, {hardest.Disturbance}, costs most: {hardest.LossPoints:0.0} points."));
        }

        return new PageSection("summary", "Summary", Html.Points(lines), metrics.Notes.Count == 0 ? null : Html.Paragraph("To know:"), metrics.Notes.Count == 0 ? null : Html.Points(metrics.Notes));
    }

    private static string Noun(int people) => people == 1 ? "person" : "people";

    private static List<(string Name, ScoreMetrics Scores)> Rows(TrainingMetrics metrics)
    {
        List<(string, ScoreMetrics)> rows =
        [
            ("student, each window by itself", new ScoreMetrics(metrics.Student.Accuracy, metrics.Student.MacroF1, metrics.Teacher.Windows, metrics.Student.Low, metrics.Student.High)),
            ("teacher, each window by itself", metrics.Teacher),
        ];
        if (metrics.TeacherInContext is { } context)
        {
            rows.Add(("teacher, with the windows before and after", context));
        }

        return metrics.PerDataset.Count > 1 ? [.. rows, .. metrics.PerDataset.Select(data => ("student on " + data.Key, data.Value))] : rows;
    }
}

/// <summary>The page of an evaluation.</summary>
internal static class TrialPage
{
    /// <summary>The page.</summary>
    /// <param name="metrics">What <c>evaluate --json</c> prints.</param>
    /// <param name="model">The model.</param>
    /// <param name="trial">What it did.</param>
    /// <param name="data">What is in the data.</param>
    /// <param name="command">The command.</param>
    /// <param name="notes">What the reader must know.</param>
    public static ReportPage Of(
        TrialMetrics metrics, FixedPoint.FixedPointModel model, Evaluation.ModelTrial trial, IReadOnlyList<DataManifest> data, string command, IReadOnlyList<string> notes)
    {
        var page = new ReportPage
        {
            Title = $"Model {metrics.ModelId} on {metrics.Dataset}",
            Subtitle = string.Join(", ", metrics.Classes),
            IsSynthetic = metrics.Synthetic,
            Figures =
            [
                (Html.Percent(metrics.Windows.Accuracy), "of windows right", metrics.Windows.Low is null ? "one person: no interval" : $"95 % interval {Html.Interval(metrics.Windows.Low, metrics.Windows.High)}"),
                .. TrainingPage.Worst(metrics.PerSubject) is { } worst ? [(Html.Percent(worst.Value.Accuracy), "the worst person", worst.Key)] : Array.Empty<(string, string, string)>(),
                (ScoreTables.Number(metrics.Windows.Windows), "windows scored", $"of {metrics.PerSubject.Count} people"),
            ],
        };
        return page.Add(
            Summary(metrics, model, notes),
            ScoreSections.Accuracy([("each window by itself", metrics.Windows), ("decisions after the filter", metrics.Decisions)], metrics.PerClass),
            ScoreSections.Confusion(metrics.Classes, metrics.Confusion),
            ScoreSections.People(metrics.PerSubject),
            ScoreSections.Confidence(metrics.CoverageCurve, metrics.Confidence, metrics.ConfidenceAuroc, metrics.CalibrationError),
            ScoreSections.Continuous(metrics.Continuous, metrics.Unknown, metrics.Classes, trial.Timelines, model.Signal.HopSamples),
            ModelSections.Data(data),
            ModelSections.Card(model),
            ModelSections.Reproduce(command, null, metrics.DataSha256));
    }

    private static PageSection Summary(TrialMetrics metrics, FixedPoint.FixedPointModel model, IReadOnlyList<string> notes)
    {
        var hop = (double)model.Signal.HopSamples / model.Signal.SampleRateHz;
        List<string> lines =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"Every {hop:0.##} s the model names one of {metrics.Classes.Count} activities. Of {metrics.Windows.Windows} windows of {metrics.PerSubject.Count} {(metrics.PerSubject.Count == 1 ? "person" : "people")} it names {Html.Percent(metrics.Windows.Accuracy)} as labelled."),
            $"On whole recordings, pauses and changes included, {Html.Percent(metrics.Continuous.Decided.Accuracy)} of the device's decisions are right, where unknown counts as wrong.",
        ];
        if (metrics.WindowsWithoutOneLabel > 0)
        {
            lines.Add($"{metrics.WindowsWithoutOneLabel} windows across a change of activity, or without a label, are not scored.");
        }

        return new PageSection("summary", "Summary", Html.Points(lines), notes.Count == 0 ? null : Html.Paragraph("To know:"), notes.Count == 0 ? null : Html.Points(notes));
    }
}

/// <summary>The page of a bit-exact comparison.</summary>
internal static class ComparisonPage
{
    /// <summary>On the desktop: trainer, generated code, device twin.</summary>
    public static ReportPage Of(string about, ParityMetrics parity, IReadOnlyList<DataManifest> data, string command) => new ReportPage
    {
        Title = "Comparison, bit for bit",
        Subtitle = about,
        IsSynthetic = data.Any(one => one.IsSynthetic),
        Figures =
        [
            (ScoreTables.Number(parity.FeatureMismatches + parity.ScoreMismatches + parity.LabelMismatches), "mismatches", "of features, scores, classes and decisions"),
            (ScoreTables.Number(parity.Windows), "windows compared", "bit for bit"),
        ],
    }.Add(
        new PageSection("comparison", "Comparison", ModelSections.ParityWords(parity), Html.Table(ParityTables.Of(about, parity))),
        ModelSections.Data(data),
        ModelSections.Reproduce(command, null, [.. data.Select(one => one.ContentSha256)]));

    /// <summary>With a device: the tables the terminal shows.</summary>
    public static ReportPage Of(string about, IReadOnlyList<ReportTable> tables, string command) => new ReportPage
    {
        Title = "Comparison with a device, bit for bit",
        Subtitle = about,
    }.Add(
        new PageSection("comparison", "Comparison", tables.Select(Html.Table)),
        ModelSections.Reproduce(command, null, []));
}
