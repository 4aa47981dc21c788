using System.IO.Compression;

namespace HarEdge.Trainer.Datasets.Sources;

/// <summary>
/// A zip. Where it holds nothing but one inner zip with the data (as some archives hand sets out), the inner one is read in its place,
/// through a temporary file that disappears with this object.
/// </summary>
internal sealed class ZipSource : SourceTree
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _byName;

    private ZipSource(string path, ZipArchive archive)
        : base(path)
    {
        _archive = archive;
        _byName = [];
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string name = entry.FullName.Replace('\\', '/');
            if (!name.EndsWith('/') && !IsClutter(name))
            {
                _byName[name] = entry;
            }
        }

        Entries = [.. _byName.Select(pair => new SourceEntry(pair.Key, pair.Value.Length)).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    /// <summary>Whether the file starts as zips do, or calls itself one.</summary>
    public static bool IsZip(string path)
    {
        if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        using FileStream stream = File.OpenRead(path);
        Span<byte> head = stackalloc byte[4];
        return stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head.SequenceEqual("PK\u0003\u0004"u8);
    }

    public static new ZipSource Open(string path)
    {
        var outer = new ZipSource(path, OpenArchive(path, OpenFile(path)));
        SourceEntry[] inner = [.. outer.Entries.Where(entry => entry.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))];
        bool isWrapped = inner.Length == 1 && !outer.Entries.Any(entry => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            || entry.Name.Contains("RawData/", StringComparison.OrdinalIgnoreCase));
        if (!isWrapped)
        {
            return outer;
        }

        using (outer)
        {
            string name = outer.Describe(inner[0]);
            var copy = new FileStream(
                System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"haredge-{Guid.NewGuid():N}.zip"),
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.None,
                1 << 16,
                FileOptions.DeleteOnClose);
            try
            {
                using Stream stream = outer.Open(inner[0]);
                stream.CopyTo(copy);
                copy.Position = 0;
            }
            catch (Exception e)
            {
                copy.Dispose();
                throw e is InvalidDataException or EndOfStreamException ? Damaged(name, e) : e;
            }

            return new ZipSource(path, OpenArchive(name, copy));
        }
    }

    public override Stream Open(SourceEntry entry)
    {
        try
        {
            return _byName[entry.Name].Open();
        }
        catch (InvalidDataException e)
        {
            throw Damaged(Describe(entry), e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _archive.Dispose();
        }

        base.Dispose(disposing);
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    private static ZipArchive OpenArchive(string name, Stream stream)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            stream.Dispose();
            throw Damaged(name, e);
        }
    }
}
