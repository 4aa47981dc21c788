namespace HarEdge.Trainer.FixedPoint.Validation;

/// <summary>What gate nodes and score nodes have in common. A leaf has feature −1.</summary>
internal readonly record struct TreeNode(int Feature, int Threshold, int Left, int Right)
{
    public bool IsLeaf => Feature < 0;

    public static TreeNode Of(GateNode node) => new(node.Feature, node.Threshold, node.Left, node.Right);

    public static TreeNode Of(ScoreNode node) => new(node.Feature, node.Threshold, node.Left, node.Right);
}
