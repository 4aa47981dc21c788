using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Calibration;

/// <summary>
/// Chooses limits for each stage among the features it computes anyway and those of the plain rule: one after another, the one that
/// rejects most foreign windows not yet rejected, at the same small share of known windows. Such a rule costs the device a few comparisons.
/// </summary>
internal static class LimitSearch
{
    private const int MostLimits = 4;

    // A further limit must reject this share of the stage's foreign windows, or it is not worth its known ones.
    private const double LeastGain = 0.01;

    // The least share that rejects enough is taken: every known window rejected is an answer that comes late.
    private const double EnoughRejected = 0.95;

    /// <summary>Shares of a stage's known training windows beyond each limit.</summary>
    private static readonly double[] RejectedShares = [0.001, 0.002, 0.003, 0.005];

    /// <summary>The model with the limits and the features they add.</summary>
    public static FixedPointModel AddTo(FixedPointModel model, WindowTable table, IReadOnlyList<bool> isForeign, FeatureLayout layout)
    {
        var extended = model with { Features = [.. model.Features.Union(UnknownLimits.Features)] };
        var evaluator = new ModelEvaluator(extended, layout);
        var rows = Enumerable.Range(0, table.Rows)
            .Where(row => isForeign[row] || table.Labels[row] >= 0)
            .ToLookup(row => evaluator.SelectStage(table.Row(row)));
        List<FeatureLimit> limits = [];
        foreach (var share in RejectedShares)
        {
            limits = [.. Enumerable.Range(0, model.Stages.Count).SelectMany(stage => OfStage(stage, share, evaluator, table, isForeign, [.. rows[stage]]))];
            var foreign = rows.SelectMany(stage => stage.Where(row => isForeign[row]).Select(row => (Stage: stage.Key, Row: row))).ToList();
            var rejected = foreign.Count(window => limits.Exists(limit => !limit.Allows(window.Stage, table.Row(window.Row)[evaluator.Columns[limit.Feature]])));
            if (rejected >= EnoughRejected * foreign.Count)
            {
                break;
            }
        }

        return WithUsedFeatures(model, extended, limits);
    }

    // Of the features that only limits use, those that none uses go again.
    private static FixedPointModel WithUsedFeatures(FixedPointModel model, FixedPointModel extended, List<FeatureLimit> limits)
    {
        List<string> features =
        [
            .. model.Features,
            .. limits.Select(limit => extended.Features[limit.Feature]).Except(model.Features).Distinct(),
        ];
        return model with
        {
            Features = features,
            Unknown = new UnknownRule([.. limits.Select(limit => limit with { Feature = features.IndexOf(extended.Features[limit.Feature]) })], new int[model.Stages.Count]),
        };
    }

    private static List<FeatureLimit> OfStage(
        int stage, double share, ModelEvaluator evaluator, WindowTable table, IReadOnlyList<bool> isForeign, List<int> rows)
    {
        var known = rows.Where(row => !isForeign[row]).ToList();
        var foreign = rows.Where(row => isForeign[row]).ToList();
        var least = Math.Max(1, LeastGain * foreign.Count);
        var slots = evaluator.Slots.Always.Concat(evaluator.Slots.BeyondAlways(stage))
            .Concat(UnknownLimits.Features.Select(name => evaluator.Model.Features.ToList().IndexOf(name))).Distinct();
        var candidates = known.Count == 0 ? [] : slots.SelectMany(slot => Candidates(slot, stage, share, [.. Values(slot, known).Order()])).ToList();
        var chosen = new List<FeatureLimit>();
        while (chosen.Count < MostLimits)
        {
            var best = candidates.Select(limit => (Limit: limit, Rejected: Values(limit.Feature, foreign).Count(value => !limit.Allows(stage, value))))
                .DefaultIfEmpty().MaxBy(tried => tried.Rejected);
            if (best.Limit is null || best.Rejected < least)
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

    private static FeatureLimit[] Candidates(int slot, int stage, double share, int[] sorted)
    {
        var beyond = (int)(sorted.Length * share);
        return
        [
            new FeatureLimit(slot, Highest: sorted[sorted.Length - 1 - beyond], Stage: stage),
            new FeatureLimit(slot, Highest: null, Lowest: sorted[beyond], Stage: stage),
        ];
    }
}
