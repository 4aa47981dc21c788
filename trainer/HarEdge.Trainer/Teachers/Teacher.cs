using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// A recipe for a strong classifier of windows, by their features or by the counts behind them. It holds settings only; what it learned is in the
/// <see cref="TrainedTeacher"/>. The same rows and seed give the same teacher, whatever the number of cores.
/// </summary>
internal abstract class Teacher
{
    /// <summary>Name for tables, such as "gradient boosting".</summary>
    public abstract string Name { get; }

    /// <summary>False for a finished model: it may have learned from anyone, so that its answers for training people count for nothing.</summary>
    public virtual bool LearnsHere => true;

    /// <summary>Teachers that learn, one after another.</summary>
    public virtual int Parts => 1;

    /// <summary>Learns from the labelled rows of a table; rows with label −1 are passed over.</summary>
    /// <exception cref="InputException">Fewer than two classes have rows.</exception>
    public TrainedTeacher Train(WindowTable table, int seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var labelled = Enumerable.Range(0, table.Rows).Where(row => table.Labels[row] >= 0).ToList();
        var present = labelled.Select(row => table.Labels[row]).Distinct().ToList();
        if (present.Count < 2)
        {
            var found = present.Count == 0 ? "none" : table.Classes[present[0]];
            throw new InputException(
                $"The training windows show fewer than two activities: {found}.",
                "Add recordings of at least two labelled activities, each longer than one window, by people who are not held back for the test.");
        }

        return Learn(labelled.Count == table.Rows ? table : table.Select(labelled), seed, cancellation);
    }

    /// <summary>Learns from all rows, and besides labels every row by a teacher that never saw its wearer.</summary>
    /// <param name="table">Windows of the training people.</param>
    /// <param name="folds">Parts the rows are divided into.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="further">More windows of the same recordings (a smaller hop, transitions, augmented): labelled likewise, not learned from.</param>
    /// <param name="progress">Receives which fold is being learned.</param>
    /// <param name="cancellation">Checked between the folds.</param>
    public virtual CrossFittedLabels TrainAndCrossFit(
        WindowTable table,
        CrossFitFolds folds,
        int seed,
        WindowTable? further = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var fitted = CrossFitting.Run(this, table, folds, seed, further, progress, cancellation);
        return new CrossFittedLabels(fitted.Teacher, fitted.Scores.Softmax(), fitted.FurtherScores?.Softmax());
    }

    /// <summary>Learns from rows that all have labels, of at least two classes.</summary>
    protected abstract TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation);
}

/// <summary>A teacher that has learned.</summary>
internal abstract class TrainedTeacher : IDisposable
{
    /// <summary>Scores of every row: logarithms of probabilities up to a constant a row.</summary>
    public abstract ClassScores Score(WindowTable table);

    /// <summary>Rows × classes probabilities.</summary>
    public float[][] Probabilities(WindowTable table) => Score(table).Softmax();

    /// <summary>The most probable class of every row.</summary>
    public int[] Classify(WindowTable table) => Score(table).BestClasses();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what is held outside of managed memory.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A teacher trained on everything, and what teachers that never saw the wearer say of each window.</summary>
/// <param name="Teacher">Learned from all rows.</param>
/// <param name="SoftLabels">Rows × classes probabilities, cross-fitted.</param>
/// <param name="FurtherSoftLabels">The same for the further windows; null without any.</param>
internal sealed record CrossFittedLabels(TrainedTeacher Teacher, float[][] SoftLabels, float[][]? FurtherSoftLabels)
{
    /// <summary>False when the labels come from a finished model that may know the wearers.</summary>
    public bool AreCrossFitted { get; init; } = true;
}

/// <summary>
/// Scores every window by a teacher that never saw its wearer: a teacher knows its own training windows too well for its
/// opinion of them to be worth teaching, or counting. Folds run side by side; the result does not depend on how many at a time.
/// </summary>
internal sealed class CrossFitting
{
    private CrossFitting(TrainedTeacher teacher, ClassScores scores, ClassScores? furtherScores)
    {
        Teacher = teacher;
        Scores = scores;
        FurtherScores = furtherScores;
    }

    /// <summary>Learned from all rows.</summary>
    public TrainedTeacher Teacher { get; }

    /// <summary>Scores of the table's rows by the teachers of the folds.</summary>
    public ClassScores Scores { get; }

    /// <summary>Scores of the further rows by the teachers of the folds; null without any.</summary>
    public ClassScores? FurtherScores { get; }

