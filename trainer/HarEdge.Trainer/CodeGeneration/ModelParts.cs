using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Finds out which parts of a model a window exercises.</summary>
internal static class ModelParts
{
    /// <summary>Parts behind one answer.</summary>
    public static HashSet<ModelPart> Of(FixedPointModel model, WindowEvaluation answer)
    {
        var parts = new HashSet<ModelPart>
        {
            new(ModelPartKind.Stage, answer.Stage),
            new(ModelPartKind.Class, answer.WindowClass),
            new(ModelPartKind.Known, answer.IsKnown ? 1 : 0),
            new(ModelPartKind.GateLeaf, GateLeaf(model.Gate, answer.Features)),
        };
        var stage = model.Stages[answer.Stage];
        parts.UnionWith(stage.ScoreTrees.Select((tree, t) => new ModelPart(ModelPartKind.TreeLeaf, answer.Stage, t, TreeLeaf(tree, answer.Features))));
        if (stage is LinearStage linear)
        {
            parts.UnionWith(linear.Inputs.Select((input, i) => new ModelPart(ModelPartKind.Limit, answer.Stage, i, Side(input, answer.Features))));
        }

        return parts;
    }

    private static int GateLeaf(IReadOnlyList<GateNode> gate, int[] features)
    {
        var at = 0;
        while (gate[at].Stage < 0)
        {
            at = features[gate[at].Feature] <= gate[at].Threshold ? gate[at].Left : gate[at].Right;
        }

        return at;
    }

    private static int TreeLeaf(ScoreTree tree, int[] features)
    {
        var at = 0;
        while (tree.Nodes[at].Feature >= 0)
        {
            at = features[tree.Nodes[at].Feature] <= tree.Nodes[at].Threshold ? tree.Nodes[at].Left : tree.Nodes[at].Right;
        }

        return at;
    }

    // −1 below the limits, 0 within, 1 above.
    private static int Side(LinearInput input, int[] features)
    {
        var unlimited = StageScorer.Input(input with { Low = int.MinValue, High = int.MaxValue }, features[input.Feature]);
        return unlimited < input.Low ? -1 : unlimited > input.High ? 1 : 0;
    }
}
