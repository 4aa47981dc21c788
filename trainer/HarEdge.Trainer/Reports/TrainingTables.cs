using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Reports;

/// <summary>The tables a training run ends with.</summary>
internal static class TrainingTables
{
    /// <summary>All of them, in reading order; each title names the data, the split and the seed, and says "synthetic" where it is.</summary>
    public static IReadOnlyList<ReportTable> Of(TrainingResult result)
    {
        var manifest = result.Model.Manifest ?? throw new ArgumentException("The model of a run has a manifest.", nameof(result));
        var names = string.Join(" + ", manifest.Data.Select(data => data.IsSynthetic ? data.Name + " (SYNTHETIC data)" : data.Name));
        var about = $"{names}, split: {result.Split}, seed {manifest.Seed}";
        List<ReportTable> tables =
        [
            CrossValidation(about, result),
            ScoreTables.Confusion($"Student, test windows: {about}", result.Student),
            ScoreTables.PerSubject($"Student by person: {about}", result.Student),
            StreamTables.Coverage(CoverageMetrics.Of(result.Trial.Coverage), ScoreMetrics.Share(result.Trial.ConfidenceAuroc)),
            StreamTables.Filter(StreamMetrics.Of(result.Trial.Filter)),
            StreamTables.Unknown(UnknownMetrics.Of(result.Trial.Unknown)),
            Model(result),
            Summary(about, result),
        ];
        if (result.Personal is { } personal)
        {
            tables.InsertRange(0, PersonalTables.Of(PersonalMetrics.Of(personal)));
        }

        if (result.StudentOfDataSet.Count > 1)
        {
            tables.Insert(tables.Count - 2, PerDataSet(result));
        }

        return tables;
    }

    private static ReportTable CrossValidation(string about, TrainingResult result) => new(
        $"Training people, cross-validated by person: {about}",
        ["model", "accuracy"],
        [.. result.CrossValidation.Select(tried => (IReadOnlyList<string>)[tried.Key, ReportTable.Percent(tried.Value)])]);

    private static ReportTable PerDataSet(TrainingResult result) => new(
        "Student by data set",
        ["data set", "windows", "accuracy", "macro-F1"],
        [.. result.StudentOfDataSet.Select(data => (IReadOnlyList<string>)
        [
            data.Key, ScoreTables.Number(data.Value.Windows), ReportTable.Percent(data.Value.Accuracy), ReportTable.Percent(data.Value.MacroF1),
        ])]);

    private static ReportTable Model(TrainingResult result)
    {
        var size = ModelSize.Of(result.Model);
        return new ReportTable(
            $"Model {result.Model.Id}",
            ["form", "bytes", "nodes", "weights", "features"],
            [[result.StudentKind, ScoreTables.Number(size.Bytes), ScoreTables.Number(size.Nodes), ScoreTables.Number(size.Weights), ScoreTables.Number(result.Model.Features.Count)]]);
    }

    private static ReportTable Summary(string about, TrainingResult result)
    {
        List<(string Name, ClassificationScores Scores)> columns = [("teacher", result.Teacher), ("student", result.Student)];
        if (result.TeacherInContext is { } inContext)
        {
            columns.Insert(1, ("teacher in temporal context", inContext));
        }

        IReadOnlyList<string> Line(string name, Func<ClassificationScores, string> figure) => [name, .. columns.Select(column => figure(column.Scores))];
        return new ReportTable(
            $"Test people: {about}",
            ["", .. columns.Select(column => column.Name)],
            [
                Line("accuracy", scores => ReportTable.Percent(scores.Accuracy)),
                Line("macro-F1", scores => ReportTable.Percent(scores.MacroF1)),
                Line("worst person", Worst),
                Line("windows", scores => ScoreTables.Number(scores.Windows)),
            ]);
    }

    private static string Worst(ClassificationScores scores)
    {
        var (subject, score) = ScoreTables.WorstFirst(scores).FirstOrDefault();
        return subject is null ? "–" : $"{ReportTable.Percent(score.Accuracy)} ({subject})";
    }
}

/// <summary>What a bit-exact comparison found.</summary>
internal static class ParityTables
{
    /// <summary>Counts by kind.</summary>
    public static ReportTable Of(string about, ParityMetrics parity) => new(
        $"{string.Join(", ", parity.Backends)}: {about}",
        ["compared", "windows", "mismatches"],
        [
            ["every feature", ScoreTables.Number(parity.Windows), ScoreTables.Number(parity.FeatureMismatches)],
            ["every class score", ScoreTables.Number(parity.Windows), ScoreTables.Number(parity.ScoreMismatches)],
            ["stage, class, confidence, decision", ScoreTables.Number(parity.Windows), ScoreTables.Number(parity.LabelMismatches)],
        ]);

    /// <summary>The same in one line.</summary>
    public static string Line(ParityReport parity) =>
        $"Parity: {parity.Mismatches} mismatches in {parity.Windows} windows ({string.Join(", ", parity.Backends)}; every feature, score and label).";
}
