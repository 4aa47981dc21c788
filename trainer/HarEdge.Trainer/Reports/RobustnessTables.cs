using System.Globalization;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;

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

/// <summary>What <c>haredge robustness --json</c> prints. Shares are 0..1, losses in points of percent.</summary>
internal sealed record RobustnessMetrics
{
    /// <summary>Content hash of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Data sets scored on.</summary>
    public required string Dataset { get; init; }

    /// <summary>True when any of the data was generated.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>People in it.</summary>
    public required int People { get; init; }

    /// <summary>Whether recordings were turned by wear calibration after they were disturbed.</summary>
    public required bool WearCalibration { get; init; }

    /// <summary>Seed of the random disturbances.</summary>
    public required int Seed { get; init; }

    /// <summary>Windows and decisions without any disturbance.</summary>
    public required RobustnessMetricsRow Undisturbed { get; init; }

    /// <summary>One a disturbance.</summary>
    public required IReadOnlyList<RobustnessMetricsRow> Rows { get; init; }

    /// <summary>The numbers of a trial.</summary>
    public static RobustnessMetrics Of(string modelId, IReadOnlyList<Datasets.DataSet> sets, bool wearCalibration, int seed, RobustnessTrial trial) => new()
    {
        ModelId = modelId,
        Dataset = string.Join(" + ", sets.Select(set => set.Name)),
        Synthetic = DataSet.IsAnySynthetic(sets),
        People = trial.Undisturbed.Windows.PerSubject.Count,
        WearCalibration = wearCalibration,
        Seed = seed,
        Undisturbed = Row("", "undisturbed", trial.Undisturbed, trial.Undisturbed),
        Rows = [.. trial.Rows.Select(row => Row(row.Disturbance.Kind, row.Disturbance.Name, row.Trial, trial.Undisturbed))],
    };

    private static RobustnessMetricsRow Row(string kind, string name, ModelTrial trial, ModelTrial undisturbed) => new(
        kind,
        name,
        trial.Windows.Windows,
        ScoreMetrics.Share(trial.Windows.Accuracy),
        Points(undisturbed.Windows.Accuracy - trial.Windows.Accuracy),
        ScoreMetrics.Share(trial.Filter.Decided.Accuracy),
        Points(undisturbed.Filter.Decided.Accuracy - trial.Filter.Decided.Accuracy));

    private static double Points(double share) => Math.Round(100 * share, 2);
}

/// <summary>One row: each window by itself, and decisions with unknown counted as wrong.</summary>
internal sealed record RobustnessMetricsRow(
    string Kind, string Disturbance, int Windows, double? Accuracy, double LossPoints, double? DecisionAccuracy, double DecisionLossPoints);
