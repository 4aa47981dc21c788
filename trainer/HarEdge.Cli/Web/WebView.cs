using System.Text.Json;
using HarEdge.Cli.Monitoring;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Web;

/// <summary>Keeps the session and gives the pages what is new of it at each refresh.</summary>
/// <param name="feed">Where the pictures go.</param>
/// <param name="source">Name of the port or file.</param>
/// <param name="clock">What time it is in the session.</param>
/// <param name="scores">Makes features and scores of raw samples.</param>
internal sealed class WebView(PictureFeed feed, string source, SessionClock clock, ScoreWatch scores) : IMonitorView
{
    // Blocks of ten seconds, for a page that has just been opened.
    private const int BlocksKept = 45;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly Lock gate = new();
    private readonly SignalHistory signals = new();
    private readonly SessionTimeline timeline = Judged(new SessionTimeline(feed), scores);
    private readonly WindowPictures windows = new(scores);
    private CalibrationRecord? calibration;
    private long decidedMs;

    /// <summary>Whether no more bytes will come; shown with the next refresh.</summary>
    public bool IsEnded { get; set; }

    /// <summary>What the wearer really did at a decision, where somebody knows.</summary>
    public Func<DecisionRecord, int?>? Truth { get; init; }

    /// <summary>What is being played; null when a device is watched.</summary>
    public Func<PicturePlay>? Play { get; init; }

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
            var picture = Picture(watch, link, trouble);
            foreach (var part in JsonSerializer.SerializeToElement(picture, Options).EnumerateObject())
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
    internal MonitorPicture Picture(DeviceWatch watch, LinkStatistics link, string? trouble) => new(
        State(watch, trouble),
        watch.Banner is { } b ? new PictureDevice(b.Board, b.Firmware, b.Model, b.WindowSamples, b.HopSamples, b.RateHz) : null,
        [.. watch.SelfTests.Select(test => new PictureSelfTest(test.Test, test.Outcome, test.Checks))],
        timeline.Shown is { } shown ? windows.Of(shown, signals) : null,
        new PictureParity(scores.Windows, scores.Divergences, scores.First, scores.Model is not null),
        [.. watch.Activities.Select(activity => new PictureActivity(activity.Name, activity.Class, Math.Round(activity.Seconds, 1)))],
        watch.Health is { } health ? Of(health) : null,
        watch.Timing is { } timing ? new PictureTiming(timing.Decisions, timing.MeanMicros / 1000.0, timing.WorstMicros / 1000.0) : null,
        Of(link, watch),
        [.. watch.Alarms.Concat(link.Alarms).Select(alarm => new PictureAlarm(alarm.What, alarm.Remedy)), .. scores.Alarm is { } alarm ? [alarm] : Array.Empty<PictureAlarm>()],
        [.. MonitorNotes.Of(watch), .. link.Explain()],
        [.. watch.Events.Reverse().Select(happened => new PictureEvent(Seconds(happened.Sample, watch), EventWords.Of(happened)))],
        signals.Last > 0 ? WindowPictures.Scales(watch, signals) : null,
        Play?.Invoke());

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

    private PictureState State(DeviceWatch watch, string? trouble) => new(
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

    private static PictureHealth Of(HealthRecord health) => new(
        health.UpSeconds,
        health.RateMilliHz / 1000.0,
        health.Gaps,
        health.BringUps,
        health.Retries,
        health.FreeBytes,
        [
            .. health.Faults.Select((times, i) => (Fault: FaultTable.Of(i + 1), Times: times)).Where(met => met.Times > 0)
                .Select(met => new PictureFault(met.Fault.Name, met.Fault.Meaning, met.Times)),
        ]);

    private static PictureLink Of(LinkStatistics link, DeviceWatch watch) => new(
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

/// <summary>Events after which a window comes late, as clauses.</summary>
internal static class HoleWords
{
    /// <summary>Why; null when the event does not delay a window.</summary>
    public static string? Of(EventRecord happened) => happened.Code switch
    {
        "GAP" or "NO_SENSOR" => "no samples: " + FaultTable.Of(happened.Detail).Meaning,
        "RECORD_ON" => "recording began, so the window started over",
        "WEAR_DONE" or "FORGOTTEN" => "the calibration changed, so the window started over",
        "REPLAY" or "LIVE" => "the samples come from elsewhere now, so the window started over",
        "DEEP_SLEEP" or "SLEEPS_ON" => "the board slept",
        _ => null,
    };
}
