using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Learning;

/// <summary>
/// Divides windows into folds so that a fold's windows can be judged by who learned from the others. With several people the
/// folds are groups of people. With one person they are blocks of time within each activity, with a guard gap: such results
/// speak for that person only.
/// </summary>
internal sealed class CrossFitFolds
{
    // Samples between a window that is judged and one that may be learned from: the longest window there is.
    private const int GuardSamples = 256;

    private readonly int[]? foldOfSubject;
    private readonly Dictionary<int, List<(int Start, int Fold)>> timeline = [];

    /// <summary>Assigns folds.</summary>
    /// <param name="table">Windows; the ones without label are in a fold too.</param>
    /// <param name="folds">Folds wanted, at least 2; there are never more than people, if there are several.</param>
    /// <param name="seed">Order in which people are dealt.</param>
    public CrossFitFolds(WindowTable table, int folds, int seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var people = table.SubjectOfRow.Distinct().Count();
        if (people > 1)
        {
            Count = Math.Min(folds, people);
            foldOfSubject = SubjectFolds.Assign(table, Count, seed);
        }
        else
        {
            Count = folds;
            FillTimeline(table);
        }
    }

    /// <summary>Number of folds.</summary>
    public int Count { get; }

    /// <summary>True when folds are groups of people, false when they are blocks of one person's time.</summary>
    public bool AreGroupsOfPeople => foldOfSubject is not null;

    /// <summary>The fold a window is judged in. The table's recordings and people must be those of the constructor's.</summary>
    public int FoldOf(WindowTable table, int row)
    {
        if (foldOfSubject is not null)
        {
            return foldOfSubject[table.SubjectOfRow[row]];
        }

        // The nearest window of the same recording decides; one of another recording belongs nowhere, hence to the first fold.
        return timeline.TryGetValue(table.RecordingOfRow[row], out var windows)
            ? windows.MinBy(w => Math.Abs(w.Start - table.StartSample[row])).Fold
            : 0;
    }

    /// <summary>Rows judged in a fold, and rows that may be learned from for it.</summary>
    public (List<int> Judged, List<int> Learned) Rows(WindowTable table, int fold)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (foldOfSubject is not null)
        {
            return SubjectFolds.Rows(table, foldOfSubject, fold);
        }

        var judged = new List<int>();
        var learned = new List<int>();
        for (var row = 0; row < table.Rows; row++)
        {
            if (FoldOf(table, row) == fold)
            {
                judged.Add(row);
            }
            else if (!IsNear(table.RecordingOfRow[row], table.StartSample[row], fold))
            {
                learned.Add(row);
            }
        }

        return (judged, learned);
    }

    private bool IsNear(int recording, int start, int fold) =>
        timeline[recording].Exists(w => w.Fold == fold && Math.Abs(w.Start - start) < GuardSamples);

    // Each activity's windows in order of time are cut into as many blocks as there are folds, so that none misses an activity.
    private void FillTimeline(WindowTable table)
    {
        var byLabel = Enumerable.Range(0, table.Rows)
            .OrderBy(row => table.RecordingOfRow[row]).ThenBy(row => table.StartSample[row]).GroupBy(row => table.Labels[row]);
        foreach (var rows in byLabel.Select(group => group.ToList()))
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var recording = table.RecordingOfRow[rows[i]];
                if (!timeline.TryGetValue(recording, out var windows))
                {
                    timeline[recording] = windows = [];
                }

                windows.Add((table.StartSample[rows[i]], (int)((long)i * Count / rows.Count)));
            }
        }
    }
}

/// <summary>Divides people, never windows: all windows of a person are in the same fold.</summary>
internal static class SubjectFolds
{
    /// <summary>For each subject index a fold 0..folds−1, balanced by windows, the same for the same seed.</summary>
    /// <param name="table">Windows.</param>
    /// <param name="folds">At least 2; at most the number of people with windows is used.</param>
    /// <param name="seed">Order in which equal people are dealt.</param>
    public static int[] Assign(WindowTable table, int folds, int seed)
    {
        var windows = new int[table.Subjects.Count];
        foreach (var subject in table.SubjectOfRow)
        {
            windows[subject]++;
        }

        var random = new Random(seed);
        var order = Enumerable.Range(0, windows.Length).Select(s => (Subject: s, Key: random.Next()))
            .OrderBy(s => s.Key).Select(s => s.Subject).ToList();
        var used = Math.Clamp(folds, 1, Math.Max(1, windows.Count(w => w > 0)));
        var loads = new int[used];
        var people = new int[used];
        var assigned = new int[windows.Length];
        foreach (var subject in order)
        {
            // Fewest people first, then fewest windows: folds differ by at most one person.
            var fold = Enumerable.Range(0, used).OrderBy(f => people[f]).ThenBy(f => loads[f]).First();
            assigned[subject] = fold;
            people[fold]++;
            loads[fold] += windows[subject];
        }

        return assigned;
    }

    /// <summary>Rows inside and outside a fold.</summary>
    public static (List<int> Inside, List<int> Outside) Rows(WindowTable table, int[] foldOfSubject, int fold)
    {
        var inside = new List<int>();
        var outside = new List<int>();
        for (var row = 0; row < table.Rows; row++)
        {
            (foldOfSubject[table.SubjectOfRow[row]] == fold ? inside : outside).Add(row);
        }

        return (inside, outside);
    }
}
