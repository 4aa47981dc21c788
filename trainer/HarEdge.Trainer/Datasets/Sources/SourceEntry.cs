namespace HarEdge.Trainer.Datasets.Sources;

/// <summary>A file inside a source: its path with forward slashes, and its size in bytes.</summary>
internal readonly record struct SourceEntry(string Name, long Length)
{
    /// <summary>The name without folders.</summary>
    public string FileName => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>The folder, empty at the top, otherwise ending in a slash.</summary>
    public string Folder => Name[..(Name.LastIndexOf('/') + 1)];
}
