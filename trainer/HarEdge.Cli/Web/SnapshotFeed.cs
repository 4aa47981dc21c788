using System.Buffers;
using System.Text;
using System.Threading.Channels;

namespace HarEdge.Cli.Web;

/// <summary>
/// What the pages show, in parts that change (sections) and parts that only grow (series), each piece already JSON. Every reader is sent what
/// is new to it, whenever it is ready to take more: a slow one gets less often more, never old things, and costs two numbers of memory.
/// </summary>
internal sealed class SnapshotFeed
{
    /// <summary>Readers at once; a browser opens one for all its tabs, an older one for each.</summary>
    public const int MostReaders = 16;

    private readonly Lock gate = new();
    private readonly List<SnapshotReader> readers = [];
    private readonly Dictionary<string, (byte[] Json, long Version)> sections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Series> series = new(StringComparer.Ordinal);
    private long version;
    private bool isClosed;

    /// <summary>Readers now.</summary>
    public int Readers
    {
        get
        {
            lock (gate)
            {
                return readers.Count;
            }
        }
    }

    /// <summary>Begins to read, with everything there is. Null when there are too many readers already.</summary>
    public SnapshotReader? Open()
    {
        lock (gate)
        {
            if (readers.Count == MostReaders)
            {
                return null;
            }

            var reader = new SnapshotReader(this);
            readers.Add(reader);
            if (version > 0)
            {
                reader.Wake();
            }

            if (isClosed)
            {
                reader.End();
            }

            return reader;
        }
    }

    /// <summary>The reader has gone.</summary>
    public void Leave(SnapshotReader reader)
    {
        lock (gate)
        {
            readers.Remove(reader);
        }
    }

    /// <summary>Replaces a section; nothing is sent when it says the same as before.</summary>
    public void Set(string section, byte[] json)
    {
        lock (gate)
        {
            if (!sections.TryGetValue(section, out var now) || !now.Json.AsSpan().SequenceEqual(json))
            {
                sections[section] = (json, ++version);
            }
        }
    }

    /// <summary>Adds an element to a series.</summary>
    /// <param name="name">Of the series.</param>
    /// <param name="json">The element.</param>
    /// <param name="keep">At least so many of the last are kept for readers to come, and less than twice as many.</param>
    public void Append(string name, byte[] json, int keep)
    {
        lock (gate)
        {
            if (!series.TryGetValue(name, out var grown))
            {
                series.Add(name, grown = new Series());
            }

            grown.Elements.Add((json, ++version));
            if (grown.Elements.Count >= 2 * keep)
            {
                grown.Elements.RemoveRange(0, grown.Elements.Count - keep);
            }
        }
    }

    /// <summary>Notifies every reader that there may be something new.</summary>
    public void Publish()
    {
        lock (gate)
        {
            readers.ForEach(reader => reader.Wake());
        }
    }

    /// <summary>Nothing more will come: every reader ends after the last one.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            readers.ForEach(reader => reader.End());
        }
    }

    /// <summary>Everything newer than a version, as {"isFirst":…,"set":{…},"add":{…}}; null when there is nothing.</summary>
    internal byte[]? Since(ref long seen)
    {
        lock (gate)
        {
            if (seen == version)
            {
                return null;
            }

            var from = seen;
            seen = version;
            var json = new ArrayBufferWriter<byte>();
            Write(json, from == 0 ? "{\"isFirst\":true,\"set\":{" : "{\"isFirst\":false,\"set\":{");
            WriteAll(json, sections.Where(section => section.Value.Version > from).Select(section => (section.Key, (IEnumerable<byte[]>)[section.Value.Json])), "", "");
            Write(json, "},\"add\":{");
            var grown = series.Select(pair => (pair.Key, Elements: NewerThan(pair.Value, from))).Where(pair => pair.Elements.Count > 0);
            WriteAll(json, grown.Select(pair => (pair.Key, (IEnumerable<byte[]>)pair.Elements)), "[", "]");
            Write(json, "}}");
            return json.WrittenSpan.ToArray();
        }
    }

    // Newest first until an old one: a reader that keeps up costs nothing for what it has.
    private static List<byte[]> NewerThan(Series grown, long version)
    {
        var skipped = grown.Elements.Count;
        while (skipped > 0 && grown.Elements[skipped - 1].Version > version)
        {
            skipped--;
        }

        return [.. grown.Elements.Skip(skipped).Select(element => element.Json)];
    }

    private static void WriteAll(ArrayBufferWriter<byte> json, IEnumerable<(string Name, IEnumerable<byte[]> Values)> members, string open, string close)
    {
        var separator = "";
        foreach (var (name, values) in members)
        {
            Write(json, $"{separator}\"{name}\":{open}");
            separator = "";
            foreach (var value in values)
            {
                Write(json, separator);
                json.Write(value);
                separator = ",";
            }

            Write(json, close);
            separator = ",";
        }
    }

    private static void Write(ArrayBufferWriter<byte> json, string text) => Encoding.UTF8.GetBytes(text, json);

    private sealed class Series
    {
        public List<(byte[] Json, long Version)> Elements { get; } = new();
    }
}

/// <summary>One reader of a feed: a browser.</summary>
internal sealed class SnapshotReader(SnapshotFeed feed)
{
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long seen;

    /// <summary>Waits for news and takes them; null at the end.</summary>
    public async Task<byte[]?> NextAsync(CancellationToken cancellation)
    {
        do
        {
            if (feed.Since(ref seen) is { } picture)
            {
                return picture;
            }
        }
        while (await news.Reader.WaitToReadAsync(cancellation) && news.Reader.TryRead(out _));

        return feed.Since(ref seen);
    }

    /// <summary>There may be news. Called with the feed locked.</summary>
    internal void Wake() => news.Writer.TryWrite(true);

    /// <summary>No more news will come. Called with the feed locked.</summary>
    internal void End() => news.Writer.TryComplete();
}
