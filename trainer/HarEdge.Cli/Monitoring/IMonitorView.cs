using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>One way of showing what a device says.</summary>
internal interface IMonitorView
{
    /// <summary>A record has come, and the watch has it already.</summary>
    void Show(TelemetryRecord record, DeviceWatch watch, LinkStatistics link);

    /// <summary>Some time has passed: called several times a second.</summary>
    /// <param name="watch">What is known about the device.</param>
    /// <param name="link">What came and what was lost.</param>
    /// <param name="trouble">Why nothing comes at the moment, with the remedy; null when something does.</param>
    void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble);
}

/// <summary>Shows everything in several ways at once.</summary>
internal sealed class SeveralViews(IReadOnlyList<IMonitorView> views) : IMonitorView
{
    /// <inheritdoc/>
    public void Show(TelemetryRecord record, DeviceWatch watch, LinkStatistics link)
    {
        foreach (var view in views)
        {
            view.Show(record, watch, link);
        }
    }

    /// <inheritdoc/>
    public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble)
    {
        foreach (var view in views)
        {
            view.Refresh(watch, link, trouble);
        }
    }
}
