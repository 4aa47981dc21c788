using System.Globalization;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>One line a decision, self-test, event and health report.</summary>
internal sealed class PlainView(TextWriter output, ChipTime? chipTime = null) : IMonitorView
{
    /// <inheritdoc/>
    public void Show(TelemetryRecord record, DeviceWatch watch, LinkStatistics link)
    {
        if (Line(record, watch) is { } line)
        {
            output.WriteLine(line);
        }
    }

    /// <inheritdoc/>
    public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble) => output.Flush();

    private string? Line(TelemetryRecord record, DeviceWatch watch) => record switch
    {
        DecisionRecord d => At(d.Sample, watch, DecisionWords.Of(d, watch)),
        EventRecord e => At(e.Sample, watch, $"event {e.Code}: {EventWords.Of(e)}"),
        SelfTestRecord k => $"self-test {k.Test}: {k.Outcome}, {k.Checks} checked",
        BannerRecord b => $"device {b.Board}, firmware {b.Firmware}, model {b.Model}, window {b.WindowSamples}, hop {b.HopSamples}",
        HealthRecord h => string.Create(
            CultureInfo.InvariantCulture,
            $"health: up {h.UpSeconds} s, {h.RateMilliHz / 1000.0:0.00} Hz, {h.Gaps} gaps, {h.Retries} retries, {h.FreeBytes} bytes free"),
        TimingRecord => $"a decision on the chip: {chipTime?.Words(watch)}",
        _ => null,
    };

    private static string At(int sample, DeviceWatch watch, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{(double)sample / watch.RateHz,8:0.0} s  {what}");
}

/// <summary>A decision in words.</summary>
internal static class DecisionWords
{
    /// <summary>The percent stand beside the class that they belong to: what the window alone looked like.</summary>
    public static string Of(DecisionRecord decision, DeviceWatch watch) => decision.Decision == decision.WindowClass
        ? string.Create(CultureInfo.InvariantCulture, $"{decision.Name}, {decision.ConfidencePercent} %")
        : string.Create(CultureInfo.InvariantCulture, $"{decision.Name}; the window looked like {watch.ClassName(decision.WindowClass)}, {decision.ConfidencePercent} %");
}
