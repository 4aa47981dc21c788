namespace HarEdge.Trainer.Windows;

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
