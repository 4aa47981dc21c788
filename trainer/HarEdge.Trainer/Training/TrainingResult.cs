using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

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

    /// <summary>The test recordings as the model gets them, labels as its classes.</summary>
    internal IReadOnlyList<DataSet> TestSets { get; init; } = [];

    /// <summary>Whether they are turned by wear calibration.</summary>
    internal bool IsWearCalibrated { get; init; }

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

/// <summary>The last stage of a run: scores on the test people, the notes they ask for, and the manifest that holds them.</summary>
internal static class RunScores
{
    // About two standard errors of the accuracy on a handful of people.
    private const double LeastGain = 0.05;

    /// <summary>What a model says of its making: data, people, seed, command and the scores reached.</summary>
    internal static TrainingManifest ManifestOf(
        TrainingOptions options, DataSplit split, TeacherPredictions teacher, StudentCrossValidation kept, ClassificationScores student) => new()
        {
            Data = [.. options.Data.Select(DataManifest.Of)],
            Split = split.Name,
            TrainSubjects = PeopleOf(split.Train),
            TestSubjects = PeopleOf(split.Test),
            Seed = options.Seed,
            Command = options.Command,
            Scores = ScoresOf(teacher, kept, student),
        };

    private static SortedDictionary<string, double> ScoresOf(
        TeacherPredictions teacher, StudentCrossValidation kept, ClassificationScores student)
    {
        var scores = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["cross-validated accuracy, student"] = Math.Round(kept.Accuracy, 6),
            ["test accuracy, student"] = Math.Round(student.Accuracy, 6),
            ["test accuracy, teacher"] = Math.Round(teacher.TestScores.Accuracy, 6),
            ["test macro-F1, student"] = Math.Round(student.MacroF1, 6),
            ["test macro-F1, teacher"] = Math.Round(teacher.TestScores.MacroF1, 6),
        };
        if (teacher.AreCrossFitted)
        {
            scores["cross-validated accuracy, teacher"] = Math.Round(teacher.CrossValidated, 6);
        }

        return scores;
    }

    private static IReadOnlyList<string> PeopleOf(IReadOnlyList<Recording> recordings) =>
        [.. recordings.Select(WindowExtractor.SubjectKey).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Scores of the classes said of a table's rows.</summary>
    internal static ClassificationScores Score(WindowTable table, IReadOnlyList<int> predictions) => ClassificationScores.Of(
        table.Classes, table.Labels, predictions, [.. table.SubjectOfRow.Select(subject => table.Subjects[subject])]);

    /// <summary>What a model says of the test windows, each by itself.</summary>
    internal static int[] Predict(FixedPointModel model, TrainingWindows windows)
    {
        var evaluator = new ModelEvaluator(model, windows.Layout);
        return [.. Enumerable.Range(0, windows.Test.Rows).Select(row => evaluator.Evaluate(windows.Test.Row(row)).WindowClass)];
    }

    /// <summary>Says so when naming the commonest class always would have been about as good.</summary>
    internal static IEnumerable<string> NotesOnChance(ClassificationScores scores)
    {
        var commonest = Enumerable.Range(0, scores.Classes.Count).MaxBy(index => scores.Confusion[index].Sum());
        var share = (double)scores.Confusion[commonest].Sum() / scores.Windows;
        if (scores.Accuracy < share + LeastGain)
        {
            yield return FormattableString.Invariant(
                $"THE MODEL HAS LEARNED NOTHING that carries over: {scores.Accuracy:P1} of test windows are right, and always saying {scores.Classes[commonest]} would be right in {share:P1}. ")
                + "Check labels, units and people with haredge data check.";
        }
    }

    // A device whose wearer never stands still says that its calibration failed; the scores hold such people against the model all the same.
    internal static IEnumerable<string> NotesOnTurned(DataSplit split, WindowTable test, int[] predictions)
    {
        if (split.Wear is not { TestAsWorn: { Count: > 0 } asWorn })
        {
            yield break;
        }

        var turned = Enumerable.Range(0, test.Rows).Where(row => !asWorn.Contains(test.Recordings![test.RecordingOfRow[row]])).ToList();
        if (turned.Count > 0)
        {
            yield return FormattableString.Invariant(
                $"Of the {turned.Count} test windows in recordings that could be turned, {turned.Average(row => predictions[row] == test.Labels[row] ? 1.0 : 0.0):P2} are right.");
        }
    }

    /// <summary>The scores of each data set alone.</summary>
    internal static Dictionary<string, ClassificationScores> OfDataSets(WindowTable test, int[] predictions)
    {
        string SetOf(int row) => test.Subjects[test.SubjectOfRow[row]].Split('/')[0];
        return Enumerable.Range(0, test.Rows).GroupBy(SetOf).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => Score(test.Select([.. group]), [.. group.Select(row => predictions[row])]));
    }

    /// <summary>Cross-validated accuracy on training people, by what was tried.</summary>
    internal static SortedDictionary<string, double> CrossValidationOf(TeacherPredictions teacher, IReadOnlyList<StudentCrossValidation> trials)
    {
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (teacher.AreCrossFitted)
        {
            all["teacher"] = teacher.CrossValidated;
        }

        foreach (var trial in trials.Where(trial => trial.IsWhole))
        {
            all["student " + trial.Student.Kind] = trial.Accuracy;
        }

        return all;
    }
}
