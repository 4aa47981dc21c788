using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Trainer.Capture;

/// <summary>Bytes of a device → samples and gaps, in order. Nothing is invented: what did not come is told as a gap.</summary>
internal abstract class SampleCapture
{
    private readonly RateMeter rate = new();

    /// <summary>Receives each sample.</summary>
    public event Action<CapturedSample>? Sampled;

    /// <summary>Receives each gap, before the sample that follows it.</summary>
    public event Action<CapturedGap>? Interrupted;

    /// <summary>Whether samples are coming.</summary>
    public abstract bool IsRunning { get; }

    /// <summary>Samples a second since the last gap, by arrival; null until it can be told.</summary>
    public double? RateHz => rate.RateHz;

    /// <summary>Samples that come before this time are from before: a port may hold them until somebody reads. By the clock of the source.</summary>
    public long StaleUntilMs { get; init; }

    /// <summary>What is wrong now and spoils the recording.</summary>
    public virtual IEnumerable<Alarm> Alarms => [];

    /// <summary>Takes bytes.</summary>
    /// <param name="bytes">What one read gave.</param>
    /// <param name="atMs">When, by the clock of the source; −1 when it has none, and the samples are the clock.</param>
    /// <exception cref="InputException">They are not what this capture reads.</exception>
    public abstract void Read(ReadOnlySpan<byte> bytes, long atMs);

    /// <summary>The port is gone: what comes later comes after a gap.</summary>
    public abstract void Lose();

    /// <summary>No more bytes will come.</summary>
    public abstract void Finish();

    /// <summary>What was lost on the way, one sentence each.</summary>
    public abstract IEnumerable<string> Explain();

    /// <summary>Lines lost and damaged so far.</summary>
    public abstract (long Lost, long Damaged) Lines { get; }

    private protected bool IsStale(long atMs) => atMs >= 0 && atMs < StaleUntilMs;

    private protected void Emit(CapturedSample sample) => Sampled?.Invoke(sample);

    private protected void Emit(CapturedGap gap)
    {
        rate.Restart();
        Interrupted?.Invoke(gap);
    }

    private protected void Count(int samples, long atMs)
    {
        if (samples > 0 && atMs >= 0)
        {
            rate.Add(samples, atMs);
        }
    }
}
