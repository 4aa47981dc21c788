namespace HarEdge.Cli.Options;

/// <summary>A command line as one text that a shell takes apart again.</summary>
internal static class CommandWords
{
    /// <summary>The words with spaces between, those that hold one in quotes.</summary>
    public static string Join(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word));
}
