using System.Globalization;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;

namespace HarEdge.Trainer.Tables;

/// <summary>A run on a table as tables and files.</summary>
internal static class TableReport
{
    private const int WordsShown = 25;

    /// <summary>The tables of a run: accuracy first, and first that of people nobody learned from.</summary>
    public static IEnumerable<ReportTable> Of(string name, TableRun run)
    {
        yield return Accuracy(name, run);
        var shown = run.TestScores ?? run.Scores;
        yield return Confusion(run.TestScores is null ? "Cross-fitted: label down, prediction across" : "Test: label down, prediction across", shown);
        yield return Learners(run);
        if (run.Table.GroupOfRow is not null)
        {
            yield return People(run.TestScores ?? run.Scores);
        }

        foreach (var table in run.Table.Account.Tables(name))
        {
            yield return table;
        }

        if (Words(run, WordsShown) is { Rows.Count: > 0 } words)
        {
            yield return words;
        }
    }

    /// <summary>The tables of a prediction.</summary>
    public static IEnumerable<ReportTable> Of(TableModel model, TablePredictions found)
    {
        yield return new ReportTable(
            $"Predicted by model {model.Id}",
            ["class", "rows"],
            [.. model.Header.ClassNames.Select((name, c) => (string[])[name, TableAccount.Count(found.Predicted.Count(predicted => predicted == c))])]);
        if (found.Accuracy is { Windows: > 0 } accuracy)
        {
            yield return Confusion($"{ReportTable.Percent(accuracy.Accuracy)} of {accuracy.Windows} labelled rows: label down, prediction across", accuracy);
        }
    }

    /// <summary>The files of a run folder.</summary>
    public static IReadOnlyDictionary<string, string> Files(string name, TableRun run, TableMetrics metrics) => new Dictionary<string, string>
    {
        [RunFolder.TableModelFileName] = run.Model.ToText(),
        [RunFolder.MetricsFileName] = ReportJson.Format(metrics),
        [ReportPage.FileName] = Page(name, run, metrics).Format(),
        [RunFolder.LogFileName] = string.Join('\n', [.. run.Table.Account.Warnings.Select(warning => "note: " + warning), "", .. Of(name, run).Select(table => table.ToMarkdown())]),
    };

    private static ReportPage Page(string name, TableRun run, TableMetrics metrics)
    {
        var scores = run.TestScores ?? run.Scores;
        var shown = ScoreMetrics.Of(scores);
        return new ReportPage
        {
            Title = $"Table model {metrics.ModelId}",
            Subtitle = $"{name}: {metrics.Rows} rows, {metrics.Features} features, {string.Join(", ", metrics.ClassNames)}.",
            Figures =
            [
                (Html.Percent(shown.Accuracy), run.TestScores is null ? "of rows never learned from right" : "of the given test right", shown.Low is null ? metrics.Folds : $"95 % interval {Html.Interval(shown.Low, shown.High)}"),
                (ScoreTables.Number(metrics.Rows), "rows", metrics.People > 0 ? $"of {metrics.People} people" : "of people nobody names"),
                (ScoreTables.Number(metrics.Features), "features", $"{metrics.LeftOut.Count} columns left out"),
            ],
        }.Add(
            new PageSection("summary", "Summary", Html.Points([Judged(run), .. metrics.Warnings])),
            new PageSection("accuracy", "Accuracy", Html.Table(Accuracy(name, run)), Html.Table(Learners(run))),
            ScoreSections.Confusion(scores.Classes, scores.Confusion),
            run.Table.GroupOfRow is null ? null : ScoreSections.People(SubjectMetrics.Of(scores, 1)),
            new PageSection("table", "How the table was read", run.Table.Account.Tables(name).Select(Html.Table)),
            Words(run, int.MaxValue) is { Rows.Count: > 0 } words ? new PageSection("words", "Features in words", Html.Table(words)) : null,
            ModelSections.Reproduce(metrics.Command, null, metrics.DataSha256));
    }

    private static string Judged(TableRun run) => run.Folds.AreOfPeople
        ? $"{ReportTable.Percent(run.Scores.Accuracy)} of {TableAccount.Count(run.Table.Rows)} rows are named right by learners that never saw the person; expect that of new people."
        : $"{ReportTable.Percent(run.Scores.Accuracy)} of {TableAccount.Count(run.Table.Rows)} rows are named right by learners that never saw the row; nothing says whose they are, so expect less of new people.";

    private static ReportTable Words(TableRun run, int most)
    {
        var known = run.Table.Columns.Where(column => column.Words is not null).ToList();
        return new ReportTable(
            known.Count > most ? $"The first {most} of {known.Count} features in words; report.html has all" : "Features in words",
            ["feature", "in words"],
            [.. known.Take(most).Select(column => (string[])[column.Name, column.Words!])]);
    }

