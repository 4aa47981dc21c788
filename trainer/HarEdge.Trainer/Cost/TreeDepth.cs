using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Cost;

/// <summary>How many splits a window meets at most.</summary>
internal static class TreeDepth
{
    /// <summary>Splits of the gate on the way to a stage plus those of the stage's deepest tree, for the deepest way there is.</summary>
    public static int Of(FixedPointModel model) => OfGate(model, 0);

    private static int OfGate(FixedPointModel model, int node) => model.Gate[node] is { Stage: >= 0 } leaf
        ? OfStage(model.Stages[leaf.Stage])
        : 1 + Math.Max(OfGate(model, model.Gate[node].Left), OfGate(model, model.Gate[node].Right));

    private static int OfStage(Stage stage) => stage.ScoreTrees.Select(tree => OfTree(tree, 0)).DefaultIfEmpty(0).Max();

    private static int OfTree(ScoreTree tree, int node) =>
        tree.Nodes[node].Feature < 0 ? 0 : 1 + Math.Max(OfTree(tree, tree.Nodes[node].Left), OfTree(tree, tree.Nodes[node].Right));
}
