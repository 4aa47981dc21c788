using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>
/// The rule that separates changes of posture, and whatever else is no class, from the activities the model knows. Limits are quantiles
/// over training windows, so the share of known windows rejected is known.
/// </summary>
internal static class UnknownLimits
{
    /// <summary>Share of the training windows that each limit of the plain rule rejects.</summary>
    public const double RejectedShare = 0.005;

    // With fewer known unknowns, which features separate them would be chance.
    private const int FewestOutOfClass = 40;

    /// <summary>
    /// The features a budget must allow for. The plain rule evaluates them in every window: the acceleration's level must not move far
    /// within it. Chosen limits may use them beside those the stages compute anyway.
    /// </summary>
    public static IReadOnlyList<string> Features { get; } = ["drift.ax4", "drift.ay4", "drift.az4"];

    /// <summary>Whether there are enough windows of out-of-class activities to choose limits by them; without, the plain rule serves.</summary>
    /// <param name="isOutOfClass">For each training window whether it is known to be none of the classes.</param>
    public static bool CanBeChosen(IReadOnlyList<bool> isOutOfClass) => isOutOfClass.Count(outOfClass => outOfClass) >= FewestOutOfClass;

    /// <summary>The model with limits and the features they need.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="table">Training windows; those without label and not out of class are ignored.</param>
    /// <param name="isOutOfClass">For each window whether it is known to be none of the classes.</param>
    /// <param name="layout">Features of the table's columns.</param>
    public static FixedPointModel AddTo(FixedPointModel model, WindowTable table, IReadOnlyList<bool> isOutOfClass, Core.FeatureLayout layout)
    {
        var least = new int[model.Stages.Count];
        if (CanBeChosen(isOutOfClass))
        {
            return LimitSearch.AddTo(model, table, isOutOfClass, layout);
        }

        var features = model.Features.ToList();
        var limits = new List<FeatureLimit>();
        foreach (var name in Features)
        {
            var column = layout.Find(name).Index;
            var values = Enumerable.Range(0, table.Rows)
                .Where(row => table.Labels[row] >= 0)
                .Select(row => table.Row(row)[column])
                .Order()
                .ToArray();
            if (!features.Contains(name))
            {
                features.Add(name);
            }

            limits.Add(new FeatureLimit(features.IndexOf(name), values[(int)Math.Ceiling((values.Length - 1) * (1 - RejectedShare))]));
        }

        return model with { Features = features, Unknown = new UnknownRule(limits, least) };
    }
}

/// <summary>
/// Chooses limits for each stage among the features it computes anyway and those of the plain rule: one after another, the one that
/// rejects most out-of-class windows not yet rejected, at the same small share of known windows. Such a rule costs the device a few comparisons.
/// </summary>
internal static class LimitSearch
{
    private const int MostLimits = 4;

    // A further limit must reject this share of the stage's out-of-class windows, or it is not worth its known ones.
    private const double LeastGain = 0.01;

    // The least share that rejects enough is taken: every known window rejected is an answer that comes late.
    private const double EnoughRejected = 0.95;

    /// <summary>Shares of a stage's known training windows beyond each limit.</summary>
    private static readonly double[] RejectedShares = [0.001, 0.002, 0.003, 0.005];

