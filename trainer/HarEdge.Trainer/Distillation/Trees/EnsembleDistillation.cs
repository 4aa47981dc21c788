using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;

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
        var pricing = new FeaturePricing(input, targets, Shortlist.Of(input, targets));
        var folds = new CrossFitFolds(input.Table, Folds, input.Seed);

        // Shapes are fitted side by side and compared in their order.
        var best = shapes
            .Where(shape => shape.NodesOfTree * input.ClassCount <= mostNodes)
            .AsParallel().AsOrdered()
            .Select(shape => pricing.Fit(shape, mostNodes))
            .Select(priced => (Priced: priced, Errors: priced is null ? 0 : CrossValidatedErrors(priced, folds, input, targets, mostNodes)))
            .AsSequential()
            .Where(candidate => candidate.Priced is not null)
            .OrderBy(candidate => candidate.Errors)
            .FirstOrDefault().Priced ?? throw Shortlist.NothingFits(input);
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
