using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Distillation.Calibration;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Training.Personal;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>
/// The main job: recordings → windows → teacher → student → fixed-point model → generated code → parity. Every choice is made
/// on training people by cross-validation grouped by person; test people appear in the scores only.
/// </summary>
public static class TrainingRun
{
    internal const int Folds = 4;

    // About two standard errors of the accuracy on a handful of people.
    private const double LeastGain = 0.05;

    /// <summary>Trains.</summary>
    /// <exception cref="InputException">The data cannot be used; the message says what and why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was written.</exception>
    public static TrainingResult Execute(TrainingOptions options, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        ExecuteAll([options], progress, cancellation)[0];

    /// <summary>Trains several students of the same windows and the same teacher.</summary>
    /// <param name="variants">Options that differ in budget, form of the student, coverage and command alone.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellation">Checked between steps.</param>
    /// <returns>One result for each variant, as if it had been trained alone.</returns>
    /// <exception cref="InputException">The data cannot be used; the message says what and why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was written.</exception>
    public static IReadOnlyList<TrainingResult> ExecuteAll(
        IReadOnlyList<TrainingOptions> variants, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        var options = variants[0];
        var range = CommonRange(options.Data);
        var classes = ClassUnion.Choose(options.Data, options.Classes ?? (options.Wearer is null ? null : Wearer.ClassesOf(options.Data, options.Wearer)));
        List<IReadOnlyList<Recording>> relabelled = [.. options.Data.Select(set => ClassUnion.Relabel(set, classes))];
        PersonalStudy? personal = null;
        DataSplit split;
        if (options.Wearer is { } wearer)
        {
            var own = PersonalSplit.Of(relabelled.SelectMany(set => set), classes, wearer, options.WindowSamples);
            personal = PersonalTrial.Run(options, own, progress, cancellation);
            split = own.With(new PersonalBlend(wearer, personal.PublicShare));
        }
        else
        {
            split = DataSplit.Of(options.Data, relabelled, options.TestSubjects, options.WindowSamples);
        }

        var nominal = WearCalibration.NominalGravity(split.Train, classes);
        if (options.WearCalibration)
        {
            split = CalibratedWear.Of(split, classes, nominal, range);
        }

        var log = new TrainingLog();
        log.Add($"{classes.Count} classes; split {split.Name}");
        var windows = TrainingWindows.Of(split, classes, options, progress);
        RequireVariation(windows.Lessons);
        log.Add($"{windows.Lessons.Rows} windows to learn from, {windows.Test.Rows} to test on, {windows.Layout.Count} features");

        var folds = new CrossFitFolds(windows.Lessons, Folds, options.Seed);
        using var taught = TaughtWindows.Of(windows, folds, options, range, progress, cancellation);
        log.Add($"teacher: {taught.Name}, " + (taught.AreCrossFitted ? $"cross-validated accuracy {taught.CrossValidated:P2}" : "finished elsewhere")
            + (taught.Context is null ? "" : "; it hears the windows before and after the one it labels"));

        var (alone, inContext) = taught.Classify(windows.TestStream);
        var teacher = (Score(windows.Test, alone), inContext is null ? null : Score(windows.Test, inContext));

        progress?.Report(new StepProgress("prices of features", 0));
        var shared = new Shared(range, classes, split, personal, nominal, windows, folds, taught, teacher, FeaturePrices.Measure(split.Train, options.WindowSamples, options.HopSamples, split.Upright), log);
        return [.. variants.Select(variant => Distil(variant, shared, progress, cancellation))];
    }

    private static TrainingResult Distil(TrainingOptions options, Shared shared, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var (range, classes, split, personal, nominal, windows, folds, taught, teacher, prices, sharedLog) = shared;
        var log = new TrainingLog(sharedLog);
        int[] present = [.. UnknownLimits.Features.Select(name => windows.Layout.Find(name).Index)];
        var lessons = new DistillationInput
        {
            Table = windows.Lessons,
            FeatureNames = windows.Names,
            SoftLabels = taught.SoftLabels,
            Prices = prices,
            Present = present,
            Upright = split.Upright,
            Weights = personal is null ? null : new PersonalBlend(personal.Wearer, personal.PublicShare).WeightsOf(windows.Lessons),
            LeftOut = options.Recipe.ColumnsLeftOut(windows.Layout),
            TeacherShare = options.Recipe.ShareOf(taught.Context is not null),
            Temperature = options.Recipe.Temperature,
            Budget = new StudentBudget(options.MostBytes, int.MaxValue, DecisionOverhead.InstructionsForFeatures(options.MostInstructions, classes.Count, prices.Of(present))),
            Seed = options.Seed,
            Signal = new SignalSettings(options.WindowSamples, options.HopSamples, SensorScale.SampleRateHz, range),
        };
        var trials = StudentTrial.RunAll(FormsOf(options), lessons, windows.Device, windows.Layout, folds, progress, cancellation);
        foreach (var trial in trials)
        {
            log.Add($"student {trial.Student.Kind}: " + (trial.Refusal ?? $"cross-validated accuracy {trial.Accuracy:P2}"
                + (trial.IsWhole ? "" : $" in {trial.FoldsDone} of {folds.Count} folds, too far behind for the others to be tried")));
        }

        var kept = StudentTrial.BestOf(trials)!;
        progress?.Report(new StepProgress($"student: {kept.Student.Kind}", 0));

        var share = taught.ShareFor(kept.IsRight(windows.Device), lessons.TeacherShare, log);
        var distilled = kept.Student.Distil(lessons with { TeacherShare = share });
        log.Add($"kept {kept.Student.Kind}; integers agree with floating point on {distilled.FixedPointAgreement:P2} of its lessons");
        var model = StudentCalibration.Of(distilled.Model with { NominalGravity = nominal }, kept, split.Train, windows, options.Coverage, log);
        cancellation.ThrowIfCancellationRequested();

        var predictions = Predict(model, windows);
        var studentScores = Score(windows.Test, predictions);
        model = ModelId.Stamp(model with { Manifest = RunManifest.Of(options, split, taught, kept, teacher.Alone, studentScores) });
        var sources = GeneratedSources.Of(model);
        var parity = ModelParity.Run(model, sources, split.Test, progress);
        var onRecordings = ModelTrial.Of(model, TestSets(options, split, classes), windows.LeastLabelShare, progress, cancellation);
        log.Add($"parity of {string.Join(", ", parity.Legs)}: {parity.Mismatches} mismatches in {parity.Windows} windows");
        return new TrainingResult(onRecordings)
        {
            Model = model,
            StudentKind = kept.Student.Kind,
            Split = split.Name,
            Notes = [.. NotesOnChance(studentScores), .. split.Notes, .. NotesOnTurned(split, windows.Test, predictions), .. windows.Notes, .. taught.Notes],
            Teacher = teacher.Alone,
            TeacherInContext = teacher.InContext,
            Student = studentScores,
            LeastLabelShare = windows.LeastLabelShare,
            Personal = personal,
            StudentOfDataSet = OfDataSets(windows.Test, predictions),
            CrossValidation = CrossValidationOf(taught, trials),
            Parity = parity,
            ModelSource = sources.Model,
            KnownAnswersSource = sources.KnownAnswers,
            Log = log.Lines,
        };
    }

    private static SensorRange CommonRange(IReadOnlyList<DataSet> data)
    {
        var other = data.FirstOrDefault(set => set.Range != data[0].Range);
        return other is null
            ? data[0].Range
            : throw new InputException(
                $"{data[0].Name} and {other.Name} are in counts of different sensor ranges.", "Read them with the same --accel-range and --gyro-range.", exitCode: 2);
    }

    private static void RequireVariation(WindowTable lessons)
    {
        var first = lessons.Row(0).ToArray();
        if (Enumerable.Range(1, lessons.Rows - 1).All(row => lessons.Row(row).SequenceEqual(first)))
        {
            throw new InputException(
                "All windows to learn from are the same: the sensor's values never change.",
                "Look at the files with haredge data check: the columns may be the wrong ones, or the sensor was dead.");
        }
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

    private static IReadOnlyList<DataSet> TestSets(TrainingOptions options, DataSplit split, IReadOnlyList<string> classes) =>
        [.. options.Data.Select(set => set with { Classes = classes, Recordings = [.. split.Test.Where(recording => recording.DataSet == set.Name)] })];

    private static Student[] FormsOf(TrainingOptions options) => options.Student == StudentChoice.Auto
        ? [options.Recipe.FormOf(StudentChoice.Linear), options.Recipe.FormOf(StudentChoice.Trees)]
        : [options.Recipe.FormOf(options.Student)];

    private static ClassificationScores Score(WindowTable table, IReadOnlyList<int> predictions) => ClassificationScores.Of(
        table.Classes, table.Labels, predictions, [.. table.SubjectOfRow.Select(subject => table.Subjects[subject])]);

    private static int[] Predict(FixedPointModel model, TrainingWindows windows)
    {
        var evaluator = new ModelEvaluator(model, windows.Layout);
        return [.. Enumerable.Range(0, windows.Test.Rows).Select(row => evaluator.Evaluate(windows.Test.Row(row)).WindowClass)];
    }

    // A device whose wearer never stands still says that its calibration failed; the scores hold such people against the model all the same.
    private static IEnumerable<string> NotesOnTurned(DataSplit split, WindowTable test, int[] predictions)
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

    private static Dictionary<string, ClassificationScores> OfDataSets(WindowTable test, int[] predictions)
    {
        string SetOf(int row) => test.Subjects[test.SubjectOfRow[row]].Split('/')[0];
        return Enumerable.Range(0, test.Rows).GroupBy(SetOf).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => Score(test.Select([.. group]), [.. group.Select(row => predictions[row])]));
    }

    private static SortedDictionary<string, double> CrossValidationOf(TaughtWindows taught, IReadOnlyList<StudentTrial> trials)
    {
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (taught.AreCrossFitted)
        {
            all["teacher"] = taught.CrossValidated;
        }

        foreach (var trial in trials.Where(trial => trial.IsWhole))
        {
            all["student " + trial.Student.Kind] = trial.Accuracy;
        }

        return all;
    }

    // What all variants are made of.
    private sealed record Shared(
        SensorRange Range,
        IReadOnlyList<string> Classes,
        DataSplit Split,
        PersonalStudy? Personal,
        IReadOnlyList<int>? Nominal,
        TrainingWindows Windows,
        CrossFitFolds Folds,
        TaughtWindows Taught,
        (ClassificationScores Alone, ClassificationScores? InContext) Teacher,
        FeaturePrices Prices,
        TrainingLog Log);
}
