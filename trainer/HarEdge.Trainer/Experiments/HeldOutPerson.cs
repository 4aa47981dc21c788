using HarEdge.Trainer.Datasets.Synthetic;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Experiments;

/// <summary>
/// One person judged by a model that learned from everybody else: a run file of leave-one-person-out. Counts, so that any figure can be
/// made of them later.
/// </summary>
internal sealed record HeldOutPerson
{
    /// <summary>The person, as "data set/subject".</summary>
    public required string Person { get; init; }

    /// <summary>The command that makes the run again; files of another one are not used.</summary>
    public required string Command { get; init; }

    /// <summary>SHA-256 of the recordings as read, one a data set.</summary>
    public required IReadOnlyList<string> DataSha256 { get; init; }

    /// <summary>Content hash of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Form of the student.</summary>
    public required string StudentKind { get; init; }

    /// <summary>Class names, in the order of the confusion matrix.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The person's windows by themselves: rows labels, columns predictions.</summary>
    public required int[][] Confusion { get; init; }

    /// <summary>The teacher on the same windows.</summary>
    public required SubjectScore Teacher { get; init; }

    /// <summary>The teacher when it hears the windows before and after; null when it is better off without.</summary>
    public SubjectScore? TeacherInContext { get; init; }

    /// <summary>Decisions after unknown rule and filter; unknown counts as wrong.</summary>
    public required SubjectScore Decisions { get; init; }

    /// <summary>Windows by themselves after three seconds of standing still; null when the person never stood still.</summary>
    public required SubjectScore? WearCalibrated { get; init; }

    /// <summary>Windows mostly in another activity, and how many of them the unknown rule rejected.</summary>
    public required SubjectScore Unknowns { get; init; }

    /// <summary>The person's windows.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public SubjectScore Student => new(Confusion.Sum(row => row.Sum()), Enumerable.Range(0, Classes.Count).Sum(c => Confusion[c][c]));
}
