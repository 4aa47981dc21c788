using System.Diagnostics;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Teachers;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Experiments;

/// <summary>
/// Trains every teacher on the windows a training run's teacher gets, and scores all of them on the same folds and test people.
/// The blend is that of the default teacher, weighed on the training people alone.
/// </summary>
internal static class TeacherComparison
{
    /// <summary>Compares.</summary>
    /// <param name="options">Data, split, window and seed as for training.</param>
    /// <param name="onnx">Finished models to compare with.</param>
    /// <param name="progress">Receives which teacher is being trained.</param>
    /// <param name="cancellation">Checked between folds.</param>
    public static TeacherReport Run(
        TrainingOptions options, IReadOnlyList<OnnxOptions> onnx, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var classes = ClassUnion.Choose(options.Data, options.Classes);
        var split = SearchRun.SplitOf(options, classes);

        // Further windows and versions are for students: teachers learn from the device's own windows.
        var recipe = options.Recipe with { WindowsPerHop = 1, Variation = WearAugmentation.None };
        var transforms = FeatureTransforms.Of(new WindowExtractor(options.WindowSamples, options.HopSamples, WindowLabel.Whole, split.Upright).Layout);
        var members = TeacherChoice.BlendMembers(transforms);
        var others = Others(transforms);
        var steps = new RunProgress(progress, 2 + members.Count + others.Length + onnx.Count);
        steps.BeginStep(2);
        var windows = TrainingWindows.Of(split, classes, options with { Recipe = recipe }, steps);
        var labelled = windows.Device.Labelled();
        var folds = new CrossFitFolds(labelled, TrainingRun.Folds, options.Seed);
        var rows = new List<(TeacherRow Row, bool[]? Right)>();
        var fitted = new List<CrossFitting>();
        var memberSeconds = 0.0;
        foreach (var teacher in members.Concat(others))
        {
            var clock = Stopwatch.StartNew();
            steps.BeginStep();
            var fit = CrossFitting.Run(teacher, labelled, folds, options.Seed, null, steps, cancellation);
            var (seconds, isBlended) = (clock.Elapsed.TotalSeconds, members.Contains(teacher));
            var right = fit.Scores.AreRight(labelled.Labels);
            steps.Reached(right.Average(isRight => isRight ? 1.0 : 0));
            rows.Add((Row(teacher.Name, fit.Teacher, right, windows.Test, seconds) with { IsBlended = isBlended }, right));
            if (!isBlended)
            {
                fit.Teacher.Dispose();
                continue;
            }

            fitted.Add(fit);
            memberSeconds += seconds;
        }

        foreach (var file in onnx)
        {
            Begin(steps, Path.GetFileName(file.Path));
            rows.Add((Finished(new OnnxTeacher(file, options.Range), labelled, windows.Test, options.Seed), null));
        }

        Begin(steps, "blend");
        rows.Add(Blend(fitted, labelled, folds, windows.Test, memberSeconds));
        return new TeacherReport
        {
            Dataset = DataSet.NameOf(options.Data),
            Synthetic = DataSet.IsAnySynthetic(options.Data),
            Split = split.Name,
            Seed = options.Seed,
            Folds = folds.Count,
            TrainWindows = labelled.Rows,
            TestWindows = windows.Test.Rows,
            Processors = Environment.ProcessorCount,
            Teachers = Paired(rows, labelled.SubjectOfRow, options.Seed),
            Notes = [.. split.Notes, .. windows.Notes, .. onnx.Select(NoteOn)],
        };
    }

    private static Teacher[] Others(IReadOnlyList<InputTransform> transforms)
    {
        Teacher Of(TableLearnerKind kind) => new FeatureTeacher(TableLearner.Of(kind), transforms);
        return
        [
            Of(TableLearnerKind.Svc), Of(TableLearnerKind.Forest), Of(TableLearnerKind.ExtraTrees), Of(TableLearnerKind.Logistic),
            new FeatureTeacher(new TwoStageLearner(TableLearner.Of(TableLearnerKind.Linear)), transforms), new RocketTeacher(), new FusedTeacher(transforms), new FourierTeacher(transforms),
        ];
    }

    // Against the one with the most windows of training people right: equal ones have no p either.
    private static IReadOnlyList<TeacherRow> Paired(List<(TeacherRow Row, bool[]? Right)> rows, int[] people, int seed)
    {
        var best = rows.Where(row => row.Right is not null).MaxBy(row => row.Right!.Count(right => right)).Right!;
        return [.. rows.Select(row => row.Right is null || ReferenceEquals(row.Right, best) ? row.Row : row.Row with { PairedP = PairedTest.Of(people, best, row.Right, seed) })];
    }

