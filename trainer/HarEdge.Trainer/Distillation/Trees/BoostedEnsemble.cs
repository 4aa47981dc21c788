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

    /// <summary>The table's columns that any split looks at, ascending.</summary>
    internal List<int> UsedColumns => [.. Trees.SelectMany(tree => tree.Features).Distinct().Select(feature => Columns[feature]).Order()];

    /// <summary>Boosts until another iteration could exceed the nodes, or no split helps.</summary>
    /// <param name="data">Columns and rows to learn from.</param>
    /// <param name="targets">One for each of those rows.</param>
    /// <param name="shape">Size and step of the trees.</param>
    /// <param name="mostNodes">Nodes allowed.</param>
    /// <param name="penalties">Loss a column must save to be used for the first time; null asks for none.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="columnShare">Share of the columns each tree may look at.</param>
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
        var ensemble = new BoostedEnsemble(start, [], data.Columns);
        while (ensemble.Nodes + (start.Length * shape.NodesOfTree) <= mostNodes)
        {
            if (!shape.IsForest || ensemble.Trees.Count == 0)
            {
                booster.TrainingScoresInto(scores);
            }

            SoftmaxGradients.FillInto(gradient, hessian, scores, targets);
            if (!booster.Update(gradient, hessian))
            {
                break;
            }

            ensemble = ensemble with { Trees = booster.Trees() };
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
