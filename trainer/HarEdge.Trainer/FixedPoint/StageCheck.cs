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
