using System.Globalization;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Tables.Learners;
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
        var examples = TableTraining.Examples(table, options.Missing, progress);
        var train = TableTraining.Learnable(examples.Select(examples.Labelled(test: false)));
        var test = examples.Select(examples.Labelled(test: true));
        var folds = TableFolds.Of(train, TableTraining.FoldCount(train), seed);
        var learners = Learners(train);
        var fitted = TableCrossFit.Run(learners, train, folds, seed, progress, cancellation);
        var blend = fitted.Nested(train.Labels, folds);
        var right = learners.Select((learner, m) => (learner.Name, Right: RightOf(fitted.Scores[m], train.Labels), Loss: fitted.Scores[m].LogLoss(train.Labels), Seconds: fitted.Seconds[m]))
            .Append((Name: "blend of all", Right: RightOf(blend, train.Labels), Loss: blend.LogLoss(train.Labels), Seconds: fitted.Seconds.Sum())).ToList();
        var best = right.MaxBy(entry => entry.Right.Count(isRight => isRight));
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
                entry.Name == best.Name ? null : PairedTest.Of(train, best.Right, entry.Right, seed),
                tested?[place]))],
            best.Name,
            table.SequenceOfRow is null ? [] : Gaps(table, seed, progress, cancellation));
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

    private static IReadOnlyList<TableLearner> Learners(FeatureTable train)
    {
        var members = TableTraining.BlendMembers(train);
        return train.Rows * (long)train.Columns.Count > TableTraining.ManyCells
            ? members
            : [.. members, TableLearner.Of(TableLearnerKind.Forest), TableLearner.Of(TableLearnerKind.Logistic), new TwoStageLearner(TableLearner.Of(TableLearnerKind.Linear))];
    }

    private static bool[] RightOf(ClassScores scores, int[] labels) => [.. scores.BestClasses().Select((best, row) => best == labels[row])];

    private static double? WorstPerson(FeatureTable table, bool[] right) => table.GroupOfRow is null ? null : Enumerable.Range(0, table.Rows)
        .GroupBy(row => table.GroupOfRow[row]).Min(rows => rows.Average(row => right[row] ? 1.0 : 0));

    private static List<GapScore> Gaps(FeatureTable table, int seed, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var holed = WithGaps(table, seed);
        return [.. new[] { MissingTreatment.Interpolate, MissingTreatment.Hold, MissingTreatment.Drop, MissingTreatment.Model }.Select(treatment =>
        {
            progress?.Report(new StepProgress("comparing treatments of gaps", 0, treatment.ToString().ToLowerInvariant()));
            var (own, sequences) = Accuracy(table, treatment, seed, cancellation);
            return new GapScore(treatment, sequences, own, Accuracy(holed, treatment, seed, cancellation).Accuracy);
        })];
    }

    // A sequence of which nothing is left is wrong: that is what dropping costs.
    private static (double Accuracy, int Sequences) Accuracy(FeatureTable table, MissingTreatment treatment, int seed, CancellationToken cancellation)
    {
        var examples = Sequences.SequenceTable.Of(Silent(table), treatment);
        var train = examples.Select(examples.Labelled(test: false));
        var folds = TableFolds.Of(train, TableTraining.FoldCount(train), seed);
        var fitted = TableCrossFit.Run([TableLearner.Of(TableLearnerKind.Linear)], train, folds, seed, null, cancellation, alsoOnAll: false);
        var hasValues = Enumerable.Range(0, train.Rows).Select(row => Array.Exists(train.Values, column => !float.IsNaN(column[row]))).ToArray();
        var right = RightOf(fitted.Scores[0], train.Labels).Where((isRight, row) => isRight && hasValues[row]).Count();
        return ((double)right / train.Rows, hasValues.Count(has => has));
    }

    private static FeatureTable WithGaps(FeatureTable table, int seed)
    {
        var random = new Random(seed);
        float[][] values = [.. table.Values.Select(column => Array.ConvertAll(column, value => random.NextDouble() < SeededShare ? float.NaN : value))];
        return table.With(table.Columns, values, [.. Enumerable.Range(0, table.Rows)]);
    }

    // The account tells of the table as it is, not of what is tried here.
    private static FeatureTable Silent(FeatureTable table) => table.With(table.Columns, table.Values, [.. Enumerable.Range(0, table.Rows)], new TableAccount());
}

/// <summary>Whether two learners' differences are more than chance.</summary>
internal static class PairedTest
{
    private const int LeastPeople = 6;
    private const int Draws = 10_000;

    /// <summary>
    /// Two-sided p. With six people or more by flipping the signs of their differences at random, since rows of one person are no independent evidence; otherwise by McNemar's exact test
    /// over rows.
    /// </summary>
    public static double Of(FeatureTable table, bool[] first, bool[] second, int seed)
    {
        if (table.GroupOfRow is not null && table.GroupOfRow.Distinct().Count() >= LeastPeople)
        {
            double[] differences = [.. Enumerable.Range(0, table.Rows).GroupBy(row => table.GroupOfRow[row]).Select(rows => rows.Average(row => (first[row] ? 1.0 : 0) - (second[row] ? 1 : 0)))];
            return BySigns(differences, seed);
        }

        var onlyFirst = Enumerable.Range(0, first.Length).Count(row => first[row] && !second[row]);
        var onlySecond = Enumerable.Range(0, first.Length).Count(row => !first[row] && second[row]);
        var (n, k) = (onlyFirst + onlySecond, Math.Min(onlyFirst, onlySecond));
        return n == 0 ? 1 : Math.Min(1, 2 * MathNet.Numerics.Distributions.Binomial.CDF(0.5, n, k));
    }

