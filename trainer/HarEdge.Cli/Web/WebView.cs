using System.Diagnostics;
using System.Text.Json;
using HarEdge.Cli.Monitoring;
using HarEdge.Core;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Web;

/// <summary>Draws a picture at each refresh and gives it to the pages.</summary>
/// <param name="feed">Where the pictures go.</param>
/// <param name="source">Name of the port or file.</param>
internal sealed class WebView(PictureFeed feed, string source) : IMonitorView
{
    // Six channels: three of acceleration, three of turning.
    private const int Axes = SensorScale.ChannelCount / 2;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly SignalHistory signals = new();
    private readonly Stopwatch sinceDecision = new();

    /// <summary>Whether no more bytes will come; shown with the next refresh.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Makes scores of raw samples; null for none.</summary>
    public ScoreWatch? Scores { get; set; }

    /// <inheritdoc/>
    public void Show(TelemetryRecord record, DeviceWatch watch)
    {
        Scores?.Take(record, watch);
        if (record is RawBlockRecord raw)
        {
            signals.Take(raw);
        }
        else if (record is DecisionRecord)
        {
            sinceDecision.Restart();
        }
        else if (record is BannerRecord { Sequence: 0 })
        {
            signals.Clear();
        }
    }

    /// <inheritdoc/>
    public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble) =>
        feed.Publish(JsonSerializer.SerializeToUtf8Bytes(Picture(watch, link, trouble), Options));

    /// <summary>Everything there is to see now.</summary>
    internal MonitorPicture Picture(DeviceWatch watch, LinkStatistics link, string? trouble) => new(
        source,
        IsEnded,
        trouble,
        watch.IsRecording,
        watch.Banner is { } b ? new PictureDevice(b.Board, b.Firmware, b.Model, b.WindowSamples, b.HopSamples, b.RateHz) : null,
        [.. watch.SelfTests.Select(test => new PictureSelfTest(test.Test, test.Outcome, test.Checks))],
        watch.Decision is { } now ? Of(now, watch) : null,
        (int)sinceDecision.Elapsed.TotalSeconds,
        [.. watch.Timeline.Select(decision => Of(decision, watch))],
        [.. watch.Activities.Select(activity => new PictureActivity(activity.Name, ClassOf(activity.Name, watch), activity.Seconds))],
        watch.Health is { } health ? Of(health) : null,
        watch.Timing is { } timing ? new PictureTiming(timing.Decisions, timing.MeanMicros / 1000.0, timing.WorstMicros / 1000.0) : null,
        Of(link, watch),
        [.. watch.Alarms.Concat(link.Alarms).Select(alarm => new PictureAlarm(alarm.What, alarm.Remedy)), .. Scores?.Alarm is { } alarm ? [alarm] : Array.Empty<PictureAlarm>()],
        [.. link.Explain()],
        [.. watch.Events.Reverse().Select(happened => new PictureEvent(Seconds(happened.Sample, watch), EventWords.Of(happened)))],
        signals.Last > 0 ? Of(signals, watch) : null,
        Scores?.Picture(),
        feed.Readers,
        feed.Dropped);

    private static PictureDecision Of(DecisionRecord d, DeviceWatch watch) => new(
        Seconds(d.Sample, watch), d.Decision, d.Name, watch.ClassName(d.WindowClass), d.ConfidencePercent, Math.Round(d.MarginQ8 / 256.0, 2), d.Stage);

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

    private static PictureSignals Of(SignalHistory signals, DeviceWatch watch) => new(
        Seconds(signals.Last, watch),
        watch.RateHz,
        [.. Enumerable.Range(0, Axes).Select(signals.Channel)],
        [.. Enumerable.Range(Axes, Axes).Select(signals.Channel)],
        SensorScale.AccelCountsPerG(watch.Banner?.AccelRangeG ?? SensorScale.DefaultAccelRangeG),
        SensorScale.GyroCountsPer10Dps(watch.Banner?.GyroRangeDps ?? SensorScale.DefaultGyroRangeDps) / 10.0);

    private static int ClassOf(string name, DeviceWatch watch)
    {
        foreach (var (number, known) in watch.ClassNames)
        {
            if (known == name)
            {
                return number;
            }
        }

        return name == "UNKNOWN" ? -1 : -2;
    }

    private static double Seconds(int sample, DeviceWatch watch) => Math.Round((double)sample / watch.RateHz, 2);
}
