namespace HarEdge.Cli.Tests.Running;

/// <summary>A folder of one test's own, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("haredge-cli-").FullName;

    /// <summary>A path inside.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Everything inside, hidden files too, by relative path.</summary>
    public IReadOnlyList<string> Entries =>
        [.. Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories).Select(entry => System.IO.Path.GetRelativePath(Path, entry)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
