using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Diagnosis;

/// <summary>Passes a source's bytes on and notes what they look like, for when no line of ours is among them.</summary>
/// <param name="source">Where the bytes come from.</param>
internal sealed class ConsoleSample(IByteSource source) : IByteSource
{
    // Lines of ESP32 boot loaders: reset cause, download mode, flash trouble, supply trouble.
    private static readonly string[] BootWords = ["rst:0x", "waiting for download", "flash read err", "invalid header", "Brownout", "ets Ju"];
    private const int KeptBytes = 4096;

    private readonly List<byte> kept = [];

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <summary>What the first program says, if it runs.</summary>
    public BringUpReport BringUp { get; } = new();

    /// <summary>Share of text among the bytes kept, 0..1.</summary>
    public double TextShare => kept.Count == 0 ? 1 : (double)kept.Count(value => value is (>= 32 and < 127) or 9 or 10 or 13) / kept.Count;

    /// <summary>What the boot loader said; null when nothing of it is there.</summary>
    public string? BootWord
    {
        get
        {
            var text = System.Text.Encoding.ASCII.GetString([.. kept]);
            return BootWords.FirstOrDefault(word => text.Contains(word, StringComparison.Ordinal));
        }
    }

    /// <inheritdoc/>
    public SourceRead Read(Span<byte> buffer)
    {
        var read = source.Read(buffer);
        if (read.State == SourceState.Bytes)
        {
            BringUp.Take(buffer[..read.Count]);
            kept.AddRange(buffer[..Math.Min(read.Count, KeptBytes - kept.Count)]);
        }

        return read;
    }

    /// <summary>Nothing: the source is its opener's.</summary>
    public void Dispose()
    {
    }
}
