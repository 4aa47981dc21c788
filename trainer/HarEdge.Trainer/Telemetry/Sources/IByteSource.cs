namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>Where the bytes of a device come from: a port, a file, another program.</summary>
internal interface IByteSource : IDisposable
{
    /// <summary>How messages name it.</summary>
    string Name { get; }

    /// <summary>Reads what is there, and waits a tenth of a second at most when nothing is.</summary>
    SourceRead Read(Span<byte> buffer);
}

/// <summary>What came of one read.</summary>
/// <param name="State">Whether bytes came, and if not why.</param>
/// <param name="Count">Bytes put into the buffer.</param>
/// <param name="AtMs">Time of the bytes since the source was opened, as far as it is known, in milliseconds; −1 when it is not.</param>
internal readonly record struct SourceRead(SourceState State, int Count, long AtMs);

/// <summary>Whether a source has bytes.</summary>
internal enum SourceState
{
    /// <summary>Bytes came.</summary>
    Bytes,

    /// <summary>None came in a tenth of a second.</summary>
    Idle,

    /// <summary>The port has gone away just now; reading on waits for it to come back.</summary>
    Lost,

    /// <summary>The port is back just now.</summary>
    Found,

    /// <summary>No more bytes will come.</summary>
    Ended,
}

/// <summary>Where bytes for a device go: its second UART.</summary>
internal interface IByteSink : IDisposable
{
    /// <summary>How messages name it.</summary>
    string Name { get; }

    /// <summary>Sends all bytes.</summary>
    /// <exception cref="InputException">The port is gone or does not take them.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}
