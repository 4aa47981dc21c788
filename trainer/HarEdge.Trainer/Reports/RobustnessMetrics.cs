using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Reports;

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
        Synthetic = sets.Any(set => set.IsSynthetic),
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
