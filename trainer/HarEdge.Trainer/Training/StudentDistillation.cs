using HarEdge.Core;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

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
    /// <param name="log">Receives what was measured and chosen.</param>
    /// <param name="steps">Two begin here.</param>
    /// <param name="cancellation">Checked between folds.</param>
    /// <exception cref="InputException">Nothing fits the budget.</exception>
    public static StudentDistillation Of(
        TrainingOptions options, TeachingStages stages, TrainingLog log, RunProgress steps, CancellationToken cancellation)
    {
        var (data, windows, teacher, prices) = stages;
        var input = options.DistillationOf(windows.Layout, windows.TrainingSet, teacher.SoftLabels, teacher.Context is not null, prices) with
        {
            Weights = data.Personal is { } personal ? new PersonalBlend(personal.Wearer, personal.PublicShare).WeightsOf(windows.TrainingSet) : null,
        };
        var forms = FormsOf(options);
        steps.BeginStep(forms.Length);
        var trials = StudentCrossValidation.RunAll(forms, input, windows.Device, windows.Layout, teacher.Folds, steps, cancellation);
        foreach (var trial in trials)
        {
            log.Add($"student {trial.Student.Kind}: " + (trial.Refusal ?? $"cross-validated accuracy {trial.Accuracy:P2}"
                + (trial.IsWhole ? "" : $" in {trial.FoldsDone} of {teacher.Folds.Count} folds, too far behind for the others to be tried")));
        }

        var kept = StudentCrossValidation.BestOf(trials)!;
        steps.BeginStep();
        var step = new StepProgress($"student: {kept.Student.Kind}", 0);
        steps.Report(step);

        var share = teacher.ShareFor(kept.IsRight(windows.Device), input.DistillationWeight, log);
        var distilled = kept.Student.Distil(input with { DistillationWeight = share, Progress = done => steps.Report(step with { Fraction = done }) });
        log.Add($"kept {kept.Student.Kind}; integers agree with floating point on {distilled.FixedPointAgreement:P2} of its training windows");
        var model = StudentCalibration.Of(
            distilled.Model with { NominalGravity = data.NominalGravity }, kept, data.Split.Train, windows, options.Coverage, log);
        cancellation.ThrowIfCancellationRequested();
        return new StudentDistillation(kept, trials, model);
    }

    private static Student[] FormsOf(TrainingOptions options) => options.Student == StudentChoice.Auto
        ? [options.Recipe.FormOf(StudentChoice.Linear), options.Recipe.FormOf(StudentChoice.Trees)]
        : [options.Recipe.FormOf(options.Student)];
}

/// <summary>
/// A form of student tried on training people: it learns without each fold of them and is asked about the windows it never saw.
/// What it says is the ground for choosing between forms, for the confidence table and for the temporal filter. It learns from
/// labels alone: the teacher's word for the others' windows would already know the people it is asked about.
/// </summary>
/// <param name="Student">The form.</param>
/// <param name="Answers">For each row of the device's windows what a model without its wearer says.</param>
/// <param name="Accuracy">Share of labelled rows right, of the folds done.</param>
/// <param name="FoldsDone">All of them, or fewer when the trial was hopeless.</param>
/// <param name="IsWhole">All folds were done.</param>
internal sealed record StudentCrossValidation(Student Student, WindowEvaluation[] Answers, double Accuracy, int FoldsDone, bool IsWhole)
{
    /// <summary>Why the form made no model at all; null when it did.</summary>
    public string? Refusal { get; init; }

    /// <summary>
    /// Tries one form after the other. One that is two points behind the best so far on the people of its first folds is not tried on the
    /// others: that costs minutes and never changed the choice. A form that has nothing within the budget is no reason to stop while another has.
    /// </summary>
    /// <param name="students">The forms, the likely best first.</param>
    /// <param name="trainingSet">What they learn from, all training people.</param>
    /// <param name="windows">The device's windows of the same people, unlabelled ones included.</param>
    /// <param name="layout">Features of the columns.</param>
    /// <param name="folds">Divides training windows and windows by person, or by time.</param>
    /// <param name="progress">Receives the share of folds done.</param>
    /// <param name="cancellation">Checked between folds.</param>
    /// <returns>One for each form; at least one is whole.</returns>
    /// <exception cref="InputException">No form has anything within the budget.</exception>
    public static IReadOnlyList<StudentCrossValidation> RunAll(
        IReadOnlyList<Student> students,
        DistillationInput trainingSet,
        WindowTable windows,
        FeatureLayout layout,
        CrossFitFolds folds,
        RunProgress? progress,
        CancellationToken cancellation)
    {
        var trials = new List<StudentCrossValidation>();
        foreach (var student in students)
        {
            try
            {
                trials.Add(Run(student, BestOf(trials), trainingSet, windows, layout, folds, progress, cancellation));
            }
            catch (InputException e) when (students.Count > 1)
            {
                trials.Add(new StudentCrossValidation(student, [], 0, 0, false) { Refusal = e.Message });
            }
        }

        return BestOf(trials) is null ? throw new InputException(trials[0].Refusal!, "Allow the model more, or record more of each activity.") : trials;
    }

    /// <summary>The most accurate of those that were tried on everybody; null when there is none.</summary>
    public static StudentCrossValidation? BestOf(IEnumerable<StudentCrossValidation> trials) => trials.Where(trial => trial.IsWhole).MaxBy(trial => trial.Accuracy);

    private static StudentCrossValidation Run(
        Student student,
        StudentCrossValidation? rival,
        DistillationInput trainingSet,
        WindowTable windows,
        FeatureLayout layout,
        CrossFitFolds folds,
        RunProgress? progress,
        CancellationToken cancellation)
    {
        var answers = new WindowEvaluation[windows.Rows];
        var judged = new List<int>();
        double accuracy = 0;
        for (var fold = 0; fold < folds.Count; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = new StepProgress($"student: {student.Kind}, cross-validation", (double)fold / folds.Count);
            progress?.Report(step);
            var learned = folds.Rows(trainingSet.Table, fold).Learned;
            var model = student.Distil(trainingSet.Select(learned) with
            {
                DistillationWeight = 0,
                Progress = done => progress?.Report(step with { Fraction = step.Fraction + (done / folds.Count) }),
            }).Model;
            var evaluator = new ModelEvaluator(model, layout);
            foreach (var row in folds.Rows(windows, fold).Judged)
            {
                answers[row] = evaluator.Evaluate(windows.Row(row));
                judged.Add(row);
            }

            accuracy = AccuracyOn(judged, answers, windows);
            progress?.Reached(accuracy);
            if (fold + 1 < folds.Count && rival is not null && AccuracyOn(judged, rival.Answers, windows) - accuracy > Student.HopelesslyBehind)
            {
                return new StudentCrossValidation(student, answers, accuracy, fold + 1, false);
            }
        }

        return new StudentCrossValidation(student, answers, accuracy, folds.Count, true);
    }

    private static double AccuracyOn(List<int> rows, WindowEvaluation[] answers, WindowTable windows) =>
        rows.Where(row => windows.Labels[row] >= 0).Select(row => answers[row].WindowClass == windows.Labels[row] ? 1.0 : 0.0).DefaultIfEmpty(0).Average();

    /// <summary>For each labelled row, in order, whether the answer is correct.</summary>
    /// <param name="windows">The rows of <see cref="Answers"/>.</param>
    public bool[] IsRight(WindowTable windows) =>
        [.. Enumerable.Range(0, windows.Rows).Where(row => windows.Labels[row] >= 0).Select(row => Answers[row].WindowClass == windows.Labels[row])];
}
