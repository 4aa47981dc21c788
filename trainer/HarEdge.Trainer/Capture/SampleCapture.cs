using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Trainer.Capture;

/// <summary>Bytes of a device → samples and gaps, in order. Nothing is invented: what did not come is reported as a gap.</summary>
internal abstract class SampleCapture
{
    // As reading does: the noise of a living sensor repeats for a few samples, not for these.
    private const int FewestSameSamples = 20;
    private const int SameMs = 1000;

    private readonly RateMeter rate = new();
    private CapturedSample? last;
    private int sameSamples;
    private double firstSameMs;
    private bool isDead;

    /// <summary>Receives each sample.</summary>
    public event Action<CapturedSample>? Sampled;

    /// <summary>Receives each gap, before the sample that follows it.</summary>
    public event Action<CapturedGap>? Interrupted;

    /// <summary>Receives the sample at which the sensor has not moved any value for a second (reading drops such stretches); once a stretch.</summary>
    public event Action<CapturedSample>? SensorDied;

    /// <summary>Whether samples are coming.</summary>
    public abstract bool IsRunning { get; }

    /// <summary>Samples a second since the last gap, by arrival; null until it is known.</summary>
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

    private protected void Emit(CapturedSample sample)
    {
        WatchForDeath(sample);
        Sampled?.Invoke(sample);
    }

    private protected void Emit(CapturedGap gap)
    {
        rate.Restart();
        Interrupted?.Invoke(gap);
    }

    private void WatchForDeath(CapturedSample sample)
    {
        sameSamples = last is not null && sample.Values.AsSpan().SequenceEqual(last.Values) ? sameSamples + 1 : 0;
        firstSameMs = sameSamples == 0 ? sample.TimeMs : firstSameMs;
        isDead &= sameSamples > 0;
        last = sample;
        if (!isDead && sameSamples >= FewestSameSamples && sample.TimeMs - firstSameMs >= SameMs)
        {
            isDead = true;
            SensorDied?.Invoke(sample);
        }
    }

    private protected void Count(int samples, long atMs)
    {
        if (samples > 0 && atMs >= 0)
        {
            rate.Add(samples, atMs);
        }
    }
}

/// <summary>One sample as it came from a device.</summary>
/// <param name="TimeMs">On the recording's own clock, which begins at 0 and leaves room for what is missing.</param>
/// <param name="HostMs">When it was taken, by the clock of the source.</param>
/// <param name="Number">The device's own number, 0 where it numbers nothing.</param>
/// <param name="Values">ax ay az gx gy gz in the device's unit.</param>
internal sealed record CapturedSample(double TimeMs, double HostMs, int Number, double[] Values);

/// <summary>Samples are missing here.</summary>
/// <param name="TimeMs">When the first missing one would have been, on the recording's clock.</param>
/// <param name="Reason">In a few words, without a comma.</param>
/// <param name="MissingSamples">How many; null when nobody knows.</param>
internal sealed record CapturedGap(double TimeMs, string Reason, int? MissingSamples);

/// <summary>Samples a second by their arrival, since the last restart.</summary>
internal sealed class RateMeter
{
    // A burst of the device is 1.3 s long: by then it makes 15 % at most.
    private const int SettlingMs = 8000;

    private long firstMs = -1;
    private long lastMs;
    private long samples;

    /// <summary>Null until enough time has passed, and where there is no time.</summary>
    public double? RateHz => firstMs >= 0 && lastMs - firstMs >= SettlingMs ? samples * 1000.0 / (lastMs - firstMs) : null;

    /// <summary>Samples have come. The first ones only set the clock: when they began is not known.</summary>
    public void Add(int count, long atMs)
    {
        if (firstMs < 0)
        {
            firstMs = atMs;
            return;
        }

        samples += count;
        lastMs = atMs;
    }

    /// <summary>Begins anew.</summary>
    public void Restart()
    {
        firstMs = -1;
        samples = 0;
    }
}
