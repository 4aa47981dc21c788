using System.Diagnostics;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Tables.Learners;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Tables;

/// <summary>Several learners, each once on all rows and once without each fold, whose rows are then scored by it. The result does not depend on how many folds learn at a time.</summary>
internal sealed class TableCrossFit
{
    private readonly TrainedLearner?[] learners;

    private TableCrossFit(TrainedLearner?[] learners, ClassScores[] scores, double[] factors, double[] seconds)
    {
        this.learners = learners;
        Scores = scores;
        Factors = factors;
        Seconds = seconds;
    }

    /// <summary>The learners of all rows that count in the blend; the others are released.</summary>
    public IReadOnlyList<TableMember> Members()
    {
        List<TableMember> members = [];
        for (var m = 0; m < learners.Length; m++)
        {
            if (Factors[m] != 0)
            {
                members.Add(new TableMember(learners[m]!, Factors[m]));
            }
            else
            {
                learners[m]?.Dispose();
            }
        }

        return members;
    }

    /// <summary>For each learner scores of all rows by those that did not learn from them.</summary>
    public IReadOnlyList<ClassScores> Scores { get; }

    /// <summary>How much each learner's scores count in the blend of the learners on all rows.</summary>
    public IReadOnlyList<double> Factors { get; }

    /// <summary>For each learner the seconds its fits took, one after another.</summary>
    public IReadOnlyList<double> Seconds { get; }

    /// <summary>For each learner of all rows, and last for their blend, the share of a test it has right.</summary>
    public IReadOnlyList<double> TestAccuracies(FeatureTable test)
    {
        ClassScores[] scores = [.. learners.Select(learner => learner!.Score(test.Values))];
        return [.. scores.Append(BlendFactors.Blend(scores, [.. Factors])).Select(of => 1 - ((double)of.Errors(test.Labels) / test.Rows))];
    }

    /// <summary>Releases the learners of all rows.</summary>
    public void Release()
    {
        foreach (var learner in learners)
        {
            learner?.Dispose();
        }
    }

    /// <summary>Learns.</summary>
    /// <param name="members">The learners.</param>
    /// <param name="table">Rows that all have labels.</param>
    /// <param name="folds">Parts of the rows.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="progress">Told which learner is at work.</param>
    /// <param name="cancellation">Checked between fits.</param>
    /// <param name="alsoOnAll">False when only the scores are wanted.</param>
    public static TableCrossFit Run(
        IReadOnlyList<TableLearner> members, FeatureTable table, TableFolds folds, int seed, IProgress<StepProgress>? progress, CancellationToken cancellation, bool alsoOnAll = true)
    {
        var classes = table.Classes.Count;
        var learners = new TrainedLearner?[members.Count];
        var scores = members.Select(_ => new ClassScores(table.Rows, classes)).ToArray();
        var ticks = new long[members.Count];
        var done = 0;
        var jobs = members.Count * (folds.Count + 1);
        try
        {
            Parallel.For(0, jobs, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = TableTraining.FoldsAtATime(table) }, job =>
            {
                var (member, fold) = (job % members.Count, (job / members.Count) - 1);
                progress?.Report(new StepProgress("learning", (double)done / jobs, members[member].Name));
                var start = Stopwatch.GetTimestamp();
                if (fold >= 0)
                {
                    ScoreFold(members[member], table, folds, fold, seed, scores[member], cancellation);
                }
                else if (alsoOnAll)
                {
                    learners[member] = members[member].Learn(table.Values, table.Labels, classes, seed, cancellation);
                }

                Interlocked.Add(ref ticks[member], Stopwatch.GetTimestamp() - start);
                Interlocked.Increment(ref done);
            });
        }
        catch (AggregateException e) when (e.InnerExceptions is [var first, ..])
        {
            // One fold's reason is enough; keep where it happened.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        return new TableCrossFit(learners, scores, BlendFactors.Find(scores, table.Labels), Array.ConvertAll(ticks, time => time / (double)Stopwatch.Frequency));
    }

    /// <summary>The blend's scores of each fold with factors found without that fold: what it does on rows it knows nothing of.</summary>
    public ClassScores Nested(int[] labels, TableFolds folds)
    {
        var blended = new ClassScores(labels.Length, Scores[0].Classes);
        var ofFold = new ClassScores[folds.Count];
        Parallel.For(0, folds.Count, fold =>
        {
            int[] others = [.. labels.Select((label, row) => folds.FoldOfRow[row] == fold ? -1 : label)];
            ofFold[fold] = BlendFactors.Blend(Scores, BlendFactors.Find(Scores, others));
        });
        for (var row = 0; row < labels.Length; row++)
        {
            ofFold[folds.FoldOfRow[row]][row].CopyTo(blended[row]);
        }

        return blended;
    }

    // Folds have no row in common: side by side they write to different places.
    private static void ScoreFold(TableLearner member, FeatureTable table, TableFolds folds, int fold, int seed, ClassScores scores, CancellationToken cancellation)
    {
        var (judged, learned) = folds.Rows(fold);
        using var trained = member.Learn(
            Array.ConvertAll(table.Values, column => FeatureTable.Pick(column, learned)), FeatureTable.Pick(table.Labels, learned), table.Classes.Count, seed, cancellation);
        var found = trained.Score(Array.ConvertAll(table.Values, column => FeatureTable.Pick(column, judged)));
        for (var i = 0; i < judged.Length; i++)
        {
            found[i].CopyTo(scores[judged[i]]);
        }
    }
}