    /// <summary>The model with the limits and the features they add.</summary>
    public static FixedPointModel AddTo(FixedPointModel model, WindowTable table, IReadOnlyList<bool> isOutOfClass, FeatureLayout layout)
    {
        var extended = model with { Features = [.. model.Features.Union(UnknownLimits.Features)] };
        var evaluator = new ModelEvaluator(extended, layout);
        var rows = Enumerable.Range(0, table.Rows)
            .Where(row => isOutOfClass[row] || table.Labels[row] >= 0)
            .ToLookup(row => evaluator.SelectStage(table.Row(row)));
        List<FeatureLimit> limits = [];
        foreach (var share in RejectedShares)
        {
            limits = [.. Enumerable.Range(0, model.Stages.Count).SelectMany(stage => OfStage(stage, share, evaluator, table, isOutOfClass, [.. rows[stage]]))];
            var outOfClass = rows.SelectMany(stage => stage.Where(row => isOutOfClass[row]).Select(row => (Stage: stage.Key, Row: row))).ToList();
            var rejected = outOfClass.Count(window => limits.Exists(limit => !limit.Allows(window.Stage, table.Row(window.Row)[evaluator.Columns[limit.Feature]])));
            if (rejected >= EnoughRejected * outOfClass.Count)
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
        int stage, double share, ModelEvaluator evaluator, WindowTable table, IReadOnlyList<bool> isOutOfClass, List<int> rows)
    {
        var known = rows.Where(row => !isOutOfClass[row]).ToList();
        var outOfClass = rows.Where(row => isOutOfClass[row]).ToList();
        var least = Math.Max(1, LeastGain * outOfClass.Count);
        var slots = evaluator.Slots.Always.Concat(evaluator.Slots.BeyondAlways(stage))
            .Concat(UnknownLimits.Features.Select(name => evaluator.Model.Features.ToList().IndexOf(name))).Distinct();
        var candidates = known.Count == 0 ? [] : slots.SelectMany(slot => Candidates(slot, stage, share, [.. Values(slot, known).Order()])).ToList();
        var chosen = new List<FeatureLimit>();
        while (chosen.Count < MostLimits)
        {
            var best = candidates.Select(limit => (Limit: limit, Rejected: Values(limit.Feature, outOfClass).Count(value => !limit.Allows(stage, value))))
                .DefaultIfEmpty().MaxBy(tried => tried.Rejected);
            if (best.Limit is null || best.Rejected < least)
            {
                break;
            }

            chosen.Add(best.Limit);
            candidates.RemoveAll(limit => limit.Feature == best.Limit.Feature);
            outOfClass.RemoveAll(row => !best.Limit.Allows(stage, Value(best.Limit.Feature, row)));
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

/// <summary>
/// From which margin on a stage answers, so that a stated share of known windows is answered: those the confidence table is surest of, whatever
/// their stage; among equally sure ones those of the larger margin.
/// </summary>
internal static class AbstentionMargins
{
    /// <summary>The least margin of each stage; 0 where every window is answered.</summary>
    /// <param name="stages">Stages with their confidence tables.</param>
    /// <param name="answers">For each window of a known activity, of people the model did not train on, its stage and margin.</param>
    /// <param name="coverage">Share of the windows to answer, above 0 to 1.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<Stage> stages, IReadOnlyList<(int Stage, int Margin)> answers, double coverage)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(coverage);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(coverage, 1);
        if (coverage == 1 || answers.Count == 0)
        {
            return new int[stages.Count];
        }

        var answered = Math.Clamp((int)Math.Round(coverage * answers.Count), 1, answers.Count);
        var (percent, margin) = answers
            .Select(answer => (Percent: stages[answer.Stage].ConfidencePercent(answer.Margin), answer.Margin))
            .OrderByDescending(answer => answer.Percent).ThenByDescending(answer => answer.Margin)
            .ElementAt(answered - 1);
        return [.. stages.Select(stage => Least(stage.Confidence, percent, margin))];
    }

    // The smallest margin that is surer than the given percent, or as sure with at least the given margin.
    private static int Least(IReadOnlyList<ConfidenceStep> steps, int percent, int margin)
    {
        var from = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            // Above its last step a table stays at that step's percent.
            var end = i == steps.Count - 1 ? int.MaxValue : steps[i].Margin;
            var least = steps[i].Percent > percent ? from : Math.Max(from, margin);
            if (steps[i].Percent >= percent && least <= end)
            {
                return least;
            }

            from = steps[i].Margin + 1;
        }

        return int.MaxValue;
    }
}
