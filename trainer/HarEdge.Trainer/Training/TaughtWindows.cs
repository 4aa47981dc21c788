using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Training;

/// <summary>What the teacher says of a run's windows.</summary>
/// <param name="Name">The teacher's.</param>
/// <param name="Teacher">Learned from all training people.</param>
/// <param name="SoftLabels">Rows × classes probabilities of the lessons.</param>
/// <param name="AreCrossFitted">True when each label comes from a teacher that never saw the person.</param>
/// <param name="IsRight">For each labelled device window of training people whether the teacher is right.</param>
/// <param name="SubjectOfRow">For each of those its person.</param>
internal sealed record TaughtWindows(
    string Name, TrainedTeacher Teacher, float[][] SoftLabels, bool AreCrossFitted, bool[] IsRight, int[] SubjectOfRow) : IDisposable
{
    /// <summary>Share of training people's windows right, by teachers that never saw the person.</summary>
    /// <exception cref="InvalidOperationException">A finished model has no such share.</exception>
    public double CrossValidated => AreCrossFitted
        ? IsRight.Average(right => right ? 1.0 : 0.0)
        : throw new InvalidOperationException("Answers of a model that may know the people are no cross-validation.");

    /// <summary>What the user must know.</summary>
    public IReadOnlyList<string> Notes => AreCrossFitted
        ? []
        :
        [
            $"{Name} was finished elsewhere: its labels of training people are not cross-fitted, and how well it does on them is not counted. "
            + "Its score on the test people counts only if it never saw them.",
        ];

    /// <summary>Trains the teacher and lets it label.</summary>
    public static TaughtWindows Of(
        TrainingWindows windows,
        CrossFitFolds folds,
        TrainingOptions options,
        SensorRange range,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        // The teacher learns from the device's own windows; half-hop windows in between add time rather than knowledge.
        var device = windows.Device;
        var labelled = device.Select([.. Enumerable.Range(0, device.Rows).Where(row => device.Labels[row] >= 0)]);
        var teacher = options.Teacher.Make(windows.Layout, range);
        var taught = teacher.TrainAndCrossFit(labelled, folds, options.Seed, windows.Lessons, progress, cancellation);
        bool[] isRight = [.. Enumerable.Range(0, labelled.Rows).Select(row =>
            Array.IndexOf(taught.SoftLabels[row], taught.SoftLabels[row].Max()) == labelled.Labels[row])];
        return new TaughtWindows(teacher.Name, taught.Teacher, taught.FurtherSoftLabels!, taught.AreCrossFitted, isRight, labelled.SubjectOfRow);
    }

    /// <summary>
    /// The share of the teacher in what the student learns. A teacher that is not clearly better than the student by itself on
    /// people never seen has nothing to teach; of a finished model nobody can tell, and whoever names one wants to learn from it.
    /// </summary>
    /// <param name="isStudentRight">For the same windows whether the student by itself is right.</param>
    /// <param name="fullShare">Share of a teacher that is better.</param>
    /// <param name="log">Told the reason.</param>
    public double ShareFor(bool[] isStudentRight, double fullShare, TrainingLog log)
    {
        if (!AreCrossFitted)
        {
            log.Add($"share of the teacher in what the student learns: {fullShare:P0}, untested");
            return fullShare;
        }

        var advantage = PairedComparison.Of(IsRight, isStudentRight, SubjectOfRow);
        var share = advantage.IsBetter ? fullShare : 0;
        log.Add($"teacher over student by itself: {100 * advantage.MeanDifference:F2} ± {100 * advantage.StandardError:F2} points a person; "
            + $"share of the teacher in what the student learns: {share:P0}");
        return share;
    }

    /// <inheritdoc/>
    public void Dispose() => Teacher.Dispose();
}
