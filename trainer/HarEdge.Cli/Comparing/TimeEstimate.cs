using HarEdge.Trainer;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Cli.Comparing;

/// <summary>What the step that completes a window should take on a device's chip, beside which its own measurement is shown.</summary>
/// <param name="Chip">The chip.</param>
/// <param name="Mean">Milliseconds, with the range the estimate is likely in.</param>
/// <param name="Worst">The proven worst case.</param>
internal sealed record TimeEstimate(string Chip, Interval Mean, Interval Worst)
{
    /// <summary>The estimate for a device that measured; null for one that did not, or whose runtime's image no chip of the table has.</summary>
    /// <param name="report">What the device said.</param>
    /// <param name="progress">Told the share of the counting done.</param>
    public static TimeEstimate? Of(DeviceCompareReport report, IProgress<StepProgress> progress)
    {
        if (report.Timing is not { Decisions: > 0 } || ChipTable.Default.Chips.FirstOrDefault(one => one.Images.Split(", ").Contains(report.Banner.Target)) is not { } chip)
        {
            return null;
        }

        // Counted on the synthetic wearer: which windows come decides little, and the device's own are not kept.
        var range = report.Model.Signal.Range;
        var worn = SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20, Range = range });
        var step = CostMeter.Measure(report.Model, [worn], progress).PerDecision;
        return new TimeEstimate(chip.Name, chip.Milliseconds(step.Weight), chip.Milliseconds(step.StaticWorstWeight));
    }
}
