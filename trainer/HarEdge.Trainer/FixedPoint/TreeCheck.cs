using HarEdge.Core;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>
/// Holds a list of nodes to being a tree: children above their parent, each node reached from exactly one, and each side of
/// each split possible given the feature's bounds and the splits above it.
/// </summary>
internal static class TreeCheck
{
    public static void Run(ModelCheck check, IReadOnlyList<TreeNode> nodes, IReadOnlyList<Bounds> features, string path)
    {
        check.Require(nodes.Count > 0, path, $"has no node");
        var parents = new int[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            CheckNode(check, nodes, i, features.Count, $"{path}[{i}]");
            if (!nodes[i].IsLeaf)
            {
                parents[nodes[i].Left]++;
                parents[nodes[i].Right]++;
            }
        }

        for (var i = 1; i < nodes.Count; i++)
        {
            check.Require(parents[i] == 1, $"{path}[{i}]", $"is the child of {parents[i]} nodes; every node but the first has exactly one parent");
        }

        CheckSides(check, nodes, features, path);
    }

    private static void CheckNode(ModelCheck check, IReadOnlyList<TreeNode> nodes, int index, int features, string path)
    {
        var node = nodes[index];
        if (node.IsLeaf)
        {
            check.Require(node == new TreeNode(-1, 0, -1, -1), path, $"is a leaf (no feature) but has a threshold or children");
            return;
        }

        check.RequireIndex(node.Feature, features, path + ".feature", "features");
        check.Require(node.Left > index && node.Left < nodes.Count, path + ".left", $"is {node.Left}; a child's index lies above its parent's and below {nodes.Count}");
        check.Require(node.Right > index && node.Right < nodes.Count, path + ".right", $"is {node.Right}; a child's index lies above its parent's and below {nodes.Count}");
    }

    // Depth first with the path's bounds in hand; a stack of its own, because a tree may be as deep as it has nodes.
    private static void CheckSides(ModelCheck check, IReadOnlyList<TreeNode> nodes, IReadOnlyList<Bounds> features, string path)
    {
        var bounds = features.ToArray();
        var steps = new Stack<(int Node, int Feature, Bounds Restored)>();
        steps.Push((0, -1, default));
        while (steps.TryPop(out var step))
        {
            if (step.Feature >= 0)
            {
                // Node −1 undoes a branch; others narrow the bounds on the way down.
                bounds[step.Feature] = step.Restored;
            }

            if (step.Node < 0 || nodes[step.Node].IsLeaf)
            {
                continue;
            }

            var (feature, threshold, left, right) = nodes[step.Node];
            var here = bounds[feature];
            check.Require(
                threshold >= here.Low && threshold < here.High,
                $"{path}[{step.Node}].threshold",
                $"is {threshold}, but the feature lies in {here.Low}..{here.High} there, so one side can never be reached");
            steps.Push((-1, feature, here));
            steps.Push((right, feature, new Bounds(threshold + 1L, here.High)));
            steps.Push((left, feature, here with { High = threshold }));
        }
    }
}

/// <summary>Smallest and largest value of something; both can occur as far as is known.</summary>
internal readonly record struct Bounds(long Low, long High)
{
    public long Magnitude => Math.Max(Math.Abs(Low), Math.Abs(High));

    /// <summary>Bounds of a feature as the layout states them.</summary>
    public static Bounds Of(Feature feature) => new(feature.Lowest, feature.Highest);

    /// <summary>Bounds of a linear stage's input; every step of the way is monotone, so the ends map to the ends.</summary>
    public Bounds Through(LinearInput input) =>
        new(StageScorer.Input(input, (int)Low), StageScorer.Input(input, (int)High));
}

/// <summary>What gate nodes and score nodes have in common. A leaf has feature −1.</summary>
internal readonly record struct TreeNode(int Feature, int Threshold, int Left, int Right)
{
    public bool IsLeaf => Feature < 0;

    public static TreeNode Of(GateNode node) => new(node.Feature, node.Threshold, node.Left, node.Right);

    public static TreeNode Of(ScoreNode node) => new(node.Feature, node.Threshold, node.Left, node.Right);
}
