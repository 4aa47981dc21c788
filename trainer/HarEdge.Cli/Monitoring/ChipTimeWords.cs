using System.Globalization;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Cli.Monitoring;

/// <summary>What a decision took on the chip, in words.</summary>
internal static class ChipTimeWords
{
    /// <summary>Mean and worst; or that no time was measured, as on a simulated device.</summary>
    public static string Of(TimingRecord timing) => timing.Decisions == 0
        ? "not measured"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{timing.MeanMicros / 1000.0:0.0} ms, worst {timing.WorstMicros / 1000.0:0.0} ms, of {timing.Decisions} measured");
}
