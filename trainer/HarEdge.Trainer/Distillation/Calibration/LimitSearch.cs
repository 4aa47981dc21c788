using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Calibration;

/// <summary>
/// Chooses limits for each stage among the features it computes anyway: one after another, the one that rejects most foreign
/// windows not yet rejected, at the same small share of known windows. Such a rule costs the device a few comparisons.
/// </summary>
internal static class LimitSearch
{
    /// <summary>Share of a stage's known training windows beyond each limit.</summary>
    private const double RejectedShare = 0.001;

    private const int MostLimits = 4;

    // A further limit must reject this share of the stage's foreign windows, or it is not worth its known ones.
    private const double LeastGain = 0.01;

    public static IEnumerable<FeatureLimit> Choose(FixedPointModel model, WindowTable table, IReadOnlyList<bool> isForeign, FeatureLayout layout)
    {
        var evaluator = new ModelEvaluator(model, layout);
        var rowsOfStage = Enumerable.Range(0, table.Rows)
            .Where(row => isForeign[row] || table.Labels[row] >= 0)
            .ToLookup(row => evaluator.SelectStage(table.Row(row)));
        return Enumerable.Range(0, model.Stages.Count).SelectMany(stage => OfStage(stage, evaluator, table, isForeign, [.. rowsOfStage[stage]]));
    }

    private static List<FeatureLimit> OfStage(int stage, ModelEvaluator evaluator, WindowTable table, IReadOnlyList<bool> isForeign, List<int> rows)
    {
        var known = rows.Where(row => !isForeign[row]).ToList();
        var foreign = rows.Where(row => isForeign[row]).ToList();
        var candidates = known.Count == 0
            ? []
            : evaluator.Slots.Always.Concat(evaluator.Slots.BeyondAlways(stage)).SelectMany(slot => Candidates(slot, stage, [.. Values(slot, known).Order()])).ToList();
        var chosen = new List<FeatureLimit>();
        while (chosen.Count < MostLimits)
        {
            var best = candidates.Select(limit => (Limit: limit, Rejected: Values(limit.Feature, foreign).Count(value => !limit.Allows(stage, value))))
                .DefaultIfEmpty().MaxBy(tried => tried.Rejected);
            if (best.Limit is null || best.Rejected < Math.Max(1, LeastGain * rows.Count(row => isForeign[row])))
            {
                break;
            }

            chosen.Add(best.Limit);
            candidates.RemoveAll(limit => limit.Feature == best.Limit.Feature);
            foreign.RemoveAll(row => !best.Limit.Allows(stage, Value(best.Limit.Feature, row)));
        }

        return chosen;

        int Value(int slot, int row) => table.Row(row)[evaluator.Columns[slot]];
        IEnumerable<int> Values(int slot, IEnumerable<int> of) => of.Select(row => Value(slot, row));
    }

    private static FeatureLimit[] Candidates(int slot, int stage, int[] sorted)
    {
        var beyond = (int)(sorted.Length * RejectedShare);
        return
        [
            new FeatureLimit(slot, Highest: sorted[sorted.Length - 1 - beyond], Stage: stage),
            new FeatureLimit(slot, Highest: null, Lowest: sorted[beyond], Stage: stage),
        ];
    }
}