    private static string NoteOn(OnnxOptions file) =>
        $"{Path.GetFileName(file.Path)} was finished elsewhere: its score on training people is not counted, and that on test people counts only if it never saw them.";

    private static void Begin(RunProgress steps, string name)
    {
        steps.BeginStep();
        steps.Report(new StepProgress("teacher: " + name, 0));
    }

    private static (TeacherRow Row, bool[]? Right) Blend(List<CrossFitting> fitted, WindowTable labelled, CrossFitFolds folds, WindowTable test, double memberSeconds)
    {
        var clock = Stopwatch.StartNew();
        var blend = BlendedTeacher.Blend(fitted, labelled, folds, further: null);
        using var teacher = blend.Teacher;
        var right = ClassProbabilities.AreRight(labelled, blend.SoftLabels);
        return (Row("blend (the default)", teacher, right, test, memberSeconds + clock.Elapsed.TotalSeconds), right);
    }

    private static TeacherRow Finished(OnnxTeacher onnx, WindowTable labelled, WindowTable test, int seed)
    {
        var clock = Stopwatch.StartNew();
        using var teacher = onnx.Train(labelled, seed);
        return Row(onnx.Name, teacher, null, test, clock.Elapsed.TotalSeconds);
    }

    private static TeacherRow Row(string name, TrainedTeacher teacher, bool[]? right, WindowTable test, double seconds)
    {
        var scores = teacher.Score(test);
        var probabilities = scores.Softmax();
        var classified = ClassificationScores.Of(
            test.Classes, test.Labels, scores.BestClasses(), [.. test.SubjectOfRow.Select(subject => test.Subjects[subject])]);
        var graded = ProbabilityScores.Of(probabilities, test.Labels);
        return new TeacherRow
        {
            Name = name,
            CrossValidatedAccuracy = right is null ? null : (double)right.Count(isRight => isRight) / right.Length,
            TestAccuracy = classified.Accuracy,
            TestMacroF1 = classified.MacroF1,
            TestWorstPerson = classified.PerSubject.Values.Min(person => person.Accuracy),
            TestLogLoss = graded.LogLoss,
            TestCalibrationError = graded.CalibrationError,
            Seconds = Math.Round(seconds, 1),
            IsBlended = false,
        };
    }
}

/// <summary>All teachers on the same windows.</summary>
internal sealed record TeacherReport
{
    /// <summary>Names of the data sets, joined by '+'.</summary>
    public required string Dataset { get; init; }

    /// <summary>True when any of the data was generated.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>How people were divided, in words.</summary>
    public required string Split { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary>Folds of the cross-validation.</summary>
    public required int Folds { get; init; }

    /// <summary>Labelled windows of training people.</summary>
    public required int TrainWindows { get; init; }

    /// <summary>Labelled windows of test people.</summary>
    public required int TestWindows { get; init; }

    /// <summary>Processors of the machine, for the seconds.</summary>
    public required int Processors { get; init; }

    /// <summary>The teachers, the blend last.</summary>
    public required IReadOnlyList<TeacherRow> Teachers { get; init; }

    /// <summary>What the reader must know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>One teacher's line in the comparison. Shares are 0..1.</summary>
internal sealed record TeacherRow
{
    /// <summary>The teacher's name.</summary>
    public required string Name { get; init; }

    /// <summary>Accuracy on training people by teachers that never saw the person; null for a finished model, of which nobody knows whom it saw.</summary>
    public required double? CrossValidatedAccuracy { get; init; }

    /// <summary>Accuracy on the test people.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>
    /// Two-sided p of a paired test against the teacher with the best cross-validated accuracy, see <see cref="PairedTest"/>; null for that one and for a finished model.
    /// </summary>
    public double? PairedP { get; init; }

    /// <summary>Accuracy on the test person it is worst on.</summary>
    public required double TestWorstPerson { get; init; }

    /// <summary>Mean F1 over the classes on the test people.</summary>
    public required double TestMacroF1 { get; init; }

    /// <summary>Mean −ln of the label's probability on the test people.</summary>
    public required double TestLogLoss { get; init; }

    /// <summary>Expected calibration error on the test people, 15 bins.</summary>
    public required double TestCalibrationError { get; init; }

    /// <summary>
    /// Wall-clock seconds of learning once from all training people and once without each fold; of the blend, those of its members
    /// and of finding the weights. The one number here that differs from run to run.
    /// </summary>
    public required double Seconds { get; init; }

    /// <summary>True when the default teacher blends it.</summary>
    public required bool IsBlended { get; init; }
}