    /// <summary>The page of a search.</summary>
    public static ReportPage OfSearch(string name, IReadOnlyList<TableTrial> trials, string command, FeatureTable table)
    {
        var page = new ReportPage { Title = $"Search on {name}", Subtitle = $"{trials.Count} trials, {trials.Count(trial => trial.IsPruned)} given up early." };
        var isAny = trials.Any(trial => trial.IsComplete);
        return page.Add(
            new PageSection("summary", "Summary", isAny
                ? Html.Points(
                [
                    $"The best of {trials.Count(trial => trial.IsComplete)} complete trials has {Html.Percent(TableSearch.Best(trials).Accuracy)} of the rows that it did not learn from right: {TableSearch.LearnerOf(TableSearch.Best(trials).Values).Name}.",
                    $"Choosing among so many is luck in part: each part of the rows judged by the trial that was best on the others, {Html.Percent(TableSearch.HonestAccuracy(trials))} are right. Believe this number.",
                ])
                : Html.Paragraph("No trial is complete yet.")),
            isAny ? new PageSection("trials", "Best trials", TableSearch.Tables(name, trials).Select(Html.Table)) : null,
            new PageSection("table", "How the table was read", table.Account.Tables(name).Select(Html.Table)),
            ModelSections.Reproduce(command, null, []));
    }

    /// <summary>The page of a model on another table with labels.</summary>
    public static ReportPage OfPrediction(TableModel model, TablePredictions found, string command)
    {
        var scores = found.Accuracy!;
        var shown = ScoreMetrics.Of(scores);
        return new ReportPage
        {
            Title = $"Table model {model.Id}",
            Subtitle = $"On another table: {scores.Windows} rows with labels.",
            Figures = [(Html.Percent(shown.Accuracy), "of rows right", shown.Low is null ? "nobody says whose they are: no interval" : $"95 % interval {Html.Interval(shown.Low, shown.High)}")],
        }.Add(
            found.Examples.Account.Warnings.Count == 0 ? null : new PageSection("notes", "To know", Html.Points(found.Examples.Account.Warnings)),
            ScoreSections.Accuracy([("model", shown)], ClassMetrics.Of(scores)),
            ScoreSections.Confusion(scores.Classes, scores.Confusion),
            scores.PerSubject.Count > 1 ? ScoreSections.People(SubjectMetrics.Of(scores, 1)) : null,
            ModelSections.Reproduce(command, null, []));
    }

    private static ReportTable Learners(TableRun run) => new(
        "Learners by themselves, cross-fitted on the same parts",
        ["learner", "accuracy", "factor in the blend"],
        [.. run.Members.Select(member => (string[])[member.Name, ReportTable.Percent(member.Accuracy), member.Factor.ToString("0.00", CultureInfo.InvariantCulture)])]);

    private static ReportTable Accuracy(string name, TableRun run)
    {
        List<string[]> rows = [];
        if (run.TestScores is { } test)
        {
            rows.Add([$"the given test, {TableAccount.Count(test.Windows)} rows", ReportTable.Percent(test.Accuracy), ReportTable.Percent(test.MacroF1), ""]);
        }

        rows.Add([
            $"{(run.Folds.AreOfPeople ? "people never learned from" : "rows never learned from")}: {run.Folds.How}",
            ReportTable.Percent(run.Scores.Accuracy),
            ReportTable.Percent(run.Scores.MacroF1),
            run.Folds.AreOfPeople ? "" : "too good for new people: the same person's rows may stand on both sides",
        ]);
        if (run.ByRows is { } split)
        {
            rows.Add([
                "not the result: a split by random rows would pretend",
                ReportTable.Percent(split.ByRows),
                "",
                $"rows of the same people on both sides; the same extra trees reach {ReportTable.Percent(split.ByPeople)} on new people",
            ]);
        }

        return new ReportTable($"Accuracy of model {run.Model.Id} on {name}", ["judged on", "accuracy", "macro F1", "note"], rows);
    }

    private static ReportTable Confusion(string title, ClassificationScores scores) => new(
        title,
        ["", .. scores.Classes, "F1"],
        [.. scores.Classes.Select((name, c) => (string[])[name, .. scores.Confusion[c].Select(count => count.ToString(CultureInfo.InvariantCulture)), ReportTable.Percent(scores.F1(c))])]);

