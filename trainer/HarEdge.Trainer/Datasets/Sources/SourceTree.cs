using System.Security.Cryptography;

namespace HarEdge.Trainer.Datasets.Sources;

/// <summary>The files of a data set wherever they are: a zip, a zip inside a zip, a folder, or one file. Read-only, nothing is unpacked to disk.</summary>
internal abstract class SourceTree(string path) : IDisposable
{
    /// <summary>The path the user gave.</summary>
    public string Path { get; } = path;

    /// <summary>All files, sorted by name, without what archivers and file managers leave behind.</summary>
    public IReadOnlyList<SourceEntry> Entries { get; protected init; } = [];

    /// <summary>Opens a zip, a folder or a single file.</summary>
    /// <exception cref="InputException">There is nothing at the path (exit code 2), or the zip is damaged.</exception>
    public static SourceTree Open(string path)
    {
        if (Directory.Exists(path))
        {
            return NestedSource.Expand(new FolderSource(path));
        }

        if (!File.Exists(path))
        {
            throw new InputException(
                $"There is no file or folder '{path}'.",
                "Check the path, or name 'synthetic' to use the built-in data.",
                2);
        }

        return ZipSource.IsZip(path) ? NestedSource.Expand(ZipSource.Open(path)) : new FolderSource(path);
    }

    /// <summary>All bytes of a file and their SHA-256 in lower-case hex.</summary>
    public byte[] ReadAll(SourceEntry entry, out string sha256)
    {
        using var stream = Open(entry);
        var bytes = new byte[entry.Length];
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(Describe(entry), e);
        }

        sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return bytes;
    }

    /// <summary>The same for readers that go back and forth: a file on disk itself, anything else by a temporary copy that disappears with the stream.</summary>
    public Stream OpenSeekable(SourceEntry entry)
    {
        var stream = Open(entry);
        if (stream.CanSeek)
        {
            return stream;
        }

        using (stream)
        {
            var copy = new FileStream(
                System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"haredge-{Guid.NewGuid():N}"),
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.None,
                1 << 16,
                FileOptions.DeleteOnClose);
            try
            {
                stream.CopyTo(copy);
                copy.Position = 0;
                return copy;
            }
            catch (Exception e)
            {
                copy.Dispose();
                throw e is InvalidDataException or EndOfStreamException ? Damaged(Describe(entry), e) : e;
            }
        }
    }

    /// <summary>A stream over a file's bytes.</summary>
    public abstract Stream Open(SourceEntry entry);

    /// <summary>How messages name a file: the path the user gave and the file inside it.</summary>
    public virtual string Describe(SourceEntry entry) => $"{Path}/{entry.Name}";

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    protected static InputException Damaged(string what, Exception inner) => new(
        $"'{what}' is damaged or cut short.",
        "Download or copy the file again, and compare its size with the original.",
        1,
        inner);

    protected static InputException Unreadable(string what, Exception inner) => new(
        $"'{what}' cannot be opened: {inner.Message}",
        "Check that the file is there and that you may read it.",
        1,
        inner);

    protected static bool IsClutter(string name) =>
        name.StartsWith("__MACOSX/", StringComparison.Ordinal) || name.Split('/').Any(part => part.StartsWith('.'));
}

/// <summary>A file inside a source: its path with forward slashes, and its size in bytes.</summary>
internal readonly record struct SourceEntry(string Name, long Length)
{
    /// <summary>The name without folders.</summary>
    public string FileName => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>The folder, empty at the top, otherwise ending in a slash.</summary>
    public string Folder => Name[..(Name.LastIndexOf('/') + 1)];
}

/// <summary>A folder with everything below it, or a single file as a folder of one.</summary>
internal sealed class FolderSource : SourceTree
{
    private readonly string root;
    private readonly bool isSingleFile;

    public FolderSource(string path)
        : base(path)
    {
        isSingleFile = File.Exists(path);
        var full = System.IO.Path.GetFullPath(path);
        root = isSingleFile ? System.IO.Path.GetDirectoryName(full)! : full;
        var files = isSingleFile ? [full] : Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories);
        Entries =
        [
            .. files
                .Select(file => new SourceEntry(
                    System.IO.Path.GetRelativePath(root, file).Replace('\\', '/'),
                    new FileInfo(file).Length))
                .Where(entry => !IsClutter(entry.Name))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal),
        ];
    }

    public override Stream Open(SourceEntry entry)
    {
        try
        {
            return File.OpenRead(System.IO.Path.Combine(root, entry.Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Describe(entry), e);
        }
    }

    public override string Describe(SourceEntry entry) => isSingleFile ? Path : base.Describe(entry);
}
