using HarEdge.Core;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>
/// A form of student tried on training people: it learns without each fold of them and is asked about the windows it never saw.
/// What it says is the ground for choosing between forms, for the confidence table and for the temporal filter. It learns from
/// labels alone: the teacher's word for the others' windows would already know the people it is asked about.
/// </summary>
/// <param name="Student">The form.</param>
/// <param name="Answers">For each row of the device's windows what a model without its wearer says.</param>
/// <param name="Accuracy">Share of labelled rows right.</param>
public sealed record StudentTrial(Student Student, WindowEvaluation[] Answers, double Accuracy)
{
    /// <summary>Runs the trial.</summary>
    /// <param name="student">The form.</param>
    /// <param name="lessons">What it learns from, all training people.</param>
    /// <param name="windows">The device's windows of the same people, unlabelled ones included.</param>
    /// <param name="layout">Features of the columns.</param>
    /// <param name="folds">Divides lessons and windows by person, or by time.</param>
    /// <param name="progress">Told the share of folds done.</param>
    /// <param name="cancellation">Checked between folds.</param>
    public static StudentTrial Run(
        Student student,
        DistillationInput lessons,
        WindowTable windows,
        FeatureLayout layout,
        Teachers.CrossFitFolds folds,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var answers = new WindowEvaluation[windows.Rows];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress($"student: {student.Kind}, cross-validation", (double)fold / folds.Count));
            var learned = folds.Rows(lessons.Table, fold).Learned;
            var model = student.Distil(lessons.Select(learned) with { TeacherShare = 0 }).Model;
            var evaluator = new ModelEvaluator(model, layout);
            foreach (var row in folds.Rows(windows, fold).Judged)
            {
                answers[row] = evaluator.Evaluate(windows.Row(row));
            }
        }

        var trial = new StudentTrial(student, answers, 0);
        return trial with { Accuracy = trial.IsRight(windows).Average(right => right ? 1.0 : 0.0) };
    }

    /// <summary>For each labelled row, in order, whether the answer is right.</summary>
    /// <param name="windows">The rows of <see cref="Answers"/>.</param>
    public bool[] IsRight(WindowTable windows) =>
        [.. Enumerable.Range(0, windows.Rows).Where(row => windows.Labels[row] >= 0).Select(row => Answers[row].WindowClass == windows.Labels[row])];
}
