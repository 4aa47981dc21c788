using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning.LightGbm;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>Trees in floating point, as LightGBM made them, before they become integers.</summary>
/// <param name="Start">Score each class starts from, in natural logarithms.</param>
/// <param name="Trees">Tree t belongs to class t mod Start.Count; splits number the subset's columns.</param>
/// <param name="Columns">The table's column for each of the subset's.</param>
internal sealed record BoostedEnsemble(double[] Start, IReadOnlyList<LightGbmTree> Trees, IReadOnlyList<int> Columns)
{
    // A forest's trees differ by what they see: about the share of distinct rows in a bootstrap sample, and a third of the columns.
    private const double ForestRowShare = 0.63;
    private const double ForestColumnShare = 0.33;

    /// <summary>Splits and leaves; a tree without a split becomes part of the start and counts nothing.</summary>
    internal int Nodes => Trees.Where(tree => tree.Features.Count > 0).Sum(tree => tree.Nodes);

    /// <summary>The table's columns that any split compares, ascending.</summary>
    internal List<int> UsedColumns => [.. Trees.SelectMany(tree => tree.Features).Distinct().Select(feature => Columns[feature]).Order()];

    /// <summary>Boosts until another iteration could exceed the nodes, or no split helps.</summary>
    /// <param name="data">Columns and rows to learn from.</param>
    /// <param name="targets">One for each of those rows.</param>
    /// <param name="shape">Size and step of the trees.</param>
    /// <param name="mostNodes">Nodes allowed.</param>
    /// <param name="penalties">Loss a column must save to be used for the first time; null asks for none.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="columnShare">Share of the columns each tree may use.</param>
    internal static BoostedEnsemble Fit(
        ColumnSubset data,
        SoftTargets targets,
        EnsembleShape shape,
        int mostNodes,
        IReadOnlyList<double>? penalties,
        int seed,
        double columnShare = 1)
    {
        var start = targets.Priors().Select(prior => Math.Log(prior)).ToArray();
        var iterations = mostNodes / (start.Length * shape.NodesOfTree);
        var parameters = new LightGbmParameters(seed, start.Length)
            .Set("objective", "none")
            .Set("max_bin", 63)
            .Set("num_leaves", shape.Leaves)
            .Set("learning_rate", shape.IsForest ? 1.0 / Math.Max(1, iterations) : shape.LearningRate)
            .Set("min_data_in_leaf", Math.Clamp(targets.Rows / 200, 1, 30))
            .Set("min_sum_hessian_in_leaf", 0.1)
            .Set("lambda_l2", 1.0)
            .Set("feature_fraction", shape.IsForest ? Math.Min(columnShare, ForestColumnShare) : columnShare);
        if (shape.IsForest)
        {
            parameters.Set("bagging_fraction", ForestRowShare).Set("bagging_freq", 1);
        }

        if (penalties is not null)
        {
            parameters.Set("cegb_tradeoff", 1.0).Set("cegb_penalty_feature_coupled", penalties);
        }

        using var dataset = data.Bin(parameters);
        dataset.SetInitialScores([.. start.SelectMany(score => Enumerable.Repeat(score, targets.Rows))]);
        using var booster = new LightGbmBooster(dataset, parameters);
        var scores = new double[targets.Rows * start.Length];
        var gradient = new float[scores.Length];
        var hessian = new float[scores.Length];
        var trees = new List<LightGbmTree>();
        var ensemble = new BoostedEnsemble(start, trees, data.Columns);
        while (ensemble.Nodes + (start.Length * shape.NodesOfTree) <= mostNodes)
        {
            if (!shape.IsForest || trees.Count == 0)
            {
                booster.TrainingScoresInto(scores);
            }

            SoftmaxGradients.FillInto(gradient, hessian, scores, targets);
            if (!booster.Update(gradient, hessian))
            {
                break;
            }

            trees.AddRange(booster.Trees(trees.Count / start.Length));
        }

        return ensemble;
    }

    /// <summary>Scores of a row of the table, in natural logarithms.</summary>
    internal double[] Score(ReadOnlySpan<int> row)
    {
        Span<int> values = stackalloc int[Columns.Count];
        for (var c = 0; c < values.Length; c++)
        {
            values[c] = row[Columns[c]];
        }

        var scores = (double[])Start.Clone();
        for (var t = 0; t < Trees.Count; t++)
        {
            scores[t % scores.Length] += Trees[t].Leaves[Trees[t].LeafOf(values)];
        }

        return scores;
    }
}

/// <summary>
/// Derivatives of the cross-entropy between soft targets and the softmax of scores, in LightGBM's order: row r and class c at
/// c · rows + r. The second derivative is the diagonal p(1−p), times k/(k−1) as LightGBM's own multiclass objective has it.
/// </summary>
internal static class SoftmaxGradients
{
    // Keeps a leaf's Newton step finite where every window is certain.
    private const double LeastHessian = 1e-6;

    internal static void FillInto(float[] gradient, float[] hessian, double[] scores, SoftTargets targets)
    {
        var rows = targets.Rows;
        var classes = scores.Length / rows;
        var factor = classes / (classes - 1.0);
        Span<double> p = stackalloc double[classes];
        for (var row = 0; row < rows; row++)
        {
            var highest = double.NegativeInfinity;
            for (var c = 0; c < classes; c++)
            {
                highest = Math.Max(highest, scores[(c * rows) + row]);
            }

            var sum = 0.0;
            for (var c = 0; c < classes; c++)
            {
                p[c] = Math.Exp(scores[(c * rows) + row] - highest);
                sum += p[c];
            }

            for (var c = 0; c < classes; c++)
            {
                var probability = p[c] / sum;
                var weight = targets.Weights[row];
                gradient[(c * rows) + row] = (float)(weight * (probability - targets.Probabilities[row][c]));
                hessian[(c * rows) + row] = (float)(weight * Math.Max(LeastHessian, factor * probability * (1 - probability)));
            }
        }
    }
}

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
