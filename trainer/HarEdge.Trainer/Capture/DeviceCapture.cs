using HarEdge.Core;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Trainer.Capture;

/// <summary>
/// The raw samples of a device in recording mode. Their numbers show exactly what is missing; where the device itself reports a gap, starts
/// anew, or lines were lost that may have reported one, nobody knows how much is missing.
/// </summary>
internal sealed class DeviceCapture : SampleCapture
{
    /// <summary>Time between samples.</summary>
    public const int PeriodMs = 1000 / SensorScale.SampleRateHz;

    // A gap of unknown length shall be one that a reader does not fill.
    private const int ShortestUnknownGapMs = 1000;

    private readonly TelemetryReader reader = new();
    private readonly ArrivalClock clock = new();
    private readonly List<Arrival> batch = [];
    private Break? pending;
    private long lostLines;
    private long restarts;
    private long lastAtMs = -1;
    private int expected;
    private double baseMs;
    private double lastTimeMs = -PeriodMs;
    private double lastHostMs;

    /// <summary>What is known about the device.</summary>
    public DeviceWatch Watch { get; } = new();

    /// <summary>What came and what was lost.</summary>
    public LinkStatistics Link => reader.Statistics;

    /// <inheritdoc/>
    public override bool IsRunning => Watch.IsRecording;

    /// <summary>Whether recording mode was ended by its button or a command, not by a fault.</summary>
    public bool IsSwitchedOff { get; private set; }

    /// <inheritdoc/>
    public override (long Lost, long Damaged) Lines => (Link.LostLines, Link.CrcFailures);

    /// <inheritdoc/>
    public override IEnumerable<Alarm> Alarms => Watch.Alarms.Concat(Link.Alarms);

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> bytes, long atMs)
    {
        lastAtMs = atMs;
        reader.Read(bytes, Take);
        Place();
    }

    /// <inheritdoc/>
    public override void Lose()
    {
        reader.Lose(Take);
        Place();
        pending ??= new Break("port gone", IsUnknown: false);
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        reader.Finish(Take);
        Place();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Explain() =>
    [
        .. Link.HasTwoDevices ? ["Samples of two devices are mixed in this recording: do not train with it."] : Array.Empty<string>(),
        .. Link.Explain(),
    ];

    private void Take(TelemetryRecord record)
    {
        Watch.Take(record);
        if (Link.Restarts != restarts)
        {
            restarts = Link.Restarts;
            pending = new Break("device started anew", IsUnknown: true);
        }

        switch (record)
        {
            case EventRecord { Code: "GAP" } gap:
                pending = new Break(FaultTable.Of(gap.Detail).Name, IsUnknown: true);
                break;
            case EventRecord { Code: "LIVE" or "REPLAY" } happened:
                pending = new Break(happened.Code, IsUnknown: true);
                break;
            case EventRecord { Code: "RECORD_OFF" }:
                pending ??= new Break("recording mode off", IsUnknown: false);
                IsSwitchedOff = true;
                break;
            case RawBlockRecord block when !IsStale(lastAtMs):
                IsSwitchedOff = false;
                batch.Add(new Arrival(block, pending ?? (Link.LostLines != lostLines ? new Break("lost", IsUnknown: false) : null)));
                pending = null;
                lostLines = Link.LostLines;
                break;
        }
    }

    // Blocks of one read arrive together, so all of them set the clock before the first is placed.
    private void Place()
    {
        for (var start = 0; start < batch.Count;)
        {
            var gap = GapBefore(batch[start], expected);
            var end = start + 1;
            while (end < batch.Count && GapBefore(batch[end], batch[end - 1].Next) != Gap.Unknown)
            {
                end++;
            }

            if (gap == Gap.Unknown)
            {
                clock.Restart();
            }

            var stretch = batch[start..end];
            stretch.ForEach(arrival => clock.Observe((double)(arrival.Next - 1) * PeriodMs, lastAtMs));
            stretch.ForEach(arrival => Place(arrival, GapBefore(arrival, expected)));
            start = end;
        }

        Count(batch.Sum(arrival => arrival.Block.SampleCount), lastAtMs);
        batch.Clear();
    }

    private void Place(Arrival arrival, Gap gap)
    {
        var first = arrival.Block.First;
        var firstHostMs = clock.HostMs((double)first * PeriodMs);
        if (expected == 0)
        {
            baseMs = -(double)first * PeriodMs;
        }
        else if (gap != Gap.None)
        {
            Emit(new CapturedGap(lastTimeMs + PeriodMs, arrival.Break?.Reason ?? "numbers jumped", gap == Gap.Exact ? first - expected : null));
        }

        if (gap == Gap.Unknown)
        {
            var passedMs = HasTime ? Math.Round((firstHostMs - lastHostMs) / PeriodMs) * PeriodMs : 0;
            baseMs = lastTimeMs + Math.Max(ShortestUnknownGapMs, passedMs) - ((double)first * PeriodMs);
        }

        for (var i = 0; i < arrival.Block.SampleCount; i++)
        {
            var deviceMs = (double)(first + i) * PeriodMs;
            lastTimeMs = baseMs + deviceMs;
            lastHostMs = HasTime ? firstHostMs + (i * PeriodMs) : lastTimeMs;
            var counts = arrival.Block.Counts.AsSpan(i * SensorScale.ChannelCount, SensorScale.ChannelCount);
            Emit(new CapturedSample(lastTimeMs, lastHostMs, first + i, [.. counts.ToArray().Select(count => (double)count)]));
        }

        expected = arrival.Next;
    }

    private bool HasTime => lastAtMs >= 0;

    // What is missing before a block that should begin with a sample number; 0 when any will do.
    private static Gap GapBefore(Arrival arrival, int due)
    {
        if (due == 0)
        {
            return Gap.None;
        }

        var ahead = arrival.Block.First - due;
        if (arrival.Break is not { } reason)
        {
            return ahead == 0 ? Gap.None : ahead > 0 ? Gap.Exact : Gap.Unknown;
        }

        // A lost line that held no sample may have been the device's word of a gap.
        return ahead > 0 && !reason.IsUnknown ? Gap.Exact : Gap.Unknown;
    }

    private enum Gap
    {
        None,
        Exact,
        Unknown,
    }

    private sealed record Break(string Reason, bool IsUnknown);

    private sealed record Arrival(RawBlockRecord Block, Break? Break)
    {
        public int Next => Block.First + Block.SampleCount;
    }
}

/// <summary>
/// When a sample was taken, from when its block arrived. Blocks arrive late, in bursts, but never early: the least delay of the last seconds
/// tells. No longer back than that, because a device's clock runs up to 3 % off.
/// </summary>
internal sealed class ArrivalClock
{
    // The device reads 64 samples at once and sends blocks of 12, so a block ends with a burst every 3.8 s.
    private const double RememberedMs = 8000;

    private readonly Queue<(double AtMs, double DelayMs)> delays = new();

    /// <summary>The last sample of a block has arrived.</summary>
    /// <param name="deviceMs">Its time on the device.</param>
    /// <param name="atMs">When.</param>
    public void Observe(double deviceMs, double atMs)
    {
        delays.Enqueue((atMs, atMs - deviceMs));
        while (delays.Peek().AtMs < atMs - RememberedMs)
        {
            delays.Dequeue();
        }
    }

    /// <summary>When a sample was taken, by the clock of the arrivals. Something must have been observed.</summary>
    public double HostMs(double deviceMs) => deviceMs + delays.Min(delay => delay.DelayMs);

    /// <summary>The device's time has jumped: nothing is known.</summary>
    public void Restart() => delays.Clear();
}
