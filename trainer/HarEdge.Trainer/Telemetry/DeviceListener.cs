using System.Diagnostics;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Telemetry;

/// <summary>Reads a source until something wanted has come, and hands every record on the way to whoever listens.</summary>
/// <param name="source">Where the bytes come from.</param>
internal sealed class DeviceListener(IByteSource source)
{
    private const int BufferLength = 16 * 1024;

    private readonly TelemetryReader reader = new();
    private readonly byte[] buffer = new byte[BufferLength];

    /// <summary>Receives every record, in order.</summary>
    public event Action<TelemetryRecord>? Heard;

    /// <summary>How messages name the source.</summary>
    public string Name => source.Name;

    /// <summary>What came and what was lost.</summary>
    public LinkStatistics Link => reader.Statistics;

    /// <summary>No more bytes will come: a file has ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The port is gone.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Listens until a condition holds.</summary>
    /// <param name="isEnough">Asked after every read.</param>
    /// <param name="longest">Time to give up after.</param>
    /// <param name="cancellation">Gives up at once, without an exception.</param>
    /// <returns>Whether the condition held.</returns>
    public bool Until(Func<bool> isEnough, TimeSpan longest, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var isLate = false;
        while (!isEnough())
        {
            if (HasEnded || isLate || cancellation.IsCancellationRequested)
            {
                return false;
            }

            // What has come by then counts, even if this program was held up meanwhile.
            isLate = clock.Elapsed >= longest;
            ReadOnce();
        }

        return true;
    }

    /// <summary>Listens for a record of a kind.</summary>
    /// <returns>The first that is wanted; null when none came in time.</returns>
    public T? WaitFor<T>(Func<T, bool> isWanted, TimeSpan longest, CancellationToken cancellation)
        where T : TelemetryRecord
    {
        T? found = null;
        Heard += Look;
        try
        {
            Until(() => found is not null, longest, cancellation);
        }
        finally
        {
            Heard -= Look;
        }

        return found;

        void Look(TelemetryRecord record) => found ??= record is T one && isWanted(one) ? one : null;
    }

    private void ReadOnce()
    {
        var read = source.Read(buffer);
        switch (read.State)
        {
            case SourceState.Bytes:
                IsLost = false;
                reader.Read(buffer.AsSpan(0, read.Count), Hand);
                break;
            case SourceState.Lost:
                IsLost = true;
                reader.Lose(Hand);
                break;
            case SourceState.Ended:
                HasEnded = true;
                reader.Finish(Hand);
                break;
        }
    }

    private void Hand(TelemetryRecord record) => Heard?.Invoke(record);
}
