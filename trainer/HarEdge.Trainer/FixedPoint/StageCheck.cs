using HarEdge.Core;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>Holds one stage to its shape and proves that its sums and scores stay in range for every possible window.</summary>
internal sealed class StageCheck(ModelCheck check, FixedPointModel model, IReadOnlyList<Bounds> features)
{
    // Scores stay above Classifier.NotScored, and differences of two scores far inside int for the temporal filter.
    private const long ScoreLimit = -(long)Classifier.NotScored;

    public void Run(Stage stage, string path)
    {
        check.Require(IsPrintable(stage.Name), path + ".name", $"must have 1 to 40 printable ASCII characters");
        CheckClasses(stage, path + ".classes");
        CheckConfidence(stage.Confidence, path + ".confidence");
        switch (stage)
        {
            case LinearStage linear:
                CheckLinear(linear, path);
                break;
            case TreeStage trees:
                check.RequireCount(trees.Bias.Count, stage.Classes.Count, path + ".bias", "one for each of its classes");
                CheckTrees(trees, [.. trees.Bias.Select(bias => Math.Abs((long)bias))], path);
                break;
            default:
                check.RequireCount(stage.Classes.Count, 1, path + ".classes", "because a class stage always gives one class");
                break;
        }
    }

    private static bool IsPrintable(string name) => name.Length is > 0 and <= 40 && name.All(c => c is >= ' ' and <= '~');

    private void CheckClasses(Stage stage, string path)
    {
        check.Require(stage.Classes.Count > 0, path, $"is empty; a stage considers at least one class");
        for (var i = 0; i < stage.Classes.Count; i++)
        {
            check.RequireIndex(stage.Classes[i], model.Classes.Count, $"{path}[{i}]", "classes");
            check.Require(i == 0 || stage.Classes[i] > stage.Classes[i - 1], $"{path}[{i}]", $"is {stage.Classes[i]}; the indices must ascend");
        }
    }

    private void CheckConfidence(IReadOnlyList<ConfidenceStep> steps, string path)
    {
        check.Require(steps.Count > 0, path, $"is empty; at least one step is needed");
        for (var i = 0; i < steps.Count; i++)
        {
            check.RequireRange(steps[i].Percent, 0, 100, $"{path}[{i}].percent");
            check.RequireRange(steps[i].Margin, 0, int.MaxValue, $"{path}[{i}].margin");
            check.Require(i == 0 || steps[i].Margin > steps[i - 1].Margin, $"{path}[{i}].margin", $"is {steps[i].Margin}; the margins must ascend");
        }
    }

    private void CheckLinear(LinearStage stage, string path)
    {
        check.RequireRange(stage.ScoreShift, 1, 24, path + ".scoreShift");
        check.RequireCount(stage.Bias.Count, stage.Classes.Count, path + ".bias", "one for each of its classes");
        check.RequireCount(stage.Weights.Count, stage.Classes.Count, path + ".weights", "one row for each of its classes");
        for (var i = 0; i < stage.Inputs.Count; i++)
        {
            CheckInput(stage.Inputs[i], $"{path}.inputs[{i}]");
        }

        CheckTrees(stage, [.. Enumerable.Range(0, stage.Weights.Count).Select(row => CheckRow(stage, row, path))], path);
    }

    private void CheckInput(LinearInput input, string path)
    {
        check.RequireIndex(input.Feature, model.Features.Count, path + ".feature", "features");
        check.Require(Enum.IsDefined(input.Transform), path + ".transform", $"is {(int)input.Transform}, which is no transform");
        check.RequireRange(input.Shift, 0, 30, path + ".shift");
        check.Require(input.Low <= input.High, path + ".low", $"is {input.Low}, above high, {input.High}");
        check.Require(
            input.Transform == InputTransform.Identity || features[input.Feature].Low > int.MinValue,
            path + ".transform",
            $"is a logarithm of a feature whose lowest value has no opposite");
    }

    // |bias| + Σ |weight| · largest |input| + rounding bounds every partial sum in every order. Gives the largest score.
    private long CheckRow(LinearStage stage, int row, string path)
    {
        var weights = stage.Weights[row];
        check.RequireCount(weights.Count, stage.Inputs.Count, $"{path}.weights[{row}]", "one for each input");
        var rounding = 1L << (stage.ScoreShift - 1);
        var largest = Math.Abs((long)stage.Bias[row]) + rounding;
        for (var i = 0; i < weights.Count; i++)
        {
            check.RequireRange(weights[i], short.MinValue, short.MaxValue, $"{path}.weights[{row}][{i}]");
            var input = stage.Inputs[i];
            largest += Math.Abs((long)weights[i]) * features[input.Feature].Through(input).Magnitude;
        }

        check.Require(
            largest <= int.MaxValue,
            $"{path}.weights[{row}]",
            $"can add up to {largest}, beyond 32 bits",
            "Narrow low and high of the inputs, raise their shift, or use smaller weights.");
        var score = largest >> stage.ScoreShift;
        check.Require(
            score < ScoreLimit,
            $"{path}.weights[{row}]",
            $"can give a score of {score}; scores must stay below {ScoreLimit}",
            "Raise scoreShift or use smaller weights.");
        return score;
    }

    // Added to what each class's score may be without them.
    private void CheckTrees(Stage stage, long[] largest, string path)
    {
        for (var i = 0; i < stage.ScoreTrees.Count; i++)
        {
            var tree = stage.ScoreTrees[i];
            var treePath = $"{path}.trees[{i}]";
            check.RequireIndex(tree.Class, stage.Classes.Count, treePath + ".class", "classes in this stage");
            TreeCheck.Run(check, [.. tree.Nodes.Select(TreeNode.Of)], features, treePath + ".nodes");
            for (var n = 0; n < tree.Nodes.Count; n++)
            {
                var isLeaf = tree.Nodes[n].Feature < 0;
                check.Require(isLeaf || tree.Nodes[n].Score == 0, $"{treePath}.nodes[{n}].score", $"is {tree.Nodes[n].Score} on a split; only leaves have a score");
            }

            largest[tree.Class] += tree.Nodes.Max(node => Math.Abs((long)node.Score));
        }

        for (var c = 0; c < largest.Length; c++)
        {
            check.Require(
                largest[c] < ScoreLimit,
                path + ".trees",
                $"can give class {stage.Classes[c]} a score of {largest[c]}; scores must stay below {ScoreLimit}",
                "Use smaller leaf scores.");
        }
    }
}

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