    private static ReportTable People(ClassificationScores scores) => new(
        "By person, the worst first",
        ["person", "rows", "accuracy"],
        [.. scores.PerSubject.OrderBy(person => person.Value.Accuracy).ThenBy(person => FeatureTable.OrderOf(person.Key), StringComparer.Ordinal)
            .Select(person => (string[])[person.Key, TableAccount.Count(person.Value.Windows), ReportTable.Percent(person.Value.Accuracy)])]);
}

/// <summary>metrics.json of a run on a table.</summary>
internal sealed record TableMetrics
{
    /// <summary>As in metrics.json of recordings.</summary>
    public int FormatVersion { get; init; } = TrainingMetrics.CurrentFormat;

    /// <summary>Version of HarEdge.</summary>
    public string ToolVersion { get; init; } = Reports.Page.ToolVersion.Number;

    /// <summary>Id of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Name of the table.</summary>
    public required string Dataset { get; init; }

    /// <summary>Never: tables are somebody's.</summary>
    public bool Synthetic { get; init; }

    /// <summary>The command.</summary>
    public required string Command { get; init; }

    /// <summary>Examples learned from.</summary>
    public required int Rows { get; init; }

    /// <summary>Features.</summary>
    public required int Features { get; init; }

    /// <summary>Classes as the file writes them.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Classes for people.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>People learned from; 0 where not known.</summary>
    public required int People { get; init; }

    /// <summary>SHA-256 of the table as read, names, values and labels.</summary>
    public required IReadOnlyList<string> DataSha256 { get; init; }

    /// <summary>Share of the test right; null without a test.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>Share of cross-fitted rows right.</summary>
    public required double CrossFittedAccuracy { get; init; }

    /// <summary>How rows were divided for it.</summary>
    public required string Folds { get; init; }

    /// <summary>Whether it is of people never learned from.</summary>
    public required bool IsOfNewPeople { get; init; }

    /// <summary>What random rows would pretend; null where people are not known.</summary>
    public required RowSplit? SplitByRows { get; init; }

    /// <summary>The learners.</summary>
    public required IReadOnlyList<TableMemberScore> Learners { get; init; }

    /// <summary>By class, of the test or cross-fitted.</summary>
    public required IReadOnlyDictionary<string, ClassMetrics> PerClass { get; init; }

    /// <summary>Label down, prediction across, of the test or cross-fitted.</summary>
    public required int[][] Confusion { get; init; }

    /// <summary>What was understood.</summary>
    public required IReadOnlyList<TableFact> Understood { get; init; }

    /// <summary>Columns that are no features.</summary>
    public required IReadOnlyList<LeftOutColumn> LeftOut { get; init; }

    /// <summary>What to know before believing a figure.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The metrics of a run.</summary>
    public static TableMetrics Of(string name, TableRun run) => new()
    {
        DataSha256 = [run.Table.ContentSha256()],
        ModelId = run.Model.Id,
        Dataset = name,
        Command = run.Model.Header.Command,
        Rows = run.Table.Rows,
        Features = run.Table.Columns.Count,
        Classes = run.Model.Header.Classes,
        ClassNames = run.Model.Header.ClassNames,
        People = run.Model.Header.People,
        TestAccuracy = run.TestScores?.Accuracy,
        CrossFittedAccuracy = run.Scores.Accuracy,
        Folds = run.Folds.How,
        IsOfNewPeople = run.Folds.AreOfPeople,
        SplitByRows = run.ByRows,
        Learners = run.Members,
        PerClass = ClassMetrics.Of(run.TestScores ?? run.Scores),
        Confusion = (run.TestScores ?? run.Scores).Confusion,
        Understood = run.Table.Account.Facts,
        LeftOut = run.Table.Account.LeftOut,
        Warnings = run.Table.Account.Warnings,
    };
}

/// <summary>What predict prints for machines.</summary>
internal sealed record PredictionMetrics(
    string ModelId, string Dataset, bool Synthetic, int Rows, IReadOnlyDictionary<string, int> Predicted, double? Accuracy, int LabelledRows, IReadOnlyList<LeftOutColumn> LeftOut, IReadOnlyList<string> Warnings)
{
    /// <summary>The metrics of a prediction.</summary>
    public static PredictionMetrics Of(TableModel model, TablePredictions found, string dataset) => new(
        model.Id,
        dataset,
        Synthetic: false,
        found.Predicted.Length,
        model.Header.Classes.Select((name, c) => (name, c)).ToDictionary(pair => pair.name, pair => found.Predicted.Count(predicted => predicted == pair.c)),
        found.Accuracy is { Windows: > 0 } accuracy ? accuracy.Accuracy : null,
        found.Accuracy?.Windows ?? 0,
        found.Examples.Account.LeftOut,
        found.Examples.Account.Warnings);
}
