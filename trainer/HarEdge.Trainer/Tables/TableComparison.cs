using System.Globalization;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Tables;

/// <summary>Every learner on the same parts of a table, with a paired test against the best; and for sequences every treatment of gaps, on the data's own gaps and on seeded ones.</summary>
internal static class TableComparison
{
    // Cells seeded as missing, beyond the data's own.
    private const double SeededShare = 0.05;

    /// <summary>Compares.</summary>
    public static TableComparisonReport Run(FeatureTable table, TableOptions options, int seed, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        // Of sequences: sum them up, learn, compare treatments of gaps.
        var steps = new RunProgress(progress, table.SequenceOfRow is null ? 1 : 3);
        steps.BeginStep();
        var examples = TableTraining.Examples(table, options.Missing, steps);
        var train = TableTraining.Learnable(examples.Select(examples.Labelled(test: false)));
        var test = examples.Select(examples.Labelled(test: true));
        var folds = TableFolds.Of(train, TableTraining.FoldCount(train), seed);
        var learners = Learners(train);
        if (table.SequenceOfRow is not null)
        {
            steps.BeginStep();
        }

        var fitted = TableCrossFit.Run(learners, train, folds, seed, steps, cancellation);
        var blend = fitted.Blended;
        var right = learners.Select((learner, m) => (learner.Name, Right: fitted.Scores[m].AreRight(train.Labels), Loss: fitted.Scores[m].LogLoss(train.Labels), Seconds: fitted.Seconds[m]))
            .Append((Name: "blend of all", Right: blend.AreRight(train.Labels), Loss: blend.LogLoss(train.Labels), Seconds: fitted.Seconds.Sum())).ToList();
        var best = right.MaxBy(entry => entry.Right.Count(isRight => isRight));
        steps.Reached(best.Right.Average(isRight => isRight ? 1.0 : 0));
        if (table.SequenceOfRow is not null)
        {
            steps.BeginStep();
        }

        var tested = test.Rows == 0 ? null : fitted.TestAccuracies(test);
        fitted.Release();
        return new TableComparisonReport(
            folds.How,
            folds.AreOfPeople,
            [.. right.Select((entry, place) => new TableLearnerScore(
                entry.Name,
                entry.Right.Average(isRight => isRight ? 1 : 0),
                WorstPerson(train, entry.Right),
                entry.Loss,
                entry.Seconds,
                entry.Name == best.Name ? null : PairedTest.Of(train.GroupOfRow, best.Right, entry.Right, seed),
                tested?[place]))],
            best.Name,
            table.SequenceOfRow is null ? [] : Gaps(table, seed, steps, cancellation));
    }

    /// <summary>The comparison as tables.</summary>
    public static IEnumerable<ReportTable> Tables(string name, TableComparisonReport report)
    {
        var hasTest = report.Learners.Any(learner => learner.TestAccuracy is not null);
        yield return new ReportTable(
            $"Learners on {name}, {(report.AreOfPeople ? "people" : "rows")} never learned from: {report.Folds}; p by a paired test against the best",
            ["learner", "accuracy", .. hasTest ? ["test"] : (string[])[], .. report.AreOfPeople ? ["worst person"] : (string[])[], "log loss", "p", "seconds"],
            [.. report.Learners.Select(learner => (string[])
            [
                learner.Name,
                ReportTable.Percent(learner.Accuracy),
                .. hasTest ? [ReportTable.Percent(learner.TestAccuracy ?? double.NaN)] : (string[])[],
                .. report.AreOfPeople ? [ReportTable.Percent(learner.WorstPerson ?? double.NaN)] : (string[])[],
                learner.LogLoss.ToString("0.000", CultureInfo.InvariantCulture),
                learner.PairedP is { } p ? p.ToString("0.000", CultureInfo.InvariantCulture) : "– (best)",
                learner.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
            ])]);
        if (report.Gaps.Count > 0)
        {
            yield return new ReportTable(
                $"Treatments of missing values, a linear discriminant on the same parts; seeded gaps are {100 * SeededShare:0} % of cells more",
                ["--missing", "sequences with values", "accuracy, own gaps", "accuracy, seeded gaps"],
                [.. report.Gaps.Select(gap => (string[])
                [
                    gap.Treatment.ToString().ToLowerInvariant(), TableAccount.Count(gap.Sequences), ReportTable.Percent(gap.Own), ReportTable.Percent(gap.Seeded),
                ])]);
        }
    }

