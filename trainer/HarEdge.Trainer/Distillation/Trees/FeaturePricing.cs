namespace HarEdge.Trainer.Distillation.Trees;

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
