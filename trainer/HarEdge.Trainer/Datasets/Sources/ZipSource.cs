using System.IO.Compression;

namespace HarEdge.Trainer.Datasets.Sources;

/// <summary>A zip.</summary>
internal sealed class ZipSource : SourceTree
{
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> byName;

    private ZipSource(string path, ZipArchive archive)
        : base(path)
    {
        this.archive = archive;
        byName = [];
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName.Replace('\\', '/');
            if (!name.EndsWith('/') && !IsClutter(name))
            {
                byName[name] = entry;
            }
        }

        Entries = [.. byName.Select(pair => new SourceEntry(pair.Key, pair.Value.Length)).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    /// <summary>Whether the file starts as zips do, or calls itself one.</summary>
    public static bool IsZip(string path)
    {
        if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        using var stream = File.OpenRead(path);
        Span<byte> head = stackalloc byte[4];
        return stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head.SequenceEqual("PK\u0003\u0004"u8);
    }

    public static new ZipSource Open(string path) => new(path, OpenArchive(path, OpenFile(path)));

    /// <summary>A zip inside another source.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static ZipSource Open(SourceTree outer, SourceEntry entry) =>
        new($"{outer.Path}/{entry.Name}", OpenArchive(outer.Describe(entry), outer.OpenSeekable(entry)));

    public override Stream Open(SourceEntry entry)
    {
        try
        {
            return byName[entry.Name].Open();
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
            archive.Dispose();
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

/// <summary>
/// A source with the zips in it opened: public sets are handed out as zips of zips. Entries of an inner zip stand under its name, except where the
/// outer holds nothing but that one zip and its papers: then the inner one is read in its place.
/// </summary>
internal sealed class NestedSource : SourceTree
{
    // A set in a zip in an archive's zip; more is no set of recordings.
    private const int MostDepth = 3;

    private readonly SourceTree outer;
    private readonly List<SourceTree> inner = [];
    private readonly Dictionary<string, (SourceTree Source, SourceEntry Entry)> entries = [];

    private NestedSource(SourceTree outer, SourceEntry[] zips, int depth)
        : base(outer.Path)
    {
        this.outer = outer;
        var isWrapped = zips.Length == 1 && !outer.Entries.Any(IsData);
        try
        {
            foreach (var entry in outer.Entries.Except(zips).Where(_ => !isWrapped))
            {
                entries[entry.Name] = (outer, entry);
            }

            foreach (var zip in zips)
            {
                var opened = Expand(ZipSource.Open(outer, zip), depth + 1);
                inner.Add(opened);
                foreach (var entry in opened.Entries)
                {
                    var name = isWrapped ? entry.Name : $"{zip.Name}/{entry.Name}";
                    entries[name] = (opened, entry);
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        Entries = [.. entries.Select(pair => new SourceEntry(pair.Key, pair.Value.Entry.Length)).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    /// <summary>The source itself when there is no zip to open in it. A folder with data of its own keeps its zips shut: they may be copies of it.</summary>
    public static SourceTree Expand(SourceTree outer) => Expand(outer, 1);

    public override Stream Open(SourceEntry entry) => entries[entry.Name].Source.Open(entries[entry.Name].Entry);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.ForEach(one => one.Dispose());
            outer.Dispose();
        }

        base.Dispose(disposing);
    }

    private static SourceTree Expand(SourceTree outer, int depth)
    {
        SourceEntry[] zips = [.. outer.Entries.Where(entry => IsZipName(entry) && !IsUnpacked(outer, entry))];
        var isShut = zips.Length == 0 || depth > MostDepth || (outer is FolderSource && outer.Entries.Any(IsData));
        return isShut ? outer : new NestedSource(outer, zips, depth);
    }

    private static bool IsZipName(SourceEntry entry) => entry.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the folder that a zip unpacks to lies beside it.</summary>
    private static bool IsUnpacked(SourceTree outer, SourceEntry zip) =>
        outer.Entries.Any(entry => entry.Name.StartsWith(zip.Name[..^4] + "/", StringComparison.OrdinalIgnoreCase));

    private static bool IsData(SourceEntry entry) =>
        entry.Name.Contains("RawData/", StringComparison.OrdinalIgnoreCase) || DataEndings.Contains(System.IO.Path.GetExtension(entry.Name).ToLowerInvariant());

    private static readonly string[] DataEndings = [".csv", ".tsv", ".json", ".dat", ".log", ".parquet", ".gz"];
}
