namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>Where the bytes of a device come from: a port, a file, another program.</summary>
public interface IByteSource : IDisposable
{
    /// <summary>How messages name it.</summary>
    string Name { get; }

    /// <summary>Reads what is there, and waits a tenth of a second at most when nothing is.</summary>
    SourceRead Read(Span<byte> buffer);
}