    /// <summary>Trains once a fold to score the fold's rows, and once on all.</summary>
    /// <inheritdoc cref="Teacher.TrainAndCrossFit"/>
    public static CrossFitting Run(
        Teacher teacher,
        WindowTable table,
        CrossFitFolds folds,
        int seed,
        WindowTable? further = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(folds);
        var scores = new ClassScores(table.Rows, table.Classes.Count);
        var furtherScores = further is null ? null : new ClassScores(further.Rows, table.Classes.Count);
        TrainedTeacher? ofAll = null;
        var done = 0;
        try
        {
            // Job 0 learns from all rows; it is the longest and starts first.
            Parallel.For(0, folds.Count + 1, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, job =>
            {
                if (job == 0)
                {
                    ofAll = teacher.Train(table, seed, cancellation);
                }
                else
                {
                    var (judged, learned) = folds.Rows(table, job - 1);
                    using var trained = teacher.Train(table.Select(learned), seed, cancellation);
                    ScoreInto(scores, trained, table, judged);
                    if (further is not null)
                    {
                        ScoreInto(furtherScores!, trained, further, folds.Rows(further, job - 1).Judged);
                    }
                }

                progress?.Report(new StepProgress($"teacher: {teacher.Name}", (double)Interlocked.Increment(ref done) / (folds.Count + 1)));
            });
        }
        catch (Exception e)
        {
            ofAll?.Dispose();
            if (e is AggregateException { InnerExceptions: [var first, ..] })
            {
                // One fold's reason is enough; keep where it happened.
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
            }

            throw;
        }

        return new CrossFitting(ofAll!, scores, furtherScores);
    }

    // Folds have no row in common: side by side they write to different places.
    private static void ScoreInto(ClassScores all, TrainedTeacher trained, WindowTable table, List<int> rows)
    {
        var scores = trained.Score(table.Select(rows));
        for (var i = 0; i < rows.Count; i++)
        {
            scores[i].CopyTo(all[rows[i]]);
        }
    }
}

/// <summary>Which teacher to train.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Onnx">The file of an <see cref="TeacherKind.Onnx"/> teacher, else null.</param>
public sealed record TeacherChoice(TeacherKind Kind, OnnxOptions? Onnx = null)
{
    /// <summary>The default.</summary>
    public static TeacherChoice Auto { get; } = new(TeacherKind.Auto);

    /// <summary>The teacher for windows of a layout.</summary>
    /// <param name="layout">Features of the columns.</param>
    /// <param name="range">Ranges of the counts.</param>
    internal Teacher Make(FeatureLayout layout, SensorRange range)
    {
        var transforms = FeatureTransforms.Of(layout);
        return Kind switch
        {
            TeacherKind.LightGbm => new LightGbmTeacher(),
            TeacherKind.Linear => new LinearTeacher(transforms, LinearTeacher.Little),
            TeacherKind.Forest => new FeatureTeacher(TableLearner.Of(TableLearnerKind.Forest), transforms),
            TeacherKind.ExtraTrees => new FeatureTeacher(TableLearner.Of(TableLearnerKind.ExtraTrees), transforms),
            TeacherKind.Svc => new FeatureTeacher(TableLearner.Of(TableLearnerKind.Svc), transforms),
            TeacherKind.Logistic => new FeatureTeacher(TableLearner.Of(TableLearnerKind.Logistic), transforms),
            TeacherKind.Rocket => new RocketTeacher(),
            TeacherKind.Fused => new FusedTeacher(transforms),
            TeacherKind.Fourier => new FourierTeacher(transforms),
            TeacherKind.Onnx => new OnnxTeacher(Onnx ?? throw new InvalidOperationException("An ONNX teacher needs its file."), range),
            _ => new BlendedTeacher(BlendMembers(transforms)),
        };
    }

    /// <summary>The members of the blend: all of those tried that made it better in cross-validation over HAPT's training people and cost little.</summary>
    internal static IReadOnlyList<Teacher> BlendMembers(IReadOnlyList<InputTransform> transforms) =>
    [
        new LinearTeacher(transforms, LinearTeacher.Little),
        new LinearTeacher(transforms, LinearTeacher.Much),
        new LightGbmTeacher(),
    ];
}

/// <summary>The teachers there are.</summary>
public enum TeacherKind
{
    /// <summary>A weighted blend of those that pay, weighed by grouped cross-validation.</summary>
    Auto,

    /// <summary>Gradient boosting.</summary>
    LightGbm,

    /// <summary>A linear discriminant.</summary>
    Linear,

    /// <summary>A random forest.</summary>
    Forest,

    /// <summary>Logistic regression.</summary>
    Logistic,

    /// <summary>Random convolutions over raw windows.</summary>
    Rocket,

    /// <summary>A kernel machine by random Fourier features.</summary>
    Fourier,

    /// <summary>A finished model from an ONNX file.</summary>
    Onnx,

    /// <summary>A support vector machine with the Gaussian kernel.</summary>
    Svc,

    /// <summary>Extremely randomized trees.</summary>
    ExtraTrees,

    /// <summary>Random convolutions and all features under one linear discriminant.</summary>
    Fused,
}
