using HarEdge.Trainer.Distillation.Trees;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Mixed;

/// <summary>The lessons of one side of a gate, as if its classes were all there are, for what may be added to the side's stage.</summary>
/// <param name="Columns">Columns the device computes for these windows anyway, ascending.</param>
/// <param name="Table">Windows the gate sends to the stage and whose label is one of its classes, which are numbered as in the stage.</param>
/// <param name="Targets">What each window should be.</param>
/// <param name="MostNodes">Nodes the budget leaves, in equal parts for this stage and those after it.</param>
internal sealed record SideLessons(int[] Columns, WindowTable Table, SoftTargets Targets, int MostNodes)
{
    /// <summary>Number of the stage's classes.</summary>
    public int ClassCount => Table.Classes.Count;

    /// <summary>Takes the lessons of a stage.</summary>
    /// <param name="input">All lessons, and the budget.</param>
    /// <param name="model">A model with a gate, learned from them.</param>
    /// <param name="stage">Which of its stages.</param>
    public static SideLessons Of(DistillationInput input, FixedPointModel model, int stage)
    {
        var classes = model.Stages[stage].Classes.ToArray();
        var evaluator = new ModelEvaluator(model, input.FeatureNames);
        var table = input.Table;
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => classes.Contains(table.Labels[row]) && evaluator.SelectStage(table.Row(row)) == stage)];
        var side = input.Select(rows);
        side = side with
        {
            Table = Relabelled(side.Table, classes),
            SoftLabels = [.. side.SoftLabels.Select(soft => Limited(soft, classes))],
        };
        int[] columns = [.. evaluator.Slots.Always.Concat(evaluator.Slots.BeyondAlways(stage)).Select(slot => evaluator.Columns[slot]).Order()];
        var size = ModelSize.Of(model);
        var nodes = Math.Min(input.Budget.Nodes - size.Nodes, (input.Budget.Bytes - size.Bytes) / ModelSize.BytesPerNode) / (model.Stages.Count - stage);
        return new SideLessons(columns, side.Table, SoftTargets.Of(side), nodes);
    }

    private static WindowTable Relabelled(WindowTable table, int[] classes) => new()
    {
        Features = table.Features,
        Columns = table.Columns,
        Labels = [.. table.Labels.Select(label => Array.IndexOf(classes, label))],
        SubjectOfRow = table.SubjectOfRow,
        RecordingOfRow = table.RecordingOfRow,
        StartSample = table.StartSample,
        Subjects = table.Subjects,
        Classes = [.. classes.Select(c => table.Classes[c])],
    };

    // A teacher that gave these classes nothing at all knows nothing about them.
    private static float[] Limited(float[] soft, int[] classes)
    {
        var sum = classes.Sum(c => soft[c]);
        return [.. classes.Select(c => sum > 0 ? soft[c] / sum : 1f / classes.Length)];
    }
}
