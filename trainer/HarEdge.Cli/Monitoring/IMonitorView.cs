using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Records;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>One way of showing what a device says.</summary>
internal interface IMonitorView
{
    /// <summary>A record has come, and the watch has it already.</summary>
    void Show(TelemetryRecord record, DeviceWatch watch);

    /// <summary>Some time has passed: called several times a second.</summary>
    void Refresh(DeviceWatch watch, LinkStatistics link);
}
