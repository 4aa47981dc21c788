using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Tables.Learners;

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
