using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// Several teachers in one voice: a weighted geometric mean of their calibrated probabilities, weighted anew within each group
/// of classes that are taken for each other. Groups, weights and temperatures are chosen on windows of people the members did
/// not learn from; for cross-fitted labels even those of the fold are left out.
/// </summary>
/// <param name="members">Teachers to blend, at least one.</param>
internal sealed class BlendedTeacher(IReadOnlyList<Teacher> members) : Teacher
{
    private const int OwnFolds = 5;

    /// <inheritdoc/>
    public override string Name => "blend of " + string.Join(" and ", members.Select(member => member.Name));

    /// <inheritdoc/>
    public override CrossFittedLabels TrainAndCrossFit(
        WindowTable table,
        CrossFitFolds folds,
        int seed,
        WindowTable? further = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(folds);
        return Blend([.. members.Select(member => CrossFitting.Run(member, table, folds, seed, further, progress, cancellation))], table, folds, further);
    }

    /// <summary>Blends members that are already fitted to the same windows and folds; the blend owns their teachers.</summary>
    internal static CrossFittedLabels Blend(IReadOnlyList<CrossFitting> fitted, WindowTable table, CrossFitFolds folds, WindowTable? further)
    {
        var scores = fitted.Select(f => f.Scores).ToList();
        var blendOfFold = Enumerable.Range(0, folds.Count)
            .AsParallel().AsOrdered().Select(fold => BlendWithout(fold, table, folds, scores)).ToArray();
        var ofTable = BlendByFold(scores, blendOfFold, row => folds.FoldOf(table, row));
        var ofFurther = further is null
            ? null
            : BlendByFold([.. fitted.Select(f => f.FurtherScores!)], blendOfFold, row => folds.FoldOf(further, row));
        var teacher = new Trained([.. fitted.Select(f => f.Teacher)], GroupedBlend.Find(scores, table.Labels));
        return new CrossFittedLabels(teacher, ofTable.Softmax(), ofFurther?.Softmax());
    }

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation) =>
        TrainAndCrossFit(table, new CrossFitFolds(table, OwnFolds, seed), seed, cancellation: cancellation).Teacher;

    private static GroupedBlend BlendWithout(int fold, WindowTable table, CrossFitFolds folds, List<ClassScores> scores)
    {
        var labels = table.Labels.Select((label, row) => folds.FoldOf(table, row) == fold ? -1 : label).ToArray();
        return GroupedBlend.Find(scores, labels);
    }

    private static ClassScores BlendByFold(List<ClassScores> members, GroupedBlend[] blendOfFold, Func<int, int> foldOf)
    {
        var ofFold = blendOfFold.Select(found => found.Blend(members)).ToArray();
        var blend = new ClassScores(members[0].Rows, members[0].Classes);
        for (var row = 0; row < blend.Rows; row++)
        {
            ofFold[foldOf(row)][row].CopyTo(blend[row]);
        }

        return blend;
    }

    private sealed class Trained(IReadOnlyList<TrainedTeacher> members, GroupedBlend blend) : TrainedTeacher
    {
        public override ClassScores Score(WindowTable table) => blend.Blend([.. members.Select(member => member.Score(table))]);

        protected override void Dispose(bool disposing)
        {
            foreach (var member in members)
            {
                member.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
