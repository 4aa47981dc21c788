using HarEdge.Core;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>What a display takes for granted as long as the device has not introduced itself.</summary>
internal static class MonitorNotes
{
    /// <summary>A sentence; nothing when there is nothing to say.</summary>
    public static IEnumerable<string> Of(DeviceWatch watch) => watch.Banner is null && (watch.Decision is not null || watch.IsRecording)
        ?
        [
            $"The device was on before anybody listened, and introduces itself once a minute. Until then {SensorScale.SampleRateHz} Hz, ±{SensorScale.DefaultAccelRangeG} g and "
            + $"±{SensorScale.DefaultGyroRangeDps} °/s are assumed, and a class that was not decided yet has a number instead of a name. "
            + "haredge monitor --command-port PORT asks it at once.",
        ]
        : [];
}
