using System.Threading.Channels;

namespace HarEdge.Cli.Web;

/// <summary>
/// Hands the newest picture to every reader. Each has room for one: a reader slower than the device gets fewer pictures, never older
/// ones, and the memory is bounded whatever the readers do.
/// </summary>
internal sealed class PictureFeed
{
    /// <summary>Readers at once; a browser opens one for each tab.</summary>
    public const int MostReaders = 16;

    private readonly Lock gate = new();
    private readonly List<Channel<byte[]>> readers = [];
    private byte[]? latest;
    private bool isClosed;
    private long dropped;

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

    /// <summary>Pictures that were replaced by a newer one before their reader took them.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Begins to read, with the newest picture. Null when there are too many readers already.</summary>
    public Channel<byte[]>? Open()
    {
        var options = new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        lock (gate)
        {
            if (readers.Count == MostReaders)
            {
                return null;
            }

            var reader = Channel.CreateBounded<byte[]>(options, _ => Interlocked.Increment(ref dropped));
            if (latest is not null)
            {
                reader.Writer.TryWrite(latest);
            }

            if (isClosed)
            {
                reader.Writer.Complete();
            }

            readers.Add(reader);
            return reader;
        }
    }

    /// <summary>The reader has gone.</summary>
    public void Leave(Channel<byte[]> reader)
    {
        lock (gate)
        {
            readers.Remove(reader);
        }
    }

    /// <summary>Gives every reader a new picture. It must not be changed afterwards.</summary>
    public void Publish(byte[] picture)
    {
        lock (gate)
        {
            latest = picture;
            foreach (var reader in readers)
            {
                reader.Writer.TryWrite(picture);
            }
        }
    }

    /// <summary>No more pictures: every reader ends after the last one.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (var reader in readers)
            {
                reader.Writer.TryComplete();
            }
        }
    }
}
