using System.Diagnostics;
using System.IO.Ports;
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
    public event Action<TelemetryRecord>? Received;

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
        Received += Look;
        try
        {
            Until(() => found is not null, longest, cancellation);
        }
        finally
        {
            Received -= Look;
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

    private void Hand(TelemetryRecord record) => Received?.Invoke(record);
}

/// <summary>A serial port that leads to the device's second UART and nothing comes back from, 921600 8N1.</summary>
internal sealed class HostCommandPort : IByteSink
{
    // A block of 240 bytes takes 3 ms; whoever does not take it in this time takes nothing.
    private const int WriteTimeoutMs = 2000;

    private readonly SerialPort port;

    /// <summary>Opens it.</summary>
    /// <param name="name">As the system names it.</param>
    /// <exception cref="InputException">It is not there, in use, or not allowed.</exception>
    public HostCommandPort(string name)
    {
        Name = name;
        port = new SerialPort(name, SerialPortSource.BaudRate, Parity.None, 8, StopBits.One) { WriteTimeout = WriteTimeoutMs, Handshake = Handshake.None };
        try
        {
            port.Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            port.Dispose();
            throw new InputException(
                $"Port {name} for commands cannot be opened: {e.Message}",
                "Name the port of the USB adapter at the board's second UART (TX2 and RX2 in hardware/WIRING.md); haredge doctor lists the ports.",
                1,
                e);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            port.BaseStream.Write(bytes);
        }
        catch (Exception e) when (e is IOException or TimeoutException or InvalidOperationException)
        {
            throw new InputException($"Port {Name} takes no more bytes: {e.Message}", "Check the adapter and its cable, and run the command again.", 1, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => port.Dispose();
}
