using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Distillation.Calibration;

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
