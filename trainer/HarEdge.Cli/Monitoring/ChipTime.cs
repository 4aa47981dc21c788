using System.Globalization;
using HarEdge.Cli.Comparing;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>What a decision takes on the chip: as the device measured it, and beside it as estimated for its model and its runtime's image.</summary>
/// <param name="models">Those it may carry; asked for once it has measured something.</param>
internal sealed class ChipTime(Func<IReadOnlyList<FixedPointModel>> models)
{
    private (string Model, string Target)? asked;
    private Task<TimeEstimate?> estimate = Task.FromResult<TimeEstimate?>(null);

    /// <summary>The estimate; null while nothing was measured, and for a model or an image that is not known. Counting takes some seconds.</summary>
    /// <param name="watch">What is known about the device.</param>
    /// <param name="waits">Whether to wait for it; else it is null until it is there.</param>
    public TimeEstimate? Estimate(DeviceWatch watch, bool waits)
    {
        if (watch is not { Timing.Decisions: > 0, Banner: { } banner })
        {
            return null;
        }

        if (asked != (banner.Model, banner.Target))
        {
            asked = (banner.Model, banner.Target);
            estimate = Task.Run(() => models().FirstOrDefault(known => known.Id == banner.Model) is { } carried ? TimeEstimate.Of(carried, banner.Target) : null);
        }

        return waits || estimate.IsCompleted ? estimate.GetAwaiter().GetResult() : null;
    }

    /// <summary>Both in words; or that no time was measured, as on a simulated device. Empty before the first report.</summary>
    public string Words(DeviceWatch watch)
    {
        if (watch.Timing is not { } timing)
        {
            return "";
        }

        return Estimate(watch, waits: true) is { } expected ? $"{Measured(timing)}; {Estimated(expected)}" : Measured(timing);
    }

    /// <summary>What was measured, in words.</summary>
    public static string Measured(TimingRecord timing) => timing.Decisions == 0
        ? "not measured"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{timing.MeanMicros / 1000.0:0.0} ms, worst {timing.WorstMicros / 1000.0:0.0} ms, of {timing.Decisions} measured");

    /// <summary>What was estimated, in words.</summary>
    public static string Estimated(TimeEstimate estimate) => string.Create(
        CultureInfo.InvariantCulture,
        $"estimated {estimate.Mean.Likely:0.0} ms ({estimate.Mean.Low:0.0} to {estimate.Mean.High:0.0}), at most {estimate.Worst.High:0.0}");
}
