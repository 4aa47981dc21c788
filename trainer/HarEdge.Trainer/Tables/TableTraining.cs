using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Tables.Sequences;

namespace HarEdge.Trainer.Tables;

/// <summary>
/// Trains on a table: every learner is judged on people it never saw, a blend is weighed by that, and the accuracy of the blend is measured with weights that did not know the people
/// judged. Then all of it learns from all rows.
/// </summary>
internal static class TableTraining
{
    // Cells above which only learners that stay fast take part, and folds learn one at a time: 20 million floats are 80 MB, and a fold holds several copies.
    internal const long ManyCells = 20_000_000;
    private const int ManyRows = 12_000;

    // People left out one by one where that is affordable.
    private const long FewCells = 400_000;
    private const int MostFolds = 10;
    private const int UsualFolds = 5;

    /// <summary>Learners that the blend is made of, for a table of a size.</summary>
    public static IReadOnlyList<TableLearner> BlendMembers(FeatureTable table)
    {
        var cells = (long)table.Rows * table.Columns.Count;
        return
        [
            TableLearner.Of(TableLearnerKind.Linear),
            .. cells <= ManyCells && table.Rows <= ManyRows ? [TableLearner.Of(TableLearnerKind.Svc)] : (TableLearner[])[],
            .. cells <= ManyCells ? [TableLearner.Of(TableLearnerKind.ExtraTrees)] : (TableLearner[])[],
            TableLearner.Of(TableLearnerKind.LightGbm),
        ];
    }

    /// <summary>What is learned from: one row an example, sequences summed up.</summary>
    /// <exception cref="InputException">A treatment of gaps means nothing for the table.</exception>
    public static FeatureTable Examples(FeatureTable table, MissingTreatment? treatment, IProgress<StepProgress>? progress = null)
    {
        var chosen = TreatmentOf(table, treatment);
        if (table.SequenceOfRow is not null)
        {
            return SequenceTable.Of(table, chosen, progress);
        }

        return chosen == MissingTreatment.Drop ? Dropped(table) : table;
    }

    /// <summary>The treatment that was asked for, or the one that fits.</summary>
    /// <exception cref="InputException">Rows that stand alone have no neighbours in time.</exception>
    public static MissingTreatment TreatmentOf(FeatureTable table, MissingTreatment? treatment) =>
        table.SequenceOfRow is null && treatment is MissingTreatment.Interpolate or MissingTreatment.Hold
            ? throw new InputException(
                $"--missing {treatment.Value.ToString().ToLowerInvariant()} means nothing here: rows of this table are no steps in time.",
                "Name the columns of sequence and step with --sequence and --step, or use --missing model or drop.",
                2)
            : treatment ?? (table.SequenceOfRow is null ? MissingTreatment.Model : MissingTreatment.Interpolate);

    /// <summary>Trains.</summary>
    /// <param name="table">As it was read.</param>
    /// <param name="examples">What <see cref="Examples"/> made of it.</param>
    /// <param name="request">What to train and how.</param>
    /// <param name="progress">Receives what is being done.</param>
    /// <param name="cancellation">Checked between steps.</param>
    public static TableRun Run(
        FeatureTable table, FeatureTable examples, TableTrainingRequest request, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        var treatment = TreatmentOf(table, request.Options.Missing);
        var steps = new RunProgress(progress, 2);
        steps.BeginStep();
        var train = Learnable(examples.Select(examples.Labelled(test: false)));
        var test = examples.Select(examples.Labelled(test: true));
        var members = request.Members ?? BlendMembers(train);
        var folds = TableFolds.Of(train, FoldCount(train), request.Seed);
        var fitted = TableCrossFit.Run(members, train, folds, request.Seed, steps, cancellation);
        var judged = fitted.Blended;
        var model = new TableModel(
            Header(table, examples, train, treatment, request, judged.Errors(train.Labels), folds), fitted.Members());
        steps.Reached(1 - ((double)judged.Errors(train.Labels) / train.Rows));
        steps.BeginStep();
        var trainNames = Enumerable.Range(0, train.Rows).Select(train.GroupName).ToList();
        var scores = ClassificationScores.Of(train.ClassNames, train.Labels, judged.BestClasses(), trainNames);
        return new TableRun
        {
            Table = train,
            Test = test,
            Model = model,
            Folds = folds,
            CrossFitted = judged,
            Scores = scores,
            TestScores = test.Rows == 0 ? null : ClassificationScores.Of(test.ClassNames, test.Labels, model.Score(test.Values).BestClasses(), [.. Enumerable.Range(0, test.Rows).Select(test.GroupName)]),
            Members = [.. members.Select((member, m) => new TableMemberScore(
                member.Name, 1 - ((double)fitted.Scores[m].Errors(train.Labels) / train.Rows), fitted.Factors[m], fitted.Seconds[m]))],
            ByRows = folds.AreOfPeople ? RowSplit.Measure(train, folds, request.Seed, steps, cancellation) : null,
        };
    }

    /// <summary>Folds for a table: each person once where that is affordable.</summary>
    public static int FoldCount(FeatureTable table)
    {
        var cells = (long)table.Rows * table.Columns.Count;
        return cells <= FewCells ? MostFolds : cells <= ManyCells ? UsualFolds : 3;
    }

    /// <summary>How many folds learn at a time.</summary>
    internal static int FoldsAtATime(FeatureTable table) => (long)table.Rows * table.Columns.Count > ManyCells ? 1 : Environment.ProcessorCount;

