using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Monitoring;

/// <summary>What time it is in a session: by this machine's clock for a port, by the log's for a log, by the device's own count for a capture without times.</summary>
/// <param name="isPort">Whether a device is at the other end, now.</param>
/// <param name="time">This machine's clock.</param>
internal sealed class SessionClock(bool isPort, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private long sourceMs = -1;
    private long readMs;

    /// <summary>Which clock it is: "wall", "log" or "device".</summary>
    public string Kind => isPort ? "wall" : sourceMs >= 0 ? "log" : "device";

    /// <summary>Whether what is shown gets older while nothing comes: a log that is read does not.</summary>
    public bool IsLive => isPort || sourceMs < 0;

    /// <summary>Whether what comes may have waited: then more of it may follow at once, and its times are not known before the last.</summary>
    public bool IsJoining { get; set; }

    /// <summary>When the session began, by the calendar; null for what was kept.</summary>
    public DateTimeOffset? Began { get; } = isPort ? time.GetUtcNow() : null;

    /// <summary>Milliseconds since the session began, by this machine's clock.</summary>
    public long ElapsedMs => (long)time.GetElapsedTime(start).TotalMilliseconds;

    /// <summary>Milliseconds since the last bytes came, by this machine's clock.</summary>
    public long QuietMs => ElapsedMs - readMs;

    /// <summary>When the last bytes came, in milliseconds of the session; null when nobody has noted it.</summary>
    public long? SourceMs => isPort ? readMs : sourceMs >= 0 ? sourceMs : null;

    /// <summary>Bytes have come.</summary>
    public void Note(SourceRead read)
    {
        readMs = ElapsedMs;
        sourceMs = read.AtMs;
    }
}
