using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Mixed;

/// <summary>The lessons of one side of a gate, as if its classes were all there are.</summary>
internal static class SideLessons
{
    /// <summary>Rows the gate sends to a stage and whose label is one of the stage's classes.</summary>
    /// <param name="input">All lessons.</param>
    /// <param name="model">A model with a gate, learned from them.</param>
    /// <param name="stage">Which of its stages.</param>
    public static DistillationInput Of(DistillationInput input, FixedPointModel model, int stage)
    {
        var classes = model.Stages[stage].Classes.ToArray();
        var evaluator = new ModelEvaluator(model, input.FeatureNames);
        var table = input.Table;
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => classes.Contains(table.Labels[row]) && evaluator.SelectStage(table.Row(row)) == stage)];
        var side = input.Select(rows);
        var gate = model.Gate.Where(node => node.Stage < 0).Select(node => evaluator.Columns[node.Feature]).Distinct().ToList();
        return side with
        {
            Table = Relabelled(side.Table, classes),
            SoftLabels = [.. side.SoftLabels.Select(soft => Limited(soft, classes))],
            Present = [.. input.Present.Union(gate)],
            Budget = input.Budget with
            {
                Bytes = (input.Budget.Bytes - (model.Gate.Count * ModelSize.BytesPerNode)) / model.Stages.Count,
                Nodes = (input.Budget.Nodes - model.Gate.Count) / model.Stages.Count,
                Instructions = input.Budget.Instructions - (int)Math.Ceiling(input.PriceOf(gate)),
            },
        };
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