    private static FeatureTable Dropped(FeatureTable table)
    {
        int[] whole = [.. Enumerable.Range(0, table.Rows).Where(row => !Array.Exists(table.Values, column => float.IsNaN(column[row])))];
        table.Account.Warn($"{TableAccount.Count(table.Rows - whole.Length)} of {TableAccount.Count(table.Rows)} rows have a missing value and are dropped, as asked; --missing model keeps them.");
        return whole.Length > 0 ? table.Select(whole) : throw new InputException("Every row has a missing value, so that dropping leaves nothing.", "Use --missing model.");
    }

    /// <summary>The rows to learn from, without sequences of which dropping rows with gaps left nothing.</summary>
    /// <exception cref="InputException">Fewer than two classes are left.</exception>
    internal static FeatureTable Learnable(FeatureTable all)
    {
        int[] some = [.. Enumerable.Range(0, all.Rows).Where(row => Array.Exists(all.Values, column => !float.IsNaN(column[row])))];
        var train = some.Length == all.Rows ? all : all.Select(some);
        var present = train.Labels.Distinct().ToList();
        return present.Count >= 2 ? train : throw new InputException(
            $"The rows to learn from show fewer than two classes: {(present.Count == 0 ? "none" : train.ClassNames[present[0]])}.", "Check --label and the split: at least two classes need rows.");
    }

    private static TableModelHeader Header(
        FeatureTable table, FeatureTable examples, FeatureTable train, MissingTreatment treatment, TableTrainingRequest request, int errors, TableFolds folds) => new()
        {
            Columns = [.. table.Columns.Select(column => column.Name)],
            Features = [.. examples.Columns.Select(column => column.Name)],
            Classes = table.Classes,
            ClassNames = table.ClassNames,
            Roles = table.Roles,
            Missing = treatment,
            Categorical = request.Options.Categorical,
            MissingMarks = request.Options.MissingMarks,
            Sentinels = request.Options.Sentinels,
            Command = request.Command,
            Rows = train.Rows,
            People = train.GroupOfRow?.Distinct().Count() ?? 0,
            Accuracy = 1 - ((double)errors / train.Rows),
            IsOfNewPeople = folds.AreOfPeople,
        };
}

/// <summary>What to train.</summary>
/// <param name="Options">How the table was read.</param>
/// <param name="Seed">Seed of every random choice.</param>
/// <param name="Command">The command, for the model's file.</param>
/// <param name="Members">The learners; null for the blend that fits the table.</param>
internal sealed record TableTrainingRequest(TableOptions Options, int Seed, string Command, IReadOnlyList<TableLearner>? Members = null);

/// <summary>What came of training.</summary>
internal sealed class TableRun
{
    /// <summary>Examples learned from.</summary>
    public required FeatureTable Table { get; init; }

    /// <summary>Examples of the test; may have no rows.</summary>
    public required FeatureTable Test { get; init; }

    /// <summary>The model.</summary>
    public required TableModel Model { get; init; }

    /// <summary>How rows were divided.</summary>
    public required TableFolds Folds { get; init; }

    /// <summary>Scores of the examples by models that did not learn from their fold.</summary>
    public required ClassScores CrossFitted { get; init; }

    /// <summary>How often these were right.</summary>
    public required ClassificationScores Scores { get; init; }

    /// <summary>How often the model is correct on the test; null without one.</summary>
    public required ClassificationScores? TestScores { get; init; }

    /// <summary>Each learner by itself.</summary>
    public required IReadOnlyList<TableMemberScore> Members { get; init; }

    /// <summary>What a split by rows would pretend; null where people are not known.</summary>
    public required RowSplit? ByRows { get; init; }
}

/// <summary>One learner by itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Accuracy">Cross-fitted.</param>
/// <param name="Factor">How much it counts in the blend.</param>
/// <param name="Seconds">Processor time of all its folds and the last fit.</param>
internal sealed record TableMemberScore(string Name, double Accuracy, double Factor, [property: System.Text.Json.Serialization.JsonIgnore] double Seconds);

/// <summary>The accuracy that a split by random rows would pretend, and the same forest's on people it never saw.</summary>
/// <param name="ByRows">By random rows.</param>
/// <param name="ByPeople">By people.</param>
internal sealed record RowSplit(double ByRows, double ByPeople)
{
    // A smaller forest shows the same difference.
    private const int Trees = 60;
    private const int MostRows = 20_000;

    /// <summary>Measures both.</summary>
    public static RowSplit Measure(FeatureTable table, TableFolds byPeople, int seed, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var learner = new ForestLearner(isExtra: true, Trees);
        var rows = RowSample.Of(table.Labels, table.Classes.Count, MostRows, seed);
        var sample = rows.Length == table.Rows ? table : table.Select(rows);
        double Accuracy(TableFolds folds, double before)
        {
            var half = new JobProgress(progress, new StepProgress("what a split by rows would pretend", before), 0.5);
            var fitted = TableCrossFit.Run([learner], sample, folds, seed, half, cancellation, alsoOnAll: false);
            return 1 - ((double)fitted.Scores[0].Errors(sample.Labels) / sample.Rows);
        }

        return new RowSplit(Accuracy(TableFolds.ByRows(sample, 5, seed), 0), Accuracy(rows.Length == table.Rows ? byPeople : TableFolds.Of(sample, byPeople.Count, seed), 0.5));
    }
}
