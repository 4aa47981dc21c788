using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

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
