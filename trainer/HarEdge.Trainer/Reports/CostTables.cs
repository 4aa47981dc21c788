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
        string on = $"model {report.Model} on {report.Data}";
        return
        [
            new ReportTable(
                $"IL instructions, {on}",
                ["step", "steps", "mean", "99 % up to", "max", "proven worst", "mean on ESP32, estimated"],
                [Steps("sample", report.PerSample), Steps("decision", report.PerDecision)]),
            new ReportTable(
                "Decisions by stage",
                ["stage", "share of decisions", "mean instructions"],
                [.. report.PerDecision.ByStage.Select(stage => Row(stage.Name, ReportTable.Percent(stage.Share), Whole(stage.Mean)))]),
            new ReportTable("Decisions by method", ["method", "share of instructions", "mean instructions"], [.. Methods(report.PerDecision)]),
            new ReportTable("Sizes", ["what", "value"],
            [
                Row("load of one core, estimated", ReportTable.Percent(report.EstimatedLoad)),
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
        (cost.EstimatedMicroseconds / 1000).ToString("0.00", CultureInfo.InvariantCulture) + " ms");

    private static IEnumerable<IReadOnlyList<string>> Methods(StepCost cost)
    {
        foreach (PartCost method in cost.ByKernel.Take(MethodsShown))
        {
            yield return Row(method.Name, ReportTable.Percent(method.Share), Whole(method.Mean));
        }

        List<PartCost> rest = [.. cost.ByKernel.Skip(MethodsShown)];
        if (rest.Count > 0)
        {
            yield return Row($"{rest.Count} others", ReportTable.Percent(rest.Sum(part => part.Share)), Whole(rest.Sum(part => part.Mean)));
        }
    }

    private static string[] Row(params string[] cells) => cells;

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
