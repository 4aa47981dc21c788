using System.Globalization;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HarEdge.Cli.Monitoring;

/// <summary>The picture a person watches.</summary>
internal sealed class LiveView(LiveDisplayContext context) : IMonitorView
{
    private const int TimelineWidth = 60;
    private const int EventsShown = 3;

    private static readonly Color[] Palette = [Color.Green, Color.Blue, Color.Orange1, Color.Purple, Color.Teal, Color.Red, Color.Olive, Color.Fuchsia];

    /// <inheritdoc/>
    public void Show(TelemetryRecord record, DeviceWatch watch, LinkStatistics link)
    {
        // Drawn at the next refresh.
    }

    /// <inheritdoc/>
    public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble)
    {
        context.UpdateTarget(Picture(watch, link, trouble));
        context.Refresh();
    }

    /// <summary>Everything there is to see now.</summary>
    internal static IRenderable Picture(DeviceWatch watch, LinkStatistics link, string? trouble) =>
        new Rows([Now(watch), Timeline(watch), Activities(watch), Health(watch, link), .. Events(watch), .. Alarms(watch, link, trouble)]);

    private static Panel Now(DeviceWatch watch)
    {
        var now = watch.Decision is { } decision
            ? $"[bold {Mark(decision)}]{Markup.Escape(decision.Name)}[/]   confidence {decision.ConfidencePercent} %"
            : "waiting for the first decision";
        var device = watch.Banner is { } banner ? $"{banner.Board}, model {banner.Model}" : "no banner yet (one comes each minute)";
        return new Panel(new Markup(now)) { Header = new PanelHeader(Markup.Escape(device)), Expand = true };
    }

    private static Markup Timeline(DeviceWatch watch) => new(
        "last minutes  " + string.Concat(watch.Timeline.TakeLast(TimelineWidth).Select(decision => $"[{Mark(decision)}]█[/]")));

    private static Table Activities(DeviceWatch watch)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("activity").AddColumn(new TableColumn("time").RightAligned()).AddColumn(new TableColumn("share").RightAligned());
        var activities = watch.Activities.Take(12).ToList();
        var total = activities.Sum(activity => activity.Seconds);
        foreach (var activity in activities)
        {
            var time = TimeSpan.FromSeconds(activity.Seconds);
            table.AddRow(
                Markup.Escape(activity.Name),
                string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}"),
                string.Create(CultureInfo.InvariantCulture, $"{100 * activity.Seconds / total:0} %"));
        }

        return table;
    }

    private static Markup Health(DeviceWatch watch, LinkStatistics link)
    {
        var device = watch.Health is { } health
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"rate {health.RateMilliHz / 1000.0:0.00} Hz   gaps {health.Gaps}   retries {health.Retries}   free memory {health.FreeBytes / 1024} kB")
            : $"gaps {watch.Gaps}   (rate and memory come once a minute)";
        var wire = string.Create(
            CultureInfo.InvariantCulture,
            $"link {link.Quality}   lines {link.Records}   lost {link.LostLines}   damaged {link.CrcFailures}   restarts {link.Restarts}");
        var chip = watch.Timing is { } timing ? $"\na decision on the chip {ChipTimeWords.Of(timing)}" : "";
        return new Markup(Markup.Escape(device + (watch.IsRecording ? "   RECORDING" : "") + chip) + "\n" + Markup.Escape(wire));
    }

    private static IEnumerable<IRenderable> Events(DeviceWatch watch) => watch.Events.TakeLast(EventsShown).Select(happened => new Markup(
        Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{(double)happened.Sample / watch.RateHz:0} s  {EventWords.Of(happened)}"))));

    private static IEnumerable<IRenderable> Alarms(DeviceWatch watch, LinkStatistics link, string? trouble) =>
    [
        .. trouble is null ? Array.Empty<IRenderable>() : [new Markup($"[bold red]{Markup.Escape(trouble)}[/]")],
        .. watch.Alarms.Concat(link.Alarms).Select(alarm => new Markup($"[bold red]{Markup.Escape(alarm.What)}[/] {Markup.Escape(alarm.Remedy)}")),
        .. link.Explain().Select(sentence => new Markup($"[yellow]{Markup.Escape(sentence)}[/]")),
    ];

    private static string Mark(DecisionRecord decision) => decision.Decision < 0 ? "grey" : Palette[decision.Decision % Palette.Length].ToMarkup();
}