    /// <summary>The page of a comparison of learners.</summary>
    public static ReportPage Page(string name, TableComparisonReport report, string command)
    {
        var best = report.Learners.First(learner => learner.Name == report.Best);
        return new ReportPage
        {
            Title = $"Learners on {name}",
            Subtitle = $"{(report.AreOfPeople ? "People" : "Rows")} never learned from: {report.Folds}.",
            Figures = [(Html.Percent(best.Accuracy), "the best learner", best.Name)],
        }.Add(
            new PageSection(
                "comparison",
                "Comparison",
                ScoreSections.PeopleFigure("learners", [.. report.Learners.OrderBy(learner => learner.Accuracy).Select(learner => (learner.Name, (double?)learner.Accuracy, (double?)null, (double?)null))], "Accuracy of each learner, the lowest first.", "learner"),
                Tables(name, report).Select(Html.Table)),
            ModelSections.ReproduceButTimes(command, null, []));
    }

    private static IReadOnlyList<TableLearner> Learners(FeatureTable train)
    {
        var members = TableTraining.BlendMembers(train);
        return train.Rows * (long)train.Columns.Count > TableTraining.ManyCells
            ? members
            : [.. members, TableLearner.Of(TableLearnerKind.Forest), TableLearner.Of(TableLearnerKind.Logistic), new TwoStageLearner(TableLearner.Of(TableLearnerKind.Linear))];
    }

    private static double? WorstPerson(FeatureTable table, bool[] right) => table.GroupOfRow is null ? null : Enumerable.Range(0, table.Rows)
        .GroupBy(row => table.GroupOfRow[row]).Min(rows => rows.Average(row => right[row] ? 1.0 : 0));

    private static List<GapScore> Gaps(FeatureTable table, int seed, RunProgress progress, CancellationToken cancellation)
    {
        var holed = WithGaps(table, seed);
        return [.. new[] { MissingTreatment.Interpolate, MissingTreatment.Hold, MissingTreatment.Drop, MissingTreatment.Model }.Select((treatment, number) =>
        {
            progress.Report(new StepProgress("comparing treatments of gaps", number / 4.0, treatment.ToString().ToLowerInvariant()));
            var (own, sequences) = Accuracy(table, treatment, seed, cancellation);
            return new GapScore(treatment, sequences, own, Accuracy(holed, treatment, seed, cancellation).Accuracy);
        })];
    }

    // A sequence of which nothing is left is wrong: that is what dropping costs.
    private static (double Accuracy, int Sequences) Accuracy(FeatureTable table, MissingTreatment treatment, int seed, CancellationToken cancellation)
    {
        var examples = Sequences.SequenceTable.Of(Silent(table), treatment);
        var all = examples.Labelled(test: false);
        var train = TableTraining.Learnable(examples.Select(all));
        var folds = TableFolds.Of(train, TableTraining.FoldCount(train), seed);
        var fitted = TableCrossFit.Run([TableLearner.Of(TableLearnerKind.Linear)], train, folds, seed, null, cancellation, alsoOnAll: false);
        return ((double)fitted.Scores[0].AreRight(train.Labels).Count(isRight => isRight) / all.Length, train.Rows);
    }

    private static FeatureTable WithGaps(FeatureTable table, int seed)
    {
        var random = new Random(seed);
        float[][] values = [.. table.Values.Select(column => Array.ConvertAll(column, value => random.NextDouble() < SeededShare ? float.NaN : value))];
        return table.With(table.Columns, values, [.. Enumerable.Range(0, table.Rows)]);
    }

    // The account is of the table as it is, not of what is tried here.
    private static FeatureTable Silent(FeatureTable table) => table.With(table.Columns, table.Values, [.. Enumerable.Range(0, table.Rows)], new TableAccount());
}

/// <summary>All learners of a table.</summary>
/// <param name="Folds">How rows were divided.</param>
/// <param name="AreOfPeople">Whether by people.</param>
/// <param name="Learners">In the order of the table.</param>
/// <param name="Best">The most accurate.</param>
/// <param name="Gaps">Treatments of missing values; empty for rows that stand alone.</param>
internal sealed record TableComparisonReport(string Folds, bool AreOfPeople, IReadOnlyList<TableLearnerScore> Learners, string Best, IReadOnlyList<GapScore> Gaps)
{
    /// <summary>The table's name.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>A table is somebody's.</summary>
    public bool Synthetic { get; init; }
}

/// <summary>One learner.</summary>
internal sealed record TableLearnerScore(string Name, double Accuracy, double? WorstPerson, double LogLoss, double Seconds, double? PairedP, double? TestAccuracy);

/// <summary>One treatment of missing values.</summary>
internal sealed record GapScore(MissingTreatment Treatment, int Sequences, double Own, double Seeded);