    private static double BySigns(double[] differences, int seed)
    {
        const double Rounding = 1e-12;
        var random = new Random(seed);
        var observed = Math.Abs(differences.Sum());
        var asFar = 1;
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = differences.Sum(difference => random.Next(2) == 0 ? difference : -difference);
            asFar += Math.Abs(sum) >= observed - Rounding ? 1 : 0;
        }

        return (double)asFar / (Draws + 1);
    }
}

/// <summary>All learners of a table.</summary>
/// <param name="Folds">How rows were divided.</param>
/// <param name="AreOfPeople">Whether by people.</param>
/// <param name="Learners">In the order they are told.</param>
/// <param name="Best">The most accurate.</param>
/// <param name="Gaps">Treatments of missing values; empty for rows that stand alone.</param>
internal sealed record TableComparisonReport(string Folds, bool AreOfPeople, IReadOnlyList<TableLearnerScore> Learners, string Best, IReadOnlyList<GapScore> Gaps);

/// <summary>One learner.</summary>
internal sealed record TableLearnerScore(string Name, double Accuracy, double? WorstPerson, double LogLoss, double Seconds, double? PairedP, double? TestAccuracy);

/// <summary>One treatment of missing values.</summary>
internal sealed record GapScore(MissingTreatment Treatment, int Sequences, double Own, double Seeded);

/// <summary>
/// Two stages, as static and dynamic activities are often told apart first: one learner says which group of classes a row is of, another, which class of the group. Groups are classes
/// that a quick discriminant takes for each other. Compared with the same learner in one stage; it is no member of a model's file.
/// </summary>
internal sealed class TwoStageLearner(TableLearner of) : TableLearner
{
    /// <inheritdoc/>
    public override string Name => $"{of.Name}, two stages";

    /// <inheritdoc/>
    public override TrainedLearner Learn(float[][] columns, int[] labels, int classes, int seed, CancellationToken cancellation)
    {
        var groups = Groups(columns, labels, classes, seed, cancellation);
        var groupOf = new int[classes];
        for (var g = 0; g < groups.Count; g++)
        {
            foreach (var c in groups[g])
            {
                groupOf[c] = g;
            }
        }

        var gate = groups.Count < 2 ? null : of.Learn(columns, Array.ConvertAll(labels, label => groupOf[label]), groups.Count, seed, cancellation);
        var inside = groups.Select(group =>
        {
            int[] rows = [.. Enumerable.Range(0, labels.Length).Where(row => group.Contains(labels[row]))];
            return rows.Select(row => labels[row]).Distinct().Count() < 2 ? null : of.Learn(
                Array.ConvertAll(columns, column => FeatureTable.Pick(column, rows)), [.. rows.Select(row => Array.IndexOf(group, labels[row]))], group.Length, seed, cancellation);
        }).ToArray();
        return new Trained(groups, gate, inside, classes);
    }

    // Two halves of the rows judge each other: enough to see who is taken for whom.
    private static IReadOnlyList<int[]> Groups(float[][] columns, int[] labels, int classes, int seed, CancellationToken cancellation)
    {
        var scores = new ClassScores(labels.Length, classes);
        var quick = new DiscriminantLearner();
        for (var half = 0; half < 2; half++)
        {
            int[] judged = [.. Enumerable.Range(0, labels.Length).Where(row => row % 2 == half)];
            int[] learned = [.. Enumerable.Range(0, labels.Length).Where(row => row % 2 != half)];
            using var trained = quick.Learn(Array.ConvertAll(columns, column => FeatureTable.Pick(column, learned)), FeatureTable.Pick(labels, learned), classes, seed, cancellation);
            var found = trained.Score(Array.ConvertAll(columns, column => FeatureTable.Pick(column, judged)));
            for (var i = 0; i < judged.Length; i++)
            {
                found[i].CopyTo(scores[judged[i]]);
            }
        }

        return ClassGroups.Find(scores, labels);
    }

    private sealed class Trained(IReadOnlyList<int[]> groups, TrainedLearner? gate, TrainedLearner?[] inside, int classes) : TrainedLearner
    {
        public override TableLearnerKind Kind => throw new NotSupportedException("Two stages are compared, not kept.");

        public override ClassScores Score(float[][] columns)
        {
            var rows = columns[0].Length;
            var scores = new ClassScores(rows, classes);
            var ofGate = gate?.Score(columns).Softmax();
            for (var g = 0; g < groups.Count; g++)
            {
                var within = inside[g]?.Score(columns).Softmax();
                for (var row = 0; row < rows; row++)
                {
                    for (var i = 0; i < groups[g].Length; i++)
                    {
                        var share = within is null ? (i == 0 ? 1f : 0f) : within[row][i];
                        scores[row][groups[g][i]] = Math.Log(1e-9 + ((ofGate is null ? 1 : ofGate[row][g]) * (double)share));
                    }
                }
            }

            return scores;
        }

        public override void Write(BinaryWriter writer) => throw new NotSupportedException("Two stages are compared, not kept.");

        protected override void Dispose(bool disposing)
        {
            gate?.Dispose();
            foreach (var learner in inside)
            {
                learner?.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
