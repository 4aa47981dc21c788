using HarEdge.Trainer.Learning;

namespace HarEdge.Trainer.Teachers.Blending;

/// <summary>Classes that are taken for each other, directly or through a third, form a group: gaits, postures, or a class by itself.</summary>
internal static class ClassGroups
{
    // Share of two classes' windows taken for the other of the two, above which they belong together.
    private const double ConfusedShare = 0.002;

    /// <summary>Groups of class indices, both ascending.</summary>
    /// <param name="scores">Scores of rows that the scorer did not learn from.</param>
    /// <param name="labels">Label of each row, −1 for rows that do not count.</param>
    internal static IReadOnlyList<int[]> Find(ClassScores scores, IReadOnlyList<int> labels)
    {
        var confusion = new int[scores.Classes, scores.Classes];
        var count = new int[scores.Classes];
        for (var row = 0; row < scores.Rows; row++)
        {
            if (labels[row] >= 0)
            {
                count[labels[row]]++;
                confusion[labels[row], ClassScores.ArgMax(scores[row])]++;
            }
        }

        var groupOf = Enumerable.Range(0, scores.Classes).ToArray();
        for (var a = 0; a < scores.Classes; a++)
        {
            for (var b = a + 1; b < scores.Classes; b++)
            {
                if (confusion[a, b] + confusion[b, a] > ConfusedShare * (count[a] + count[b]))
                {
                    Join(groupOf, groupOf[a], groupOf[b]);
                }
            }
        }

        return [.. Enumerable.Range(0, scores.Classes).GroupBy(c => groupOf[c]).OrderBy(group => group.Min()).Select(group => group.ToArray())];
    }

    private static void Join(int[] groupOf, int first, int second)
    {
        for (var c = 0; c < groupOf.Length; c++)
        {
            if (groupOf[c] == second)
            {
                groupOf[c] = first;
            }
        }
    }
}
