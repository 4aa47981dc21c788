using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Learning.LightGbm;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>A learner of tables over all features of a window, energies as logarithms.</summary>
/// <param name="learner">The learner.</param>
/// <param name="transforms">One for each column, see <see cref="FeatureTransforms"/>.</param>
internal sealed class FeatureTeacher(TableLearner learner, IReadOnlyList<InputTransform> transforms) : Teacher
{
    /// <inheritdoc/>
    public override string Name => learner.Name;

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation) =>
        new Trained(learner.Learn(ColumnsOf(table, transforms), table.Labels, table.Classes.Count, seed, cancellation), transforms);

    /// <summary>Columns × rows of transformed features.</summary>
    internal static float[][] ColumnsOf(WindowTable table, IReadOnlyList<InputTransform> transforms)
    {
        var columns = new float[table.Columns][];
        Parallel.For(0, columns.Length, column =>
        {
            var values = columns[column] = new float[table.Rows];
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = StageScorer.Transform(transforms[column], table.Features[(row * table.Columns) + column]);
            }
        });
        return columns;
    }

    private sealed class Trained(TrainedLearner learned, IReadOnlyList<InputTransform> transforms) : TrainedTeacher
    {
        public override ClassScores Score(WindowTable table) =>
            table.Rows == 0 ? new ClassScores(0, table.Classes.Count) : learned.Score(ColumnsOf(table, transforms));

        protected override void Dispose(bool disposing)
        {
            learned.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>
/// Two stages, as static and dynamic activities are often distinguished first: one learner says which group of classes a row is of, another, which class of the group. Groups are classes
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
                RowSample.PickColumns(columns, rows), [.. rows.Select(row => Array.IndexOf(group, labels[row]))], group.Length, seed, cancellation);
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
            using var trained = quick.Learn(RowSample.PickColumns(columns, learned), RowSample.Pick(labels, learned), classes, seed, cancellation);
            var found = trained.Score(RowSample.PickColumns(columns, judged));
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

/// <summary>
/// Gradient boosting over all features. Small trees that each see one feature in twenty: features are many and alike, so that
/// a small draw costs no accuracy and the full fit takes seconds. Settings by cross-validation over HAPT's training people.
/// </summary>
internal sealed class LightGbmTeacher : Teacher
{
    private const int Iterations = 150;

    /// <inheritdoc/>
    public override string Name => "gradient boosting";

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        var parameters = new LightGbmParameters(seed, table.Classes.Count)
            .Set("objective", "multiclass")
            .Set("max_bin", 63)
            .Set("learning_rate", 0.1)
            .Set("num_leaves", 6)
            .Set("feature_fraction", Math.Max(0.05, Math.Min(1, 20.0 / table.Columns)))
            .Set("min_data_in_leaf", Math.Clamp(table.Rows / 200, 1, 20));
        var dataset = LightGbmDataset.FromTable(table, parameters);
        LightGbmBooster? booster = null;
        try
        {
            dataset.SetLabels([.. table.Labels.Select(label => (float)label)]);
            booster = new LightGbmBooster(dataset, parameters);
            for (var i = 0; i < Iterations && booster.Update(); i++)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return new Trained(dataset, booster);
        }
        catch
        {
            booster?.Dispose();
            dataset.Dispose();
            throw;
        }
    }

    private sealed class Trained(LightGbmDataset dataset, LightGbmBooster booster) : TrainedTeacher
    {
        public override ClassScores Score(WindowTable table)
        {
            var raw = booster.Predict(table, raw: true);
            var scores = new ClassScores(table.Rows, booster.Classes);
            for (var row = 0; row < table.Rows; row++)
            {
                raw.AsSpan(row * booster.Classes, booster.Classes).CopyTo(scores[row]);
            }

            return scores;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                booster.Dispose();
                dataset.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
