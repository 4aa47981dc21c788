namespace HarEdge.Trainer;

/// <summary>Finds the name a misspelled word was meant to be.</summary>
internal static class NearestName
{
    private const int MostEdits = 3;

    /// <summary>The name with the fewest insertions, deletions and replacements from the word, case aside; null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> names) => names
        .Select(name => (Name: name, Edits: Edits(word.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(candidate => candidate.Edits <= Math.Min(MostEdits, word.TrimStart('-').Length / 2))
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

/// <summary>
/// Something the user gave cannot be used. The message is one sentence that names the file, line or value;
/// the remedy is one sentence that says what to do. The command line prints both and exits with <see cref="ExitCode"/>.
/// </summary>
public class InputException(string message, string remedy, int exitCode = 1, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code of a check that ran and found something wrong.</summary>
    internal const int CheckFailed = 3;

    /// <summary>What the user can do about it.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>1: failed, 2: misused, 3: a parity check or another check failed.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>Why a file could not be read, in words for people.</summary>
internal static class FileFault
{
    /// <summary>One clause, without a full stop.</summary>
    public static string Words(Exception fault) =>
        fault is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : fault.Message.TrimEnd('.');
}

/// <summary>Finds command-line tools where a shell would, and where <c>dotnet tool install -g</c> puts them.</summary>
internal static class InstalledTool
{
    /// <summary>Path of a tool; null when it is not installed.</summary>
    /// <param name="name">Without extension.</param>
    /// <param name="pathVariable">Folders to search; null for PATH and the folder of global tools.</param>
    public static string? Find(string name, string? pathVariable = null)
    {
        var folders = pathVariable ?? string.Join(
            Path.PathSeparator,
            Environment.GetEnvironmentVariable("PATH"),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools"));
        string[] files = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];
        return folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => files.Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(File.Exists);
    }
}
