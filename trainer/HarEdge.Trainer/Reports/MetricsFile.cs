using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Teachers;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Reports;

/// <summary>From a training result to what metrics.json holds.</summary>
internal static class MetricsFile
{
    /// <summary>The metrics of a run.</summary>
    /// <param name="result">A result whose model has its manifest.</param>
    /// <param name="elapsedSeconds">Wall-clock time of the run.</param>
    public static TrainingMetrics Of(TrainingResult result, double elapsedSeconds)
    {
        var manifest = result.Model.Manifest ?? throw new ArgumentException("The model of a run has a manifest.", nameof(result));
        var size = ModelSize.Of(result.Model);
        var signal = result.Model.Signal;
        return new TrainingMetrics
        {
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
                size.Bytes),
            CrossValidation = result.CrossValidation.ToDictionary(tried => tried.Key, tried => ScoreMetrics.Share(tried.Value)),
            Confusion = result.Student.Confusion,
            PerSubject = SubjectMetrics.Of(result.Student),
            PerDataset = result.StudentOfDataSet.ToDictionary(data => data.Key, data => ScoreMetrics.Of(data.Value)),
            Continuous = StreamMetrics.Of(result.Trial.Filter),
            Unknown = UnknownMetrics.Of(result.Trial.Unknown),
            Coverage = CoverageMetrics.Of(result.Trial.Coverage),
            ConfidenceAuroc = ScoreMetrics.Share(result.Trial.ConfidenceAuroc),
            Personal = result.Personal is null ? null : PersonalMetrics.Of(result.Personal),
            Parity = ParityMetrics.Of(result.Parity),
            Notes = result.Notes,
            ElapsedSeconds = Math.Round(elapsedSeconds, 1),
        };
    }
}
