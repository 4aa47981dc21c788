namespace HarEdge.Trainer;

/// <summary>Finds the name a misspelled word was meant to be.</summary>
internal static class NearestName
{
    private const int MostEdits = 3;

    /// <summary>The name with the fewest insertions, deletions and replacements from the word, case aside; null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> names) => names
        .Select(name => (Name: name, Edits: Edits(word.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(candidate => candidate.Edits <= Math.Min(MostEdits, word.Length / 2))
        .OrderBy(candidate => candidate.Edits)
        .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>"Did you mean NAME? " where a name is near, for the beginning of a remedy; otherwise nothing.</summary>
    public static string Question(string word, IEnumerable<string> names) => Of(word, names) is { } near ? $"Did you mean {near}? " : "";

    // Levenshtein's distance, one row at a time.
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
