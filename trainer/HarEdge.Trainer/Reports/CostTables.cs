using System.Globalization;
using HarEdge.Trainer.Cost;

namespace HarEdge.Trainer.Reports;

/// <summary>A cost report for people.</summary>
internal static class CostTables
{
    // What comes after the dearest ten methods is small change, given as one row.
    private const int MethodsShown = 10;

    /// <summary>Instructions, stages, methods, and the sizes.</summary>
    public static IReadOnlyList<ReportTable> Of(CostReport report)
    {
        var on = $"model {report.ModelId} on {report.Dataset}{(report.Synthetic ? " (synthetic)" : "")}";
        return
        [
            new ReportTable(
                $"IL instructions, {on}",
                ["step", "steps", "mean", "99 % up to", "max", "proven worst", "mean weight"],
                [Steps("sample", report.PerSample), Steps("decision", report.PerDecision)]),
            new ReportTable(
                "A whole decision on the chip, with the samples before it",
                ["chip", "runtime image", "clock", "machine instructions", "time", "likely range", "proven worst", "load", "flash at 80 MHz", "known by"],
                [.. report.Chips.Select(OnChip)]),
            Energy(report.Chips),
            new ReportTable(
                "Decisions by stage",
                ["stage", "share of decisions", "mean instructions", "mean weight"],
                [.. report.PerDecision.ByStage.Select(stage => Row(stage.Name, ReportTable.Percent(stage.Share), Whole(stage.Mean), Whole(stage.Weight)))]),
            new ReportTable("Decisions by method", ["method", "share of weight", "mean instructions", "mean weight"], [.. Methods(report.PerDecision)]),
            new ReportTable("Sizes", ["what", "value"],
            [
                Row("IL of firmware, Core and model", $"{report.IlBytes} B, of it model {report.ModelIlBytes} B"),
                Row("RAM made at start", $"{report.RamBytes} B, of it pipeline {report.PipelineRamBytes} B"),
                Row("garbage of acquisition and telemetry", $"{Whole(report.GarbageBytesPerSecond)} B/s"),
                Row("garbage of the loop", "0 B/s"),
                Row("features", $"{report.Features}"),
                Row("tree nodes, depth", $"{report.Nodes}, {report.Depth}"),
            ]),
        ];
    }

    private static string[] Steps(string name, StepCost cost) => Row(
        name,
        $"{cost.Steps}",
        Whole(cost.Mean),
        $"{cost.P99}",
        $"{cost.Max}",
        $"{cost.StaticWorst}",
        Whole(cost.Weight));

    private static IReadOnlyList<string> OnChip(ChipCost cost) => Row(
        cost.Chip.Name,
        cost.Chip.Images,
        $"{Whole(cost.Chip.ClockMhz)} MHz",
        Millions(cost.MachineInstructions),
        Milliseconds(cost.Milliseconds.Likely),
        $"{Whole(cost.Milliseconds.Low)} to {Whole(cost.Milliseconds.High)} ms",
        $"{Millions(cost.WorstMachineInstructions)}, {Milliseconds(cost.WorstMilliseconds.Likely)}",
        ReportTable.Percent(cost.Load),
        cost.Chip.SavedByFlashAt80Mhz is { } saved ? Milliseconds(cost.Milliseconds.Likely * (1 - saved)) : "",
        cost.Chip.MeasuredBy is { } log ? $"measured: {log}" : "estimated");

    /// <summary>A chip with its clock: the same chip is sold with several.</summary>
    public static string NameOf(ChipCost cost) => $"{cost.Chip.Name}, {Whole(cost.Chip.ClockMhz)} MHz";

    // A row for what the energy goes to, a column for each chip; the parts are the same on all.
    private static ReportTable Energy(IReadOnlyList<ChipCost> chips) => new(
        "Energy from one decision to the next at 3.3 V, light sleep between, estimated (mJ)",
        ["for", .. chips.Select(NameOf)],
        [
            .. chips[0].Energy.Select((part, i) => Row([part.Name, .. chips.Select(cost => Tenths(cost.Energy[i].Millijoules))])),
            Row(["together", .. chips.Select(cost => Tenths(cost.Energy.Sum(part => part.Millijoules)))]),
        ]);

    private static IEnumerable<IReadOnlyList<string>> Methods(StepCost cost)
    {
        foreach (var method in cost.ByKernel.Take(MethodsShown))
        {
            yield return Row(method.Name, ReportTable.Percent(method.Share), Whole(method.Mean), Whole(method.Weight));
        }

        List<PartCost> rest = [.. cost.ByKernel.Skip(MethodsShown)];
        if (rest.Count > 0)
        {
            yield return Row($"{rest.Count} others", ReportTable.Percent(rest.Sum(part => part.Share)), Whole(rest.Sum(part => part.Mean)), Whole(rest.Sum(part => part.Weight)));
        }
    }

    private static string[] Row(params string[] cells) => cells;

    private static string Millions(double instructions) => (instructions / 1_000_000).ToString("0.00", CultureInfo.InvariantCulture) + " M";

    private static string Milliseconds(double ms) => Tenths(ms) + " ms";

    private static string Tenths(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
