using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>
/// Ensembles that learn the teacher's probabilities. Features cost their instructions the first time a tree uses them; the price
/// of instructions in loss is raised until the features fit the budget. The shape of the trees is chosen by cross-validation over
/// people, within the budget of nodes.
/// </summary>
internal static class EnsembleDistillation
{
    private const int Folds = 3;

    /// <summary>The student of the best of some shapes.</summary>
    internal static DistilledStudent Distil(DistillationInput input, IReadOnlyList<EnsembleShape> shapes)
    {
        ArgumentNullException.ThrowIfNull(input);
        var targets = SoftTargets.Of(input);
        var mostNodes = input.Budget.NodesBeside(input.ClassCount);
        var pricing = new FeaturePricing(input, targets, FeaturePrefilter.Of(input, targets));
        var folds = new CrossFitFolds(input.Table, Folds, input.Seed);

        // Shapes are fitted side by side and compared in their order.
        var done = 0;
        var best = shapes
            .Where(shape => shape.NodesOfTree * input.ClassCount <= mostNodes)
            .AsParallel().AsOrdered()
            .Select(shape => pricing.Fit(shape, mostNodes))
            .Select(priced =>
            {
                var errors = priced is null ? 0 : CrossValidatedErrors(priced, folds, input, targets, mostNodes);
                input.Progress?.Invoke((double)Interlocked.Increment(ref done) / shapes.Count);
                return (Priced: priced, Errors: errors);
            })
            .AsSequential()
            .Where(candidate => candidate.Priced is not null)
            .OrderBy(candidate => candidate.Errors)
            .FirstOrDefault().Priced ?? throw FeaturePrefilter.NothingFits(input);
        return ToStudent(best.Ensemble, input);
    }

    // The columns stay as chosen on everyone: shapes are compared alike, and the figure is not reported.
    private static int CrossValidatedErrors(
        PricedEnsemble priced, CrossFitFolds folds, DistillationInput input, SoftTargets targets, int mostNodes) =>
        EnsembleFolds.Fit(input.Table, priced.Ensemble.UsedColumns, targets, priced.Shape, mostNodes, folds, input.Seed).Sum(fold => fold.Judged.Count(row =>
            input.Table.Labels[row] is >= 0 and var label && ClassScores.ArgMax(fold.Ensemble.Score(input.Table.Row(row))) != label));

    private static DistilledStudent ToStudent(BoostedEnsemble ensemble, DistillationInput input)
    {
        var table = input.Table;
        var columns = ensemble.UsedColumns;
        var slots = columns.Select((column, slot) => (column, slot)).ToDictionary(pair => pair.column, pair => pair.slot);
        var stage = EnsembleConversion.ToStage(ensemble, slots);
        var features = new int[columns.Count];
        var scores = new int[input.ClassCount];
        var agreeing = 0;
        var labelled = 0;
        var right = 0;
        for (var row = 0; row < table.Rows; row++)
        {
            var values = table.Row(row);
            for (var slot = 0; slot < features.Length; slot++)
            {
                features[slot] = values[columns[slot]];
            }

            StageScorer.ScoreInto(stage, features, scores);
            var best = ArgMax.Of(scores);
            agreeing += best == ClassScores.ArgMax(ensemble.Score(values)) ? 1 : 0;
            labelled += table.Labels[row] >= 0 ? 1 : 0;
            right += best == table.Labels[row] ? 1 : 0;
        }

        var model = TreeModel.Of(
            input, columns, [GateNode.Leaf(0)], [stage with { Confidence = TreeModel.OneStep(right, labelled) }]);
        return new DistilledStudent(model, (double)agreeing / table.Rows);
    }
}

/// <summary>A boosted ensemble: each tree mends what the earlier ones left.</summary>
internal sealed class BoostedTreesStudent : Student
{
    // Larger trees take longer steps, to spend the same nodes on fewer of them.
    private static readonly EnsembleShape[] Shapes = [new(4, 0.5), new(6, 0.5), new(8, 0.6)];

    /// <inheritdoc/>
    public override string Kind => "boosted trees";

    /// <inheritdoc/>
    public override DistilledStudent Distil(DistillationInput input) => EnsembleDistillation.Distil(input, Shapes);
}

/// <summary>A forest: trees that do not know of each other, each on its own draw of windows and features, and their mean.</summary>
internal sealed class ForestStudent : Student
{
    // A forest wants trees that are right by themselves; within a budget that leaves few of them.
    private static readonly EnsembleShape[] Shapes = [new(8, 0, IsForest: true), new(16, 0, IsForest: true), new(32, 0, IsForest: true)];

