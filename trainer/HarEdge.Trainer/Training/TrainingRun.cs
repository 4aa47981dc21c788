using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>
/// The main job: recordings → windows → teacher → student → fixed-point model → generated code → parity. Every choice is made
/// on training people by cross-validation grouped by person; test people appear in the scores only.
/// </summary>
public static class TrainingRun
{
    internal const int Folds = 4;

    // Windows, teacher and prices; of each variant cross-validation, student, parity and the whole test recordings.
    private const int CommonSteps = 3;
    private const int StepsOfVariant = 4;

    /// <summary>Trains.</summary>
    /// <exception cref="InputException">The data cannot be used; the message says what and why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was written.</exception>
    public static TrainingResult Execute(TrainingOptions options, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        ExecuteAll([options], progress, cancellation)[0];

    /// <summary>Trains several students of the same windows and the same teacher.</summary>
    /// <param name="variants">Options that differ in budget, form of the student, coverage and command alone.</param>
    /// <param name="progress">Receives what is done.</param>
    /// <param name="cancellation">Checked between steps.</param>
    /// <returns>One result for each variant, as if it had been trained alone.</returns>
    /// <exception cref="InputException">The data cannot be used; the message says what and why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was written.</exception>
    public static IReadOnlyList<TrainingResult> ExecuteAll(
        IReadOnlyList<TrainingOptions> variants, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        var options = variants[0];
        var log = new TrainingLog();
        var steps = new RunProgress(progress, (options.Wearer is null ? 0 : 1) + CommonSteps + (variants.Count * StepsOfVariant));
        var data = TrainingData.Of(options, steps, cancellation);
        log.Add($"{data.Classes.Count} classes; split {data.Split.Name}");

        steps.BeginStep(TrainingWindows.Parts(options));
        var windows = TrainingWindows.Of(data.Split, data.Classes, options, steps);
        RequireVariation(windows.TrainingSet);
        log.Add($"{windows.TrainingSet.Rows} windows to learn from, {windows.Test.Rows} to test on, {windows.Layout.Count} features");

        using var teacher = TeacherPredictions.Of(windows, options, steps, cancellation);
        log.Add($"teacher: {teacher.Name}, " + (teacher.AreCrossFitted ? $"cross-validated accuracy {teacher.CrossValidated:P2}" : "finished elsewhere")
            + (teacher.Context is null ? "" : "; it labels in temporal context, by the windows before and after"));

        steps.BeginStep();
        steps.Report(new StepProgress("prices of features", 0));
        var prices = FeaturePrices.Measure(windows.Layout, data.Split.Train, options.WindowSamples, options.HopSamples);
        var stages = new TeachingStages(data, windows, teacher, prices);
        return [.. variants.Select(variant => Finish(variant, stages, new TrainingLog(log), steps, cancellation))];
    }

    // Student → integer model with id → generated code → parity and scores on the test people.
    private static TrainingResult Finish(
        TrainingOptions options, TeachingStages stages, TrainingLog log, RunProgress steps, CancellationToken cancellation)
    {
        var (data, windows, teacher, _) = stages;
        var student = StudentDistillation.Of(options, stages, log, steps, cancellation);
        var predictions = RunScores.Predict(student.Model, windows);
        var scores = RunScores.Score(windows.Test, predictions);
        var model = ModelId.Stamp(student.Model with
        {
            Manifest = RunScores.ManifestOf(options, data.Split, teacher, student.Kept, scores),
        });
        var sources = GeneratedSources.Of(model);
        steps.BeginStep();
        var parity = ModelParity.Run(model, sources, data.Split.Test, steps);
        var testSets = data.TestSets(options.Data);
        steps.BeginStep();
        var onRecordings = ModelTrial.Of(model, testSets, windows.LeastLabelShare, steps, cancellation);
        log.Add($"parity of {string.Join(", ", parity.Backends)}: {parity.Mismatches} mismatches in {parity.Windows} windows");
        return new TrainingResult(onRecordings)
        {
            Model = model,
            StudentKind = student.Kept.Student.Kind,
            Split = data.Split.Name,
            Notes =
            [
                .. RunScores.NotesOnChance(scores), .. data.Split.Notes, .. RunScores.NotesOnTurned(data.Split, windows.Test, predictions),
                .. windows.Notes, .. teacher.Notes,
            ],
            Teacher = teacher.TestScores,
            TeacherInContext = teacher.TestScoresInContext,
            Student = scores,
            TestSets = testSets,
            IsWearCalibrated = data.Split.Wear is not null,
            LeastLabelShare = windows.LeastLabelShare,
            Personal = data.Personal,
            StudentOfDataSet = RunScores.OfDataSets(windows.Test, predictions),
            CrossValidation = RunScores.CrossValidationOf(teacher, student.Trials),
            Parity = parity,
            ModelSource = sources.Model,
            KnownAnswersSource = sources.KnownAnswers,
            Log = log.Lines,
        };
    }

    private static void RequireVariation(WindowTable trainingSet)
    {
        var first = trainingSet.Row(0).ToArray();
        if (Enumerable.Range(1, trainingSet.Rows - 1).All(row => trainingSet.Row(row).SequenceEqual(first)))
        {
            throw new InputException(
                "All windows to learn from are the same: the sensor's values never change.",
                "Look at the files with haredge data check: the columns may be the wrong ones, or the sensor was dead.");
        }
    }
}

/// <summary>What a run has before it makes a student, the same for all its variants.</summary>
/// <param name="Data">Recordings to learn from and to test on.</param>
/// <param name="Windows">Cut of them.</param>
/// <param name="Teacher">What the teacher says of the windows.</param>
/// <param name="Prices">What each feature costs the device.</param>
internal sealed record TeachingStages(TrainingData Data, TrainingWindows Windows, TeacherPredictions Teacher, FeaturePrices Prices);

/// <summary>What a run found, line by line; free of times and paths, so that the same run gives the same log.</summary>
/// <param name="beginning">A log that this one goes on from, or null.</param>
internal sealed class TrainingLog(TrainingLog? beginning = null)
{
    private readonly List<string> lines = [.. beginning?.Lines ?? []];

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>Appends a line.</summary>
    public void Add(string line) => lines.Add(line);
}

/// <summary>The first stage of a run: recordings with labels of one list of classes, divided into those to learn from and those to test on.</summary>
/// <param name="Classes">Class names.</param>
/// <param name="Split">The recordings, turned when the options ask for wear calibration.</param>
/// <param name="NominalGravity">Where gravity points on training people who stand; null when nobody does.</param>
/// <param name="Personal">What the wearer's own recordings are worth; null for a model for people in general.</param>
internal sealed record TrainingData(IReadOnlyList<string> Classes, DataSplit Split, IReadOnlyList<int>? NominalGravity, PersonalStudy? Personal)
{
    /// <summary>Chooses the classes and divides the recordings.</summary>
    /// <exception cref="InputException">The data cannot be used; the message says what and why.</exception>
    public static TrainingData Of(TrainingOptions options, RunProgress steps, CancellationToken cancellation)
    {
        // Both refuse mixed data, before anything is computed.
        _ = (options.Range, options.HasGyroscope);
        var classes = ClassUnion.Choose(options.Data, options.Classes ?? (options.Wearer is null ? null : Wearer.ClassesOf(options.Data, options.Wearer)));
        List<IReadOnlyList<Recording>> relabelled = [.. options.Data.Select(set => ClassUnion.Relabel(set, classes))];
        PersonalStudy? personal = null;
        DataSplit split;
        if (options.Wearer is { } wearer)
        {
            var own = PersonalSplit.Of(relabelled.SelectMany(set => set), classes, wearer, options.WindowSamples);
            steps.BeginStep();
            personal = PersonalTrial.Run(options, own, steps, cancellation);
            split = own.With(new PersonalBlend(wearer, personal.PublicShare));
        }
        else
        {
            split = DataSplit.Of(options.Data, relabelled, options.TestSubjects, options.WindowSamples);
        }

        var nominal = WearCalibration.NominalGravity(split.Train, classes);
        return new TrainingData(classes, CalibratedWear.Chosen(options, split, classes, nominal), nominal, personal);
    }

    /// <summary>The recordings to test on, by their data sets.</summary>
    public IReadOnlyList<DataSet> TestSets(IReadOnlyList<DataSet> data) =>
        [.. data.Select(set => set with { Classes = Classes, Recordings = [.. Split.Test.Where(recording => recording.DataSet == set.Name)] })];
}
