using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Reports;

/// <summary>What <c>haredge evaluate --json</c> prints. Shares are 0..1, null where nothing was measured.</summary>
internal sealed record TrialMetrics
{
    /// <summary>Content hash of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Data sets scored on.</summary>
    public required string Dataset { get; init; }

    /// <summary>Class names, in the order of the confusion matrix.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Each window by itself.</summary>
    public required ScoreMetrics Windows { get; init; }

    /// <summary>Decisions after the filter, where the model gave one.</summary>
    public required ScoreMetrics Decisions { get; init; }

    /// <summary>Rows are labels, columns predictions of windows by themselves.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Windows by person.</summary>
    public required IReadOnlyDictionary<string, SubjectMetrics> PerSubject { get; init; }

    /// <summary>Scored windows the model called unknown.</summary>
    public required int UnknownOfScored { get; init; }

    /// <summary>Answers as a stream, before and after the temporal filter.</summary>
    public required StreamMetrics Continuous { get; init; }

    /// <summary>The unknown rule.</summary>
    public required UnknownMetrics Unknown { get; init; }

    /// <summary>Accuracy on the surest windows.</summary>
    public required IReadOnlyList<CoverageMetrics> Coverage { get; init; }

    /// <summary>How well confidence tells right windows from wrong ones.</summary>
    public required double? ConfidenceAuroc { get; init; }

    /// <summary>Stated confidence against the truth.</summary>
    public required IReadOnlyList<ConfidenceBand> Confidence { get; init; }

    /// <summary>Activities without a class.</summary>
    public required IReadOnlyDictionary<string, ForeignActivity> NotScored { get; init; }

    /// <summary>Windows across a change of activity or without a label.</summary>
    public required int WindowsWithoutOneLabel { get; init; }

    /// <summary>The numbers of a trial.</summary>
    public static TrialMetrics Of(string modelId, string dataset, ModelTrial trial) => new()
    {
        ModelId = modelId,
        Dataset = dataset,
        Classes = trial.Windows.Classes,
        Windows = ScoreMetrics.Of(trial.Windows),
        Decisions = ScoreMetrics.Of(trial.Decisions),
        Confusion = trial.Windows.Confusion,
        PerSubject = SubjectMetrics.Of(trial.Windows),
        UnknownOfScored = trial.UnknownOfScored,
        Continuous = StreamMetrics.Of(trial.Filter),
        Unknown = UnknownMetrics.Of(trial.Unknown),
        Coverage = CoverageMetrics.Of(trial.Coverage),
        ConfidenceAuroc = ScoreMetrics.Share(trial.ConfidenceAuroc),
        Confidence = trial.Confidence,
        NotScored = trial.NotScored,
        WindowsWithoutOneLabel = trial.WindowsWithoutOneLabel,
    };
}
