using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Reports;

/// <summary>
/// metrics.json: what a run reached, for machines. Shares are 0..1 (null where nothing was measured); everything but
/// <see cref="ElapsedSeconds"/> is the same for the same data, options and seed.
/// </summary>
internal sealed record TrainingMetrics
{
    /// <summary>Names of the data sets, joined by '+'.</summary>
    public required string Dataset { get; init; }

    /// <summary>True when any of the data was generated.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>How people were divided, in words.</summary>
    public required string Split { get; init; }

    /// <summary>People learned from.</summary>
    public required IReadOnlyList<string> TrainSubjects { get; init; }

    /// <summary>People tested on.</summary>
    public required IReadOnlyList<string> TestSubjects { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary>The command that makes the run again.</summary>
    public required string Command { get; init; }

    /// <summary>Content hash of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Class names, in the order of the confusion matrix.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Windows and rate.</summary>
    public required WindowMetrics Window { get; init; }

    /// <summary>Teacher on the test windows, each by itself.</summary>
    public required ScoreMetrics Teacher { get; init; }

    /// <summary>Teacher on the same windows when it hears those before and after; null when it is better off without.</summary>
    public ScoreMetrics? TeacherInContext { get; init; }

    /// <summary>Student on the same windows, and its size.</summary>
    public required StudentMetrics Student { get; init; }

    /// <summary>Accuracy on training people, by grouped cross-validation.</summary>
    public required IReadOnlyDictionary<string, double?> CrossValidation { get; init; }

    /// <summary>Student: rows are labels, columns predictions, counts of windows.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Student by person.</summary>
    public required IReadOnlyDictionary<string, SubjectMetrics> PerSubject { get; init; }

    /// <summary>Student by data set.</summary>
    public required IReadOnlyDictionary<string, ScoreMetrics> PerDataset { get; init; }

    /// <summary>Student's answers on the whole test recordings, before and after the temporal filter.</summary>
    public required StreamMetrics Continuous { get; init; }

    /// <summary>The unknown rule on the test recordings.</summary>
    public required UnknownMetrics Unknown { get; init; }

    /// <summary>Accuracy on the surest test windows.</summary>
    public required IReadOnlyList<CoverageMetrics> Coverage { get; init; }

    /// <summary>How well confidence tells right windows from wrong ones: area under the receiver operating characteristic.</summary>
    public required double? ConfidenceAuroc { get; init; }

    /// <summary>What the wearer's own recordings are worth; null for a model for people in general.</summary>
    public PersonalMetrics? Personal { get; init; }

    /// <summary>Trainer, generated code and device twin compared.</summary>
    public required ParityMetrics Parity { get; init; }

    /// <summary>Warnings of the run.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Wall-clock time of the run.</summary>
    public required double ElapsedSeconds { get; init; }
}

/// <summary>What a window is.</summary>
internal sealed record WindowMetrics(int Samples, int HopSamples, int SampleRateHz);

/// <summary>Scores and size of the student.</summary>
/// <param name="Kind">Form of the model.</param>
/// <param name="Accuracy">Share of windows right.</param>
/// <param name="MacroF1">Mean F1 over classes.</param>
/// <param name="Nodes">Splits and leaves, the gate included.</param>
/// <param name="Weights">Weights and biases of linear stages.</param>
/// <param name="Features">Features any stage computes.</param>
/// <param name="ModelBytes">12 a node, 2 a weight.</param>
internal sealed record StudentMetrics(string Kind, double? Accuracy, double? MacroF1, int Nodes, int Weights, int Features, int ModelBytes);

/// <summary>Counts of the bit-exact comparison.</summary>
internal sealed record ParityMetrics(
    IReadOnlyList<string> Legs, int Windows, int FeatureMismatches, int ScoreMismatches, int LabelMismatches, string? FirstMismatch)
{
    /// <summary>The counts of a comparison.</summary>
    public static ParityMetrics Of(ParityReport parity) => new(
        parity.Legs, parity.Windows, parity.FeatureMismatches, parity.ScoreMismatches, parity.LabelMismatches, parity.FirstMismatch);
}
