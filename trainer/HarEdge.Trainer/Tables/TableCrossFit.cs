using System.Diagnostics;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Tables;

/// <summary>Several learners, each once on all rows and once without each fold, whose rows are then scored by it. The result does not depend on how many folds learn at a time.</summary>
internal sealed class TableCrossFit
{
    private readonly TrainedLearner?[] learners;
    private readonly ClassScores? blended;

    private TableCrossFit(TrainedLearner?[] learners, ClassScores[] scores, double[] factors, ClassScores? blended, double[] seconds)
    {
        this.learners = learners;
        Scores = scores;
        Factors = factors;
        this.blended = blended;
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

    /// <summary>How much each learner's scores count in the blend of the learners on all rows; empty when only the scores were wanted.</summary>
    public IReadOnlyList<double> Factors { get; }

    /// <summary>The blend's scores of each fold with factors found without that fold: what it does on rows it knows nothing of.</summary>
    public ClassScores Blended => blended ?? throw new InvalidOperationException("Only the learners' own scores were asked for.");

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
    /// <param name="progress">Receives which learner is at work.</param>
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

        return new TableCrossFit(
            learners,
            scores,
            alsoOnAll ? BlendFactors.Find(scores, table.Labels, byLoss: true) : [],
            alsoOnAll ? Nested(scores, table.Labels, folds) : null,
            Array.ConvertAll(ticks, time => time / (double)Stopwatch.Frequency));
    }

    private static ClassScores Nested(ClassScores[] scores, int[] labels, TableFolds folds)
    {
        var blended = new ClassScores(labels.Length, scores[0].Classes);
        Parallel.For(0, folds.Count, fold =>
        {
            int[] others = [.. labels.Select((label, row) => folds.FoldOfRow[row] == fold ? -1 : label)];
            var ofFold = BlendFactors.Blend(scores, BlendFactors.Find(scores, others, byLoss: true));
            for (var row = 0; row < labels.Length; row++)
            {
                if (folds.FoldOfRow[row] == fold)
                {
                    ofFold[row].CopyTo(blended[row]);
                }
            }
        });
        return blended;
    }

    // Folds have no row in common: side by side they write to different places.
    private static void ScoreFold(TableLearner member, FeatureTable table, TableFolds folds, int fold, int seed, ClassScores scores, CancellationToken cancellation)
    {
        var (judged, learned) = folds.Rows(fold);
        using var trained = member.Learn(
            RowSample.PickColumns(table.Values, learned), RowSample.Pick(table.Labels, learned), table.Classes.Count, seed, cancellation);
        var found = trained.Score(RowSample.PickColumns(table.Values, judged));
        for (var i = 0; i < judged.Length; i++)
        {
            found[i].CopyTo(scores[judged[i]]);
        }
    }
}

/// <summary>
/// Parts of a table so that each is judged by who learned from the others. With people they are groups of people; without, blocks of neighbouring rows of each class, since
/// neighbours are often windows of one stretch of time.
/// </summary>
internal sealed class TableFolds
{
    private readonly int[] foldOfRow;

    private TableFolds(int[] foldOfRow, int count, string how, bool areOfPeople)
    {
        this.foldOfRow = foldOfRow;
        Count = count;
        How = how;
        AreOfPeople = areOfPeople;
    }

    /// <summary>Number of folds.</summary>
    public int Count { get; }

    /// <summary>How rows were divided, for people.</summary>
    public string How { get; }

    /// <summary>True when nobody stands on both sides.</summary>
    public bool AreOfPeople { get; }

    /// <summary>The fold of each row.</summary>
    public IReadOnlyList<int> FoldOfRow => foldOfRow;

    /// <summary>The folds that fit a table: by people where they are known and several.</summary>
    /// <param name="table">Rows that all have labels.</param>
    /// <param name="folds">Folds wanted; never more than people.</param>
    /// <param name="seed">Order in which people are dealt.</param>
    public static TableFolds Of(FeatureTable table, int folds, int seed)
    {
        var people = table.GroupOfRow?.Distinct().Count() ?? 0;
        return people > 1 ? ByPeople(table, Math.Min(folds, people), people, seed) : ByBlocks(table, folds);
    }

    /// <summary>Rows dealt by chance, whoever they are of: what notebooks do, and what tells nothing of new people.</summary>
    public static TableFolds ByRows(FeatureTable table, int folds, int seed)
    {
        var random = new Random(seed);
        var fold = new int[table.Rows];
        foreach (var rows in Enumerable.Range(0, table.Rows).Select(row => (Row: row, Key: random.Next())).GroupBy(row => table.Labels[row.Row]))
        {
            var place = 0;
            foreach (var (row, _) in rows.OrderBy(row => row.Key))
            {
                fold[row] = place++ % folds;
            }
        }

        return new TableFolds(fold, folds, $"{folds} parts of random rows", areOfPeople: false);
    }

    /// <summary>Rows judged in a fold, and rows to learn from for it.</summary>
    public (int[] Judged, int[] Learned) Rows(int fold)
    {
        var judged = new List<int>();
        var learned = new List<int>();
        for (var row = 0; row < foldOfRow.Length; row++)
        {
            (foldOfRow[row] == fold ? judged : learned).Add(row);
        }

        return ([.. judged], [.. learned]);
    }

    private static TableFolds ByPeople(FeatureTable table, int folds, int people, int seed)
    {
        var random = new Random(seed);
        var rowsOf = new int[table.Groups.Count];
        foreach (var group in table.GroupOfRow!)
        {
            rowsOf[group]++;
        }

        var order = Enumerable.Range(0, rowsOf.Length).Where(group => rowsOf[group] > 0).Select(group => (Group: group, Key: random.Next())).OrderBy(group => group.Key).Select(group => group.Group);
        var foldOfGroup = new int[rowsOf.Length];
        var loads = new (int People, int Rows)[folds];
        foreach (var group in order)
        {
            var fold = Enumerable.Range(0, folds).MinBy(f => (loads[f].People, loads[f].Rows));
            foldOfGroup[group] = fold;
            loads[fold] = (loads[fold].People + 1, loads[fold].Rows + rowsOf[group]);
        }

        var how = folds == people ? $"each of {people} people left out once" : $"{folds} groups of the {people} people";
        return new TableFolds(Array.ConvertAll(table.GroupOfRow!, group => foldOfGroup[group]), folds, how, areOfPeople: true);
    }

    private static TableFolds ByBlocks(FeatureTable table, int folds)
    {
        var fold = new int[table.Rows];
        foreach (var rows in Enumerable.Range(0, table.Rows).GroupBy(row => table.Labels[row]).Select(group => group.ToList()))
        {
            for (var i = 0; i < rows.Count; i++)
            {
                fold[rows[i]] = (int)((long)i * folds / rows.Count);
            }
        }

        var what = table.Roles.Sequence is null ? "rows" : "sequences";
        return new TableFolds(fold, folds, $"{folds} blocks of neighbouring {what} of each class, because nothing shows who they are of", areOfPeople: false);
    }
}
