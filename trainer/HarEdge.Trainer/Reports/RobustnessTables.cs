using System.Globalization;

namespace HarEdge.Trainer.Reports;

/// <summary>The table of <c>haredge robustness</c>, made from the numbers its JSON holds.</summary>
internal static class RobustnessTables
{
    /// <summary>One row a disturbance.</summary>
    public static ReportTable Of(RobustnessMetrics metrics)
    {
        var data = metrics.Synthetic ? metrics.Dataset + " (SYNTHETIC data)" : metrics.Dataset;
        var calibrated = metrics.WearCalibration ? ", wear-calibrated after each disturbance" : "";
        return new ReportTable(
            $"Robustness: model {metrics.ModelId} on {data}, {metrics.People} people{calibrated}, seed {metrics.Seed}",
            ["kind", "disturbance", "windows right", "points lost", "decisions right", "points lost by decisions"],
            [.. metrics.Rows.Prepend(metrics.Undisturbed).Select(Row)]);
    }

    private static IReadOnlyList<string> Row(RobustnessMetricsRow row) =>
    [
        row.Kind,
        row.Disturbance,
        ReportTable.Percent(row.Accuracy ?? double.NaN),
        Points(row.LossPoints),
        ReportTable.Percent(row.DecisionAccuracy ?? double.NaN),
        Points(row.DecisionLossPoints),
    ];

    private static string Points(double points) => points.ToString("0.0;-0.0;0.0", CultureInfo.InvariantCulture);
}
