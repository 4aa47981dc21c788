using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Distillation.Mixed;

/// <summary>Puts the only stage of one model in the place of a stage of another; features nobody needs any more go.</summary>
internal static class StageReplacement
{
    /// <summary>The model with the stage replaced.</summary>
    /// <param name="model">A model with several stages, before unknown rule and filter.</param>
    /// <param name="index">The stage to replace.</param>
    /// <param name="side">A model of a single tree stage, whose classes are those of the replaced stage in the same order.</param>
    public static FixedPointModel Replace(FixedPointModel model, int index, FixedPointModel side)
    {
        var old = model.Stages[index];
        var trees = (TreeStage)side.Stages[0];
        string[] wide = [.. model.Features.Union(side.Features)];
        var moved = side.Features.Select(name => Array.IndexOf(wide, name)).ToArray();
        var stages = model.Stages.ToArray();
        stages[index] = OnSlots(trees with { Name = old.Name, Classes = old.Classes }, moved);
        var widened = model with { Features = wide, Stages = stages };

        var slots = new ModelSlots(widened);
        int[] used = [.. slots.Always.Concat(Enumerable.Range(0, stages.Length).SelectMany(slots.BeyondAlways)).Distinct().Order()];
        var kept = Enumerable.Range(0, wide.Length).Select(slot => Array.IndexOf(used, slot)).ToArray();
        return widened with
        {
            Features = [.. used.Select(slot => wide[slot])],
            Gate = [.. model.Gate.Select(node => node.Stage >= 0 ? node : node with { Feature = kept[node.Feature] })],
            Stages = [.. stages.Select(stage => OnSlots(stage, kept))],
        };
    }

    private static Stage OnSlots(Stage stage, int[] slotOf) => stage switch
    {
        LinearStage linear => linear with { Inputs = [.. linear.Inputs.Select(input => input with { Feature = slotOf[input.Feature] })] },
        TreeStage trees => trees with
        {
            Trees = [.. trees.Trees.Select(tree => tree with
            {
                Nodes = [.. tree.Nodes.Select(node => node.Feature < 0 ? node : node with { Feature = slotOf[node.Feature] })],
            })],
        },
        _ => stage,
    };
}
