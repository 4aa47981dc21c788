using System.Text.Json;
using HarEdge.Cli.Comparing;
using HarEdge.Cli.Monitoring;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Web;

/// <summary>Keeps the session and gives the pages what is new of it at each refresh.</summary>
/// <param name="feed">Where what is new goes.</param>
/// <param name="source">Name of the port or file.</param>
/// <param name="clock">What time it is in the session.</param>
/// <param name="scores">Makes features and scores of raw samples.</param>
internal sealed class WebView(SnapshotFeed feed, string source, SessionClock clock, ScoreWatch scores) : IMonitorView
{
    // Blocks of ten seconds, for a page that has just been opened.
    private const int BlocksKept = 45;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly Lock gate = new();
    private readonly SignalHistory signals = new();
    private readonly SessionTimeline timeline = Judged(new SessionTimeline(span => feed.Append("spans", Json(span), SessionTimeline.MostSpans)), scores);
    private readonly WindowSnapshots windows = new(scores);
    private CalibrationRecord? calibration;
    private long decidedMs;

    /// <summary>Whether no more bytes will come; shown with the next refresh.</summary>
    public bool IsEnded { get; set; }

    /// <summary>What the wearer really did at a decision, where somebody knows.</summary>
    public Func<DecisionRecord, int?>? Truth { get; init; }

    /// <summary>What a decision should take on the chip, where the device measures it.</summary>
    public ChipTime? ChipTime { get; init; }

    /// <summary>What is being played; null when a device is watched.</summary>
    public Func<SnapshotPlay>? Play { get; init; }

    /// <inheritdoc/>
    public void Show(TelemetryRecord record, DeviceWatch watch, LinkStatistics link)
    {
        lock (gate)
        {
            Take(record, watch, link);
            scores.Take(record, watch);
        }
    }

