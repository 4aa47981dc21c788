using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>What a model says of its making: data, people, seed, command and the scores reached.</summary>
internal static class RunManifest
{
    /// <summary>The manifest.</summary>
    internal static TrainingManifest Of(
        TrainingOptions options, DataSplit split, TaughtWindows taught, StudentTrial kept, ClassificationScores teacher, ClassificationScores student) => new()
        {
            Data = [.. options.Data.Select(DataManifest.Of)],
            Split = split.Name,
            TrainSubjects = PeopleOf(split.Train),
            TestSubjects = PeopleOf(split.Test),
            Seed = options.Seed,
            Command = options.Command,
            Scores = ScoresOf(taught, kept, teacher, student),
        };

    private static SortedDictionary<string, double> ScoresOf(
        TaughtWindows taught, StudentTrial kept, ClassificationScores teacher, ClassificationScores student)
    {
        var scores = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["cross-validated accuracy, student"] = Math.Round(kept.Accuracy, 6),
            ["test accuracy, student"] = Math.Round(student.Accuracy, 6),
            ["test accuracy, teacher"] = Math.Round(teacher.Accuracy, 6),
            ["test macro-F1, student"] = Math.Round(student.MacroF1, 6),
            ["test macro-F1, teacher"] = Math.Round(teacher.MacroF1, 6),
        };
        if (taught.AreCrossFitted)
        {
            scores["cross-validated accuracy, teacher"] = Math.Round(taught.CrossValidated, 6);
        }

        return scores;
    }

    private static IReadOnlyList<string> PeopleOf(IReadOnlyList<Recording> recordings) =>
        [.. recordings.Select(WindowExtractor.SubjectKey).Distinct().Order(StringComparer.Ordinal)];
}
