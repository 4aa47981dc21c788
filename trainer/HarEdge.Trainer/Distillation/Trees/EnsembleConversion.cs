using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning.LightGbm;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>
/// From floating point to integers. Thresholds keep every integer on its side (<see cref="LightGbmTree.IntegerThreshold"/>);
/// leaves are rounded to 1/256 of a natural logarithm, so that a score is off by at most half a step a tree.
/// </summary>
internal static class EnsembleConversion
{
    /// <summary>Steps of a score per natural logarithm.</summary>
    internal const int ScoreOne = 256;

    /// <summary>The stage of an ensemble.</summary>
    /// <param name="ensemble">The trees.</param>
    /// <param name="slotOfColumn">The model's own number of each of the table's columns.</param>
    internal static TreeStage ToStage(BoostedEnsemble ensemble, IReadOnlyDictionary<int, int> slotOfColumn)
    {
        var classes = ensemble.Start.Length;
        var bias = ensemble.Start.Select(Round).ToArray();
        var all = TreesOf(ensemble, slotOfColumn, 1);
        foreach (var constant in all.Where(tree => tree.Nodes.Count == 1))
        {
            bias[constant.Class] += constant.Nodes[0].Score;
        }

        return new TreeStage
        {
            Name = "all",
            Classes = [.. Enumerable.Range(0, classes)],
            Bias = bias,
            Trees = [.. all.Where(tree => tree.Nodes.Count > 1)],
            Confidence = [new ConfidenceStep(0, 0)],
        };
    }

    /// <summary>The trees of an ensemble, by class, their leaves multiplied by a share; one whose leaves are all alike is a single leaf.</summary>
    internal static IReadOnlyList<ScoreTree> TreesOf(BoostedEnsemble ensemble, IReadOnlyDictionary<int, int> slotOfColumn, double share) =>
        [.. ensemble.Trees.Select((tree, t) =>
        {
            var nodes = new List<ScoreNode>();
            Append(tree, tree.Features.Count == 0 ? ~0 : 0, nodes, feature => slotOfColumn[ensemble.Columns[feature]], share);
            return new ScoreTree(t % ensemble.Start.Length, nodes);
        }).OrderBy(tree => tree.Class)];

    // Depth first, so that children come after their parent; a split whose leaves round to the same score is that leaf.
    private static void Append(LightGbmTree tree, int node, List<ScoreNode> nodes, Func<int, int> slotOf, double share)
    {
        if (node < 0)
        {
            nodes.Add(ScoreNode.Leaf(Round(tree.Leaves[~node] * share)));
            return;
        }

        var at = nodes.Count;
        nodes.Add(ScoreNode.Leaf(0));
        Append(tree, tree.Left[node], nodes, slotOf, share);
        var right = nodes.Count;
        Append(tree, tree.Right[node], nodes, slotOf, share);
        if (nodes.Count == at + 3 && nodes[at + 1].Score == nodes[at + 2].Score)
        {
            nodes[at] = nodes[at + 1];
            nodes.RemoveRange(at + 1, 2);
        }
        else
        {
            nodes[at] = ScoreNode.Split(slotOf(tree.Features[node]), tree.IntegerThreshold(node), at + 1, right);
        }
    }

    private static int Round(double score) => (int)Math.Round(score * ScoreOne, MidpointRounding.AwayFromZero);
}