    /// <inheritdoc/>
    public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble)
    {
        lock (gate)
        {
            timeline.Settle(clock, waits: !IsEnded && watch.IsRecording && scores.Model is not null);
            var snapshot = Snapshot(watch, link, trouble);
            foreach (var part in JsonSerializer.SerializeToElement(snapshot, Options).EnumerateObject())
            {
                feed.Set(part.Name, JsonSerializer.SerializeToUtf8Bytes(part.Value));
            }
        }

        feed.Publish();
    }

    /// <summary>A window by its number, as JSON; null when it is not kept any more.</summary>
    public byte[]? Inside(int index)
    {
        lock (gate)
        {
            return timeline.Find(index) is { } window ? JsonSerializer.SerializeToUtf8Bytes(windows.Inside(window, signals), Options) : null;
        }
    }

    /// <summary>Everything there is to see now, but the session's past.</summary>
    internal MonitorSnapshot Snapshot(DeviceWatch watch, LinkStatistics link, string? trouble) => new(
        State(watch, trouble),
        watch.Banner is { } b ? new SnapshotDevice(b.Board, b.Firmware, b.Model, b.WindowSamples, b.HopSamples, b.RateHz) : null,
        [.. watch.SelfTests.Select(test => new SnapshotSelfTest(test.Test, test.Outcome, test.Checks))],
        timeline.Shown is { } shown ? windows.Of(shown, signals) : null,
        new SnapshotParity(scores.Windows, scores.Divergences, scores.First, scores.Model is not null),
        [.. watch.Activities.Select(activity => new SnapshotActivity(activity.Name, activity.Class, Math.Round(activity.Seconds, 1)))],
        watch.Health is { } health ? Of(health) : null,
        watch.Timing is { } timing ? Of(timing, ChipTime?.Estimate(watch, waits: IsEnded)) : null,
        Of(link, watch),
        [.. watch.Alarms.Concat(link.Alarms).Select(alarm => new SnapshotAlarm(alarm.What, alarm.Remedy)), .. scores.Alarm is { } alarm ? [alarm] : Array.Empty<SnapshotAlarm>()],
        [.. MonitorNotes.Of(watch), .. link.Explain()],
        [.. watch.Events.Reverse().Select(happened => new SnapshotEvent(Seconds(happened.Sample, watch), EventWords.Of(happened)))],
        signals.Last > 0 ? WindowSnapshots.Scales(watch, signals) : null,
        Play?.Invoke());

    // What the page's timeline reads: a hole as [index, from, to, why], a window as [index, from, to, decision, window, confidence, parity, truth, sample].
    private static byte[] Json(SessionSpan span) => span.Window is { } window
        ? JsonSerializer.SerializeToUtf8Bytes<long[]>(
            [
                span.Index, span.FromMs, span.ToMs, window.Said.Decision, window.Said.WindowClass, window.Said.ConfidencePercent,
                window.Agrees switch { true => 1, false => 0, null => -1 }, window.Context.Truth ?? -2, window.Said.Sample,
            ])
        : JsonSerializer.SerializeToUtf8Bytes<object?[]>([span.Index, span.FromMs, span.ToMs, span.Why]);

    private static SnapshotTiming Of(TimingRecord timing, TimeEstimate? estimate) => new(
        timing.Decisions,
        timing.MeanMicros / 1000.0,
        timing.WorstMicros / 1000.0,
        estimate is null ? null : new SnapshotEstimate(estimate.Chip, estimate.Mean.Likely, estimate.Mean.Low, estimate.Mean.High, estimate.Worst.High));

    private static SessionTimeline Judged(SessionTimeline timeline, ScoreWatch scores)
    {
        scores.Judged += timeline.Judge;
        return timeline;
    }

    private void Take(TelemetryRecord record, DeviceWatch watch, LinkStatistics link)
    {
        switch (record)
        {
            case RawBlockRecord raw:
                feed.Append("samples", signals.Take(raw), BlocksKept);
                break;
            case DecisionRecord said:
                decidedMs = clock.ElapsedMs;
                timeline.Arrive(
                    said,
                    clock,
                    new WindowContext(watch.HopSamples, watch.RateHz, signals.NumberOf(said.Sample), watch.ClassName(said.WindowClass), calibration, Truth?.Invoke(said)),
                    link);
                break;
            case CalibrationRecord changed:
                calibration = changed;
                break;
            case BannerRecord { Sequence: 0 }:
                signals.Restart();
                calibration = null;
                break;
            case EventRecord happened when HoleWords.Of(happened) is { } why:
                timeline.Note(why);
                break;
        }
    }

    private SnapshotState State(DeviceWatch watch, string? trouble) => new(
        source,
        clock.Kind,
        clock.Began?.ToUnixTimeMilliseconds(),
        Math.Round(Math.Max(NowMs, timeline.End ?? 0) / 1000.0, 1),
        (int)((clock.ElapsedMs - decidedMs) / 1000),
        IsEnded,
        trouble,
        trouble is not null ? "nothing comes from the port" : watch.Alarms.FirstOrDefault()?.What ?? timeline.Reason,
        watch.IsRecording,
        Classes(watch),
        Math.Round((double)watch.HopSamples / watch.RateHz, 3),
        feed.Readers);

    // A log that is read stands still; everything else goes on with the clock of this machine.
    private long NowMs => (clock.SourceMs ?? timeline.End ?? 0) + (IsEnded ? 0 : clock.QuietMs);

    private static string?[] Classes(DeviceWatch watch)
    {
        var names = new string?[watch.ClassNames.Count == 0 ? 0 : watch.ClassNames.Keys.Max() + 1];
        foreach (var (number, name) in watch.ClassNames)
        {
            names[number] = name;
        }

        return names;
    }

    private static SnapshotHealth Of(HealthRecord health) => new(
        health.UpSeconds,
        health.RateMilliHz / 1000.0,
        health.Gaps,
        health.BringUps,
        health.Retries,
        health.FreeBytes,
        [
            .. health.Faults.Select((times, i) => (Fault: FaultTable.Of(i + 1), Times: times)).Where(met => met.Times > 0)
                .Select(met => new SnapshotFault(met.Fault.Name, met.Fault.Meaning, met.Times)),
        ]);

    private static SnapshotLink Of(LinkStatistics link, DeviceWatch watch) => new(
        link.QualityPercent is { } percent ? Math.Round(percent, 1) : null,
        link.Bytes,
        link.Records,
        link.LostLines,
        link.CrcFailures + link.MalformedLines + link.OverlongLines,
        link.UnknownRecords,
        link.Duplicates,
        link.NoiseBytes,
        link.BrokenFrames,
        link.Restarts,
        link.Disconnects,
        watch.Gaps);

    private static double Seconds(int sample, DeviceWatch watch) => Math.Round((double)sample / watch.RateHz, 2);
}

/// <summary>The page of one session: what it shows and the server behind it.</summary>
internal sealed class WebPage : IDisposable
{
    private readonly SnapshotFeed feed = new();
    private readonly PageServer server;

    /// <param name="port">TCP port on loopback; 0 for any free one.</param>
    /// <param name="makeView">Makes the view that fills it.</param>
    /// <param name="act">Does what a button of the page says; null when it has none.</param>
    /// <exception cref="Trainer.InputException">The TCP port is taken, or not allowed.</exception>
    public WebPage(int port, Func<SnapshotFeed, WebView> makeView, Func<string, bool>? act = null)
    {
        View = makeView(feed);
        server = new PageServer(port, feed, new PageAnswers(View.Inside, act));
    }

    /// <summary>Where a browser finds it.</summary>
    public Uri Address => server.Address;

    /// <summary>Draws it.</summary>
    public WebView View { get; }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();
}
