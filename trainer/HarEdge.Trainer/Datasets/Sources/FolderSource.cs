namespace HarEdge.Trainer.Datasets.Sources;

/// <summary>A folder with everything below it, or a single file as a folder of one.</summary>
internal sealed class FolderSource : SourceTree
{
    private readonly string _root;
    private readonly bool _isSingleFile;

    public FolderSource(string path)
        : base(path)
    {
        _isSingleFile = File.Exists(path);
        string full = System.IO.Path.GetFullPath(path);
        _root = _isSingleFile ? System.IO.Path.GetDirectoryName(full)! : full;
        IEnumerable<string> files = _isSingleFile ? [full] : Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories);
        Entries =
        [
            .. files
                .Select(file => new SourceEntry(
                    System.IO.Path.GetRelativePath(_root, file).Replace('\\', '/'),
                    new FileInfo(file).Length))
                .Where(entry => !IsClutter(entry.Name))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal),
        ];
    }

    public override Stream Open(SourceEntry entry)
    {
        try
        {
            return File.OpenRead(System.IO.Path.Combine(_root, entry.Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Describe(entry), e);
        }
    }

    public override string Describe(SourceEntry entry) => _isSingleFile ? Path : base.Describe(entry);
}
