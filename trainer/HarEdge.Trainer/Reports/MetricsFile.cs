using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Reports;

/// <summary>From a training result to what metrics.json holds.</summary>
internal static class MetricsFile
{
    /// <summary>The metrics of a run.</summary>
    /// <param name="result">A result whose model has its manifest.</param>
    /// <param name="measured">What was measured on its model besides.</param>
    public static TrainingMetrics Of(TrainingResult result, ModelMeasurements measured)
    {
        var manifest = result.Model.Manifest ?? throw new ArgumentException("The model of a run has a manifest.", nameof(result));
        var size = ModelSize.Of(result.Model);
        var signal = result.Model.Signal;
        var student = ScoreMetrics.Of(result.Student);
        return new TrainingMetrics
        {
            FormatVersion = TrainingMetrics.CurrentFormat,
            ToolVersion = ToolVersion.Number,
            DataSha256 = [.. manifest.Data.Select(data => data.ContentSha256)],
            Dataset = string.Join('+', manifest.Data.Select(data => data.Name)),
            Synthetic = manifest.Data.Any(data => data.IsSynthetic),
            Split = result.Split,
            TrainSubjects = manifest.TrainSubjects,
            TestSubjects = manifest.TestSubjects,
            Seed = manifest.Seed,
            Command = manifest.Command,
            ModelId = result.Model.Id,
            Classes = result.Student.Classes,
            Window = new WindowMetrics(signal.WindowSamples, signal.HopSamples, signal.SampleRateHz),
            Teacher = ScoreMetrics.Of(result.Teacher),
            TeacherInContext = result.TeacherInContext is null ? null : ScoreMetrics.Of(result.TeacherInContext),
            Student = new StudentMetrics(
                result.StudentKind,
                ScoreMetrics.Share(result.Student.Accuracy),
                ScoreMetrics.Share(result.Student.MacroF1),
                size.Nodes,
                size.Weights,
                result.Model.Features.Count,
                size.Bytes)
            {
                Low = student.Low,
                High = student.High,
            },
            PerClass = ClassMetrics.Of(result.Student),
            CrossValidation = result.CrossValidation.ToDictionary(tried => tried.Key, tried => ScoreMetrics.Share(tried.Value)),
            Confusion = result.Student.Confusion,
            PerSubject = SubjectMetrics.Of(result.Student, signal),
            PerDataset = result.StudentOfDataSet.ToDictionary(data => data.Key, data => ScoreMetrics.Of(data.Value)),
            Continuous = StreamMetrics.Of(result.Trial.Filter),
            Unknown = UnknownMetrics.Of(result.Trial.Unknown),
            Coverage = CoverageMetrics.Of(result.Trial.Coverage),
            CoverageCurve = CoverageMetrics.Of(result.Trial.CoverageCurve),
            ConfidenceAuroc = ScoreMetrics.Share(result.Trial.ConfidenceAuroc),
            Confidence = result.Trial.Confidence,
            CalibrationError = ScoreMetrics.CalibrationErrorOf(result.Trial.Confidence),
            Cost = measured.Cost,
            Robustness = measured.Robustness,
            Personal = result.Personal is null ? null : PersonalMetrics.Of(result.Personal),
            Parity = ParityMetrics.Of(result.Parity),
            Notes = result.Notes,
        };
    }
}

/// <summary>
/// metrics.json: what a run reached, for machines. Shares are 0..1 (null where nothing was measured). It holds no times: the same data,
/// options and seed give the same file.
/// </summary>
internal sealed record TrainingMetrics
{
    /// <summary>What <see cref="FormatVersion"/> is now; it rises when a member changes its meaning, not when one is added.</summary>
    public const int CurrentFormat = 2;

    /// <summary>Version of this form.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Version of HarEdge.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>SHA-256 of the recordings as read, one a data set.</summary>
    public required IReadOnlyList<string> DataSha256 { get; init; }

    /// <summary>How the recordings' files were read; empty for generated data.</summary>
    public IReadOnlyList<FilesReadAlike> FilesRead { get; init; } = [];

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

    /// <summary>Teacher on the same windows in temporal context, with those before and after; null when it is better off without.</summary>
    public ScoreMetrics? TeacherInContext { get; init; }

    /// <summary>Student on the same windows, and its size.</summary>
    public required StudentMetrics Student { get; init; }

    /// <summary>Student by class.</summary>
    public required IReadOnlyDictionary<string, ClassMetrics> PerClass { get; init; }

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

    /// <summary>The same in more steps.</summary>
    public required IReadOnlyList<CoverageMetrics> CoverageCurve { get; init; }

    /// <summary>How well confidence separates right windows from wrong ones: area under the receiver operating characteristic.</summary>
    public required double? ConfidenceAuroc { get; init; }

    /// <summary>Stated confidence against the truth.</summary>
    public required IReadOnlyList<ConfidenceBand> Confidence { get; init; }

    /// <summary>Mean over windows of how far a band's accuracy is from its mean confidence, 0..1.</summary>
    public required double? CalibrationError { get; init; }

    /// <summary>What the model costs on the device, counted on the test recordings.</summary>
    public required CostReport? Cost { get; init; }

    /// <summary>The model on disturbed test recordings; null where they are turned by wear calibration first.</summary>
    public required RobustnessMetrics? Robustness { get; init; }

    /// <summary>What the wearer's own recordings are worth; null for a model for people in general.</summary>
    public PersonalMetrics? Personal { get; init; }

    /// <summary>Trainer, generated code and device twin compared.</summary>
    public required ParityMetrics Parity { get; init; }

    /// <summary>Warnings of the run.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
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
internal sealed record StudentMetrics(string Kind, double? Accuracy, double? MacroF1, int Nodes, int Weights, int Features, int ModelBytes)
{
    /// <summary>Lower end of the accuracy's 95 % interval, people drawn with replacement; null for one person.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end.</summary>
    public double? High { get; init; }
}

/// <summary>Counts of the bit-exact comparison.</summary>
internal sealed record ParityMetrics(
    IReadOnlyList<string> Backends, int Windows, int FeatureMismatches, int ScoreMismatches, int LabelMismatches, string? FirstMismatch)
{
    /// <summary>The counts of a comparison.</summary>
    public static ParityMetrics Of(ParityReport parity) => new(
        parity.Backends, parity.Windows, parity.FeatureMismatches, parity.ScoreMismatches, parity.LabelMismatches, parity.FirstMismatch);
}

/// <summary>What is measured on a run's model besides its scores, all on the test recordings.</summary>
/// <param name="Cost">On the device.</param>
/// <param name="Robustness">Null where the recordings are turned by wear calibration, which would have to come after a disturbance.</param>
internal sealed record ModelMeasurements(CostReport? Cost, RobustnessMetrics? Robustness)
{
    // Of the random disturbances; their effect hardly depends on it.
    private const int Seed = 1;

    /// <summary>Steps that <see cref="Of"/> begins.</summary>
    public const int Steps = 2;

    /// <summary>Measures.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ModelMeasurements Of(TrainingResult result, RunProgress? steps, CancellationToken cancellation)
    {
        steps?.BeginStep();
        var cost = CostMeter.Measure(result.Model, result.TestSets, steps);
        cancellation.ThrowIfCancellationRequested();
        steps?.BeginStep();
        return new ModelMeasurements(cost, result.IsWearCalibrated ? null : RobustnessMetrics.Of(
            result.Model.Id,
            result.TestSets,
            wearCalibration: false,
            Seed,
            RobustnessTrial.Of(result.Model, result.TestSets, Disturbances.Few, sets => sets, result.LeastLabelShare, Seed, steps, cancellation)));
    }
}