    /// <inheritdoc/>
    public override string Kind => "forest";

    /// <inheritdoc/>
    public override DistilledStudent Distil(DistillationInput input) => EnsembleDistillation.Distil(input, Shapes);
}

/// <summary>How a budget of nodes is spent: many small trees, or few large ones with longer steps.</summary>
/// <param name="Leaves">Most leaves of a tree.</param>
/// <param name="LearningRate">Share of each tree's own estimate that is added; a forest averages and has none.</param>
/// <param name="IsForest">
/// Trees do not build upon each other: each learns the same residual of the classes' shares, on its own draw of windows and columns,
/// and their mean counts.
/// </param>
internal sealed record EnsembleShape(int Leaves, double LearningRate, bool IsForest = false)
{
    /// <summary>Nodes of a full tree: its leaves and one split fewer.</summary>
    internal int NodesOfTree => (2 * Leaves) - 1;
}

/// <summary>Ensembles of the same columns and shape, each fitted without one fold of people: good for comparing, not for reporting.</summary>
internal static class EnsembleFolds
{
    // Of fewer, a forest's tree would see none.
    private const int LeastLearned = 2;

    /// <summary>For each fold with something to learn from, the rows to judge and the ensemble that never saw their people, fitted when it is asked for.</summary>
    /// <param name="table">Windows.</param>
    /// <param name="columns">Columns of the table, as chosen on everyone.</param>
    /// <param name="targets">What each window should be.</param>
    /// <param name="shape">Size and step of the trees.</param>
    /// <param name="mostNodes">Nodes allowed.</param>
    /// <param name="folds">Folds of people.</param>
    /// <param name="seed">Seed of every random choice.</param>
    internal static IEnumerable<(IReadOnlyList<int> Judged, BoostedEnsemble Ensemble)> Fit(
        WindowTable table, IReadOnlyList<int> columns, SoftTargets targets, EnsembleShape shape, int mostNodes, CrossFitFolds folds, int seed)
    {
        for (var fold = 0; fold < folds.Count; fold++)
        {
            // Of a short recording of one person the guard gap may leave nothing to learn from: such a fold judges nothing.
            var (judged, learned) = folds.Rows(table, fold);
            if (learned.Count < LeastLearned)
            {
                continue;
            }

            yield return (judged, BoostedEnsemble.Fit(new ColumnSubset(table, columns, learned), targets.Select(learned), shape, mostNodes, null, seed));
        }
    }
}

/// <summary>An ensemble whose features fit the budget, and the shape it has.</summary>
internal sealed record PricedEnsemble(EnsembleShape Shape, BoostedEnsemble Ensemble);

/// <summary>
/// Finds how much loss an instruction must save. At a price of nothing the ensemble is best and dearest; the lowest price at
/// which the features fit the budget is found by halving the range of its logarithm.
/// </summary>
internal sealed class FeaturePricing(DistillationInput input, SoftTargets targets, IReadOnlyList<int> columns)
{
    private const int Halvings = 6;

    // Loss an average row must save per instruction: at the highest no kernel, of hundreds of instructions, is worth its price.
    private const double LowestRate = 1e-8;
    private const double HighestRate = 1e-3;

    private readonly ColumnSubset data = new(input.Table, columns);

    /// <summary>The best ensemble that fits, or null when none with a split does.</summary>
    internal PricedEnsemble? Fit(EnsembleShape shape, int mostNodes)
    {
        var best = TryFit(shape, mostNodes, 0);
        if (best is null)
        {
            var low = Math.Log(LowestRate);
            var high = Math.Log(HighestRate);
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (low + high) / 2;
                if (TryFit(shape, mostNodes, Math.Exp(middle)) is { } fitting)
                {
                    best = fitting;
                    high = middle;
                }
                else
                {
                    low = middle;
                }
            }
        }

        return best is { Nodes: > 0 } ? new PricedEnsemble(shape, best) : null;
    }

    private BoostedEnsemble? TryFit(EnsembleShape shape, int mostNodes, double rate)
    {
        var scale = rate * targets.Weights.Sum(weight => (double)weight);
        var penalties = rate == 0 ? null : data.Columns.Select(column => scale * input.PriceOf([column])).ToList();
        var ensemble = BoostedEnsemble.Fit(data, targets, shape, mostNodes, penalties, input.Seed);
        return input.PriceOf(ensemble.UsedColumns) <= input.Budget.Instructions ? ensemble : null;
    }
}
