using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Training.Personal;

namespace HarEdge.Trainer.Training;

/// <summary>The stage of a run that makes the student: forms tried by cross-validation, the best one distilled from all training people, then calibrated.</summary>
/// <param name="Kept">The form that was kept, with its answers for people it never saw.</param>
/// <param name="Trials">All forms tried.</param>
/// <param name="Model">The calibrated model, without manifest and id.</param>
internal sealed record StudentDistillation(StudentCrossValidation Kept, IReadOnlyList<StudentCrossValidation> Trials, FixedPointModel Model)
{
    /// <summary>Distils a student.</summary>
    /// <param name="options">Its budget, forms and coverage.</param>
    /// <param name="stages">What came before.</param>
    /// <param name="log">Told what was measured and chosen.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellation">Checked between folds.</param>
    /// <exception cref="InputException">Nothing fits the budget.</exception>
    public static StudentDistillation Of(
        TrainingOptions options, TeachingStages stages, TrainingLog log, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var (data, windows, taught, prices) = stages;
        var input = options.DistillationOf(windows.Layout, windows.TrainingSet, taught.SoftLabels, taught.Context is not null, prices) with
        {
            Upright = data.Split.Upright,
            Weights = data.Personal is { } personal ? new PersonalBlend(personal.Wearer, personal.PublicShare).WeightsOf(windows.TrainingSet) : null,
        };
        var trials = StudentCrossValidation.RunAll(FormsOf(options), input, windows.Device, windows.Layout, taught.Folds, progress, cancellation);
        foreach (var trial in trials)
        {
            log.Add($"student {trial.Student.Kind}: " + (trial.Refusal ?? $"cross-validated accuracy {trial.Accuracy:P2}"
                + (trial.IsWhole ? "" : $" in {trial.FoldsDone} of {taught.Folds.Count} folds, too far behind for the others to be tried")));
        }

        var kept = StudentCrossValidation.BestOf(trials)!;
        progress?.Report(new StepProgress($"student: {kept.Student.Kind}", 0));

        var share = taught.ShareFor(kept.IsRight(windows.Device), input.DistillationWeight, log);
        var distilled = kept.Student.Distil(input with { DistillationWeight = share });
        log.Add($"kept {kept.Student.Kind}; integers agree with floating point on {distilled.FixedPointAgreement:P2} of its lessons");
        var model = StudentCalibration.Of(
            distilled.Model with { NominalGravity = data.NominalGravity }, kept, data.Split.Train, windows, options.Coverage, log);
        cancellation.ThrowIfCancellationRequested();
        return new StudentDistillation(kept, trials, model);
    }

    private static Student[] FormsOf(TrainingOptions options) => options.Student == StudentChoice.Auto
        ? [options.Recipe.FormOf(StudentChoice.Linear), options.Recipe.FormOf(StudentChoice.Trees)]
        : [options.Recipe.FormOf(options.Student)];
}
