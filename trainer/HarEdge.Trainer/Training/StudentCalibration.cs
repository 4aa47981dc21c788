using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Distillation.Calibration;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Training;

/// <summary>
/// What a distilled model gets besides its scores, all chosen on training people by answers of students that never saw them: how
/// sure a margin is, which windows are unknown or not answered, and the temporal filter.
/// </summary>
internal static class StudentCalibration
{
    /// <summary>The model with its confidence tables, unknown rule, least margins and temporal filter.</summary>
    /// <param name="model">The student, distilled from all training people.</param>
    /// <param name="trial">Its answers to windows of training people, each by a student that never saw the person.</param>
    /// <param name="recordings">Of the training people.</param>
    /// <param name="windows">Their windows.</param>
    /// <param name="coverage">Share of windows to answer, 1 for all.</param>
    /// <param name="log">Told what was measured and chosen.</param>
    internal static FixedPointModel Of(
        FixedPointModel model, StudentTrial trial, IReadOnlyList<Recording> recordings, TrainingWindows windows, double coverage, TrainingLog log)
    {
        var device = windows.Device;
        var labelled = Enumerable.Range(0, device.Rows).Where(row => device.Labels[row] >= 0).ToList();
        var stages = model.Stages.Select((stage, index) => stage with
        {
            Confidence = ConfidenceTable.Of(labelled
                .Where(row => trial.Answers[row].Stage == index)
                .Select(row => (trial.Answers[row].Margin, trial.Answers[row].WindowClass == device.Labels[row]))),
        });
        var limited = UnknownLimits.AddTo(model with { Stages = [.. stages] }, device, windows.IsForeign, windows.Layout);
        var margins = AbstentionMargins.Of(limited.Stages, [.. labelled.Select(row => (trial.Answers[row].Stage, trial.Answers[row].Margin))], coverage);
        limited = limited with { Unknown = limited.Unknown with { LeastMarginOfStage = margins } };
        var evaluator = new ModelEvaluator(limited, windows.Layout);
        bool[] isKnown = [.. Enumerable.Range(0, device.Rows).Select(row => evaluator.Evaluate(device.Row(row)).IsKnown)];
        log.Add($"unknown rule on training people: {Share(isKnown, row => device.Labels[row] >= 0):P2} of known windows rejected, "
            + $"{Share(isKnown, row => windows.IsForeign[row]):P2} of those known to be none of the classes");
        if (coverage < 1)
        {
            var answered = labelled.Where(row => trial.Answers[row].Margin >= margins[trial.Answers[row].Stage]).ToList();
            log.Add($"answers the {(double)answered.Count / labelled.Count:P1} of training people's windows it is surest of, and is right in "
                + $"{answered.Average(row => trial.Answers[row].WindowClass == device.Labels[row] ? 1.0 : 0.0):P2} of them; "
                + $"least margins {string.Join(", ", margins)}");
        }

        var filter = FilterTuning.Choose(recordings, device, windows.LeastLabelShare, trial.Answers, isKnown, limited);
        foreach (var tried in filter.Tried)
        {
            log.Add(FormattableString.Invariant(
                $"temporal filter of strength {tried.Strength}, training people: {tried.Trial.Decided.Accuracy:P2} of windows, ")
                + FormattableString.Invariant($"{tried.Trial.DecidedChangesPerMinute:F2} changes a minute, {tried.Trial.AddedDelaySeconds:F2} s later")
                + (tried == filter.Chosen ? "; chosen" : ""));
        }

        return limited with { Transitions = filter.Chosen.Transitions };

        static double Share(bool[] isKnown, Func<int, bool> counts) =>
            Enumerable.Range(0, isKnown.Length).Where(counts).Select(row => isKnown[row] ? 0.0 : 1.0).DefaultIfEmpty(0).Average();
    }
}
