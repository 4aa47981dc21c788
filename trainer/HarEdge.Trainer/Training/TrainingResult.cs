using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Training.Personal;

namespace HarEdge.Trainer.Training;

/// <summary>What a training run produces; the command line turns it into a run folder.</summary>
public sealed record TrainingResult
{
    internal TrainingResult(ModelTrial trial) => Trial = trial;

    /// <summary>The distilled model with its manifest.</summary>
    public required FixedPointModel Model { get; init; }

    /// <summary>Kind of the student that was kept: "linear", "trees", "tree".</summary>
    public required string StudentKind { get; init; }

    /// <summary>How people were divided, in words.</summary>
    public required string Split { get; init; }

    /// <summary>Warnings for the user, for example that one person's numbers speak for that person only.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Teacher on the test windows.</summary>
    public required ClassificationScores Teacher { get; init; }

    /// <summary>The teacher on the same windows when it uses those before and after; null when it is better off without.</summary>
    public ClassificationScores? TeacherInContext { get; init; }

    /// <summary>Student on the same windows, each window by itself.</summary>
    public required ClassificationScores Student { get; init; }

    /// <summary>Student on the whole test recordings: temporal filter, unknown rule, confidence.</summary>
    internal ModelTrial Trial { get; }

    /// <summary>Share of a window's samples that must carry one label, as this data needed it.</summary>
    public required double LeastLabelShare { get; init; }

    /// <summary>Student on each data set's test windows alone.</summary>
    public required IReadOnlyDictionary<string, ClassificationScores> StudentOfDataSet { get; init; }

    /// <summary>What the wearer's own recordings are worth; null for a model for people in general.</summary>
    internal PersonalStudy? Personal { get; init; }

    /// <summary>Cross-validated accuracy on training people, by what was tried: "teacher", "student linear", "student trees".</summary>
    public required IReadOnlyDictionary<string, double> CrossValidation { get; init; }

    /// <summary>Trainer, generated code and device twin on every test window.</summary>
    public required ParityReport Parity { get; init; }

    /// <summary>ActivityModel.g.cs.</summary>
    public required string ModelSource { get; init; }

    /// <summary>KnownAnswers.g.cs.</summary>
    public required string KnownAnswersSource { get; init; }

    /// <summary>Steps and what they found, line by line; free of times and paths.</summary>
    public required IReadOnlyList<string> Log { get; init; }
}
