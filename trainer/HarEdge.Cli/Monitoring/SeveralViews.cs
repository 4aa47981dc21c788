using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

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
