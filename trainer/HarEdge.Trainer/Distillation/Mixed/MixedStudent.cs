using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.Distillation.Trees;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Distillation.Mixed;

/// <summary>
/// The gate with, on each side, whichever specialist does better on people it never saw: fixed-point linear or a boosted ensemble.
/// </summary>
/// <param name="settings">How the linear specialists select and fit; null takes the defaults.</param>
public sealed class MixedStudent(LinearSettings? settings = null) : Student
{
    private const int Folds = 3;

    private readonly LinearStudent linear = new(settings);
    private readonly LinearStudent specialist = new((settings ?? new LinearSettings()) with { UsesGate = false });
    private readonly BoostedTreesStudent trees = new();

    /// <inheritdoc/>
    public override string Kind => "mixed";

    /// <inheritdoc/>
    /// <remarks>The agreement of the result is the lowest of its parts.</remarks>
    public override DistilledStudent Distil(DistillationInput input)
    {
        var student = linear.Distil(input);
        if (student.Model.Stages.Count < 2)
        {
            return student;
        }

        for (var stage = 0; stage < student.Model.Stages.Count; stage++)
        {
            if (student.Model.Stages[stage].Classes.Count > 1 && SideLessons.Of(input, student.Model, stage) is var lessons && TreesFitAndAreBetter(lessons))
            {
                var ensemble = trees.Distil(lessons);
                student = new DistilledStudent(
                    StageReplacement.Replace(student.Model, stage, ensemble.Model), Math.Min(student.FixedPointAgreement, ensemble.FixedPointAgreement));
            }
        }

        return student;
    }

    private bool TreesFitAndAreBetter(DistillationInput lessons)
    {
        try
        {
            return TreesAreBetter(lessons);
        }
        catch (InputException)
        {
            // No ensemble is small enough: the linear specialist stays.
            return false;
        }
    }

    private bool TreesAreBetter(DistillationInput lessons)
    {
        var folds = new CrossFitFolds(lessons.Table, Folds, lessons.Seed);
        int linearErrors = 0, treeErrors = 0, judged = 0;
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var (asked, learned) = folds.Rows(lessons.Table, fold);
            var known = lessons.Select(learned);
            judged += asked.Count;
            linearErrors += Errors(specialist.Distil(known).Model, lessons, asked);
            treeErrors += Errors(trees.Distil(known).Model, lessons, asked);
            if (treeErrors - linearErrors > HopelesslyBehind * judged)
            {
                return false;
            }
        }

        return treeErrors < linearErrors;
    }

    private static int Errors(FixedPointModel model, DistillationInput lessons, IReadOnlyList<int> rows)
    {
        var evaluator = new ModelEvaluator(model, lessons.FeatureNames);
        return rows.Count(row => evaluator.Evaluate(lessons.Table.Row(row)).WindowClass != lessons.Table.Labels[row]);
    }
}
