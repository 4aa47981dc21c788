namespace HarEdge.Trainer.Telemetry.Link;

/// <summary>Where bytes for a device go: its second UART.</summary>
internal interface IByteSink : IDisposable
{
    /// <summary>How messages name it.</summary>
    string Name { get; }

    /// <summary>Sends all bytes.</summary>
    /// <exception cref="InputException">The port is gone or does not take them.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}
