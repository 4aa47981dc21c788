namespace HarEdge.Cli.Output;

/// <summary>Finds what a misspelled word was meant to be.</summary>
internal static class NearestName
{
    private const int MostEdits = 3;

    /// <summary>The name with the fewest insertions, deletions and replacements from the word; null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> names) => names
        .Select(name => (Name: name, Edits: Edits(word, name)))
        .Where(candidate => candidate.Edits <= Math.Min(MostEdits, word.Length / 2))
        .OrderBy(candidate => candidate.Edits)
        .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

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
