using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Teachers;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>What the teacher says of a run's windows.</summary>
/// <param name="Name">The teacher's.</param>
/// <param name="Teacher">Learned from all training people.</param>
/// <param name="SoftLabels">Rows × classes probabilities of the training windows.</param>
/// <param name="AreCrossFitted">True when each label comes from a teacher that never saw the person.</param>
/// <param name="IsRight">For each labelled device window of training people whether the teacher is correct, using each by itself.</param>
/// <param name="IsLabelRight">For each of those whether what the student would learn of it is correct.</param>
/// <param name="SubjectOfRow">For each of those its person.</param>
/// <param name="Context">How the teacher uses a window's neighbors; null when it is better off without.</param>
internal sealed record TeacherPredictions(
    string Name,
    TrainedTeacher Teacher,
    float[][] SoftLabels,
    bool AreCrossFitted,
    bool[] IsRight,
    bool[] IsLabelRight,
    int[] SubjectOfRow,
    TemporalContext? Context) : IDisposable
{
    /// <summary>The parts the training people's windows were divided into.</summary>
    public required CrossFitFolds Folds { get; init; }

    /// <summary>The teacher on the test windows, each by itself.</summary>
    public required ClassificationScores TestScores { get; init; }

    /// <summary>The teacher on the same windows in temporal context; null when it is better off without.</summary>
    public ClassificationScores? TestScoresInContext { get; init; }

    /// <summary>Share of training people's windows right, by teachers that never saw the person.</summary>
    /// <exception cref="InvalidOperationException">A finished model has no such share.</exception>
    public double CrossValidated => AreCrossFitted
        ? IsRight.Average(right => right ? 1.0 : 0.0)
        : throw new InvalidOperationException("Answers of a model that may know the people are no cross-validation.");

    /// <summary>What the user must know.</summary>
    public IReadOnlyList<string> Notes => AreCrossFitted
        ? []
        :
        [
            $"{Name} was finished elsewhere: its labels of training people are not cross-fitted, and how well it does on them is not counted. "
            + "Its score on the test people counts only if it never saw them.",
        ];

    /// <summary>Trains the teacher and lets it label: one step.</summary>
    public static TeacherPredictions Of(
        TrainingWindows windows,
        TrainingOptions options,
        RunProgress steps,
        CancellationToken cancellation)
    {
        // The teacher learns from the device's own windows; half-hop windows in between add time rather than knowledge.
        var labelled = windows.Device.Labelled();
        var folds = new CrossFitFolds(windows.TrainingSet, TrainingRun.Folds, options.Seed);
        var teacher = options.Teacher.Make(windows.Layout, options.Range);
        steps.BeginStep(teacher.Parts);
        var fitted = teacher.TrainAndCrossFit(labelled, folds, options.Seed, windows.TrainingSet, steps, cancellation);
        var isRight = ClassProbabilities.AreRight(labelled, fitted.SoftLabels);
        var (softLabels, context) = InContext(windows.TrainingSet, fitted.FurtherSoftLabels!, options.Recipe);
        var isLabelRight = context is null ? isRight : AreLabelsRight(labelled, windows.TrainingSet, softLabels);
        var (alone, inContext) = Classify(fitted.Teacher, context, windows.TestStream);
        return new TeacherPredictions(teacher.Name, fitted.Teacher, softLabels, fitted.AreCrossFitted, isRight, isLabelRight, labelled.SubjectOfRow, context)
        {
            Folds = folds,
            TestScores = RunScores.Score(windows.Test, alone),
            TestScoresInContext = inContext is null ? null : RunScores.Score(windows.Test, inContext),
        };
    }

    // The device's labelled windows are training windows, too: those that start on its hop.
    private static bool[] AreLabelsRight(WindowTable labelled, WindowTable trainingSet, float[][] softLabels)
    {
        var rowOf = Enumerable.Range(0, trainingSet.Rows).ToDictionary(row => (trainingSet.RecordingOfRow[row], trainingSet.StartSample[row]));
        return ClassProbabilities.AreRight(
            labelled, [.. Enumerable.Range(0, labelled.Rows).Select(row => softLabels[rowOf[(labelled.RecordingOfRow[row], labelled.StartSample[row])]])]);
    }

    /// <summary>What the teacher says of the training windows when it uses their neighbors, or what it said, where that is correct more often.</summary>
    /// <param name="trainingSet">Labelled windows.</param>
    /// <param name="alone">Of each window by itself.</param>
    /// <param name="recipe">Whether to try.</param>
    internal static (float[][] SoftLabels, TemporalContext? Context) InContext(WindowTable trainingSet, float[][] alone, StudentRecipe recipe)
    {
        if (!recipe.InContext)
        {
            return (alone, null);
        }

        var context = TemporalContext.Learn(trainingSet);
        var smoothed = context.Of(trainingSet, alone);
        int Right(float[][] probabilities) => ClassProbabilities.AreRight(trainingSet, probabilities).Count(right => right);
        return Right(smoothed) > Right(alone) ? (smoothed, context) : (alone, null);
    }

    // The teacher's classes of the labelled windows of recordings it never saw: of each window by itself, and in context where it has one. It gets
    // all windows of the recordings, those without a label included: a teacher must not know where activities end.
    private static (IReadOnlyList<int> Alone, IReadOnlyList<int>? InContext) Classify(TrainedTeacher teacher, TemporalContext? context, WindowTable stream)
    {
        var scores = teacher.Score(stream);
        var alone = scores.BestClasses();
        var smoothed = context?.Of(stream, scores.Softmax());
        var labelled = Enumerable.Range(0, stream.Rows).Where(row => stream.Labels[row] >= 0).ToList();
        return ([.. labelled.Select(row => alone[row])], smoothed is null ? null : [.. labelled.Select(row => ClassProbabilities.BestClass(smoothed[row]))]);
    }

    /// <summary>
    /// The share of the teacher in what the student learns: the full one when its lead over the student by itself, on people never seen, is
    /// a standard error or more, and less the smaller the lead; behind, it has nothing to teach. Of a finished model this cannot be measured, and
    /// whoever names one wants to learn from it.
    /// </summary>
    /// <param name="isStudentRight">For the same windows whether the student by itself is correct.</param>
    /// <param name="fullShare">Share of a teacher that is better.</param>
    /// <param name="log">Receives the reason.</param>
    public double ShareFor(bool[] isStudentRight, double fullShare, TrainingLog log)
    {
        if (!AreCrossFitted)
        {
            log.Add($"share of the teacher in what the student learns: {fullShare:P0}, untested");
            return fullShare;
        }

        var advantage = PairedComparison.Of(IsLabelRight, isStudentRight, SubjectOfRow);
        var share = fullShare * advantage.Certainty;
        log.Add($"teacher over student by itself: {100 * advantage.MeanDifference:F2} ± {100 * advantage.StandardError:F2} points a person; "
            + $"share of the teacher in what the student learns: {share:P0}");
        return share;
    }

    /// <inheritdoc/>
    public void Dispose() => Teacher.Dispose();
}

/// <summary>
/// Whether one way of classifying is better than another for people in general, judged by the same windows of the same people:
/// the mean over people of the difference in accuracy, and its standard error.
/// </summary>
/// <param name="MeanDifference">First minus second, 0..1.</param>
/// <param name="StandardError">Of that mean; infinite for fewer than two people.</param>
internal sealed record PairedComparison(double MeanDifference, double StandardError)
{
    /// <summary>0 when the first is no better, 1 when its lead is as large as chance makes people differ, in between the lead in standard errors.</summary>
    public double Certainty => MeanDifference <= 0 ? 0 : Math.Min(1, MeanDifference / StandardError);

    /// <summary>Compares.</summary>
    /// <param name="first">For each window whether the first was right.</param>
    /// <param name="second">For each window whether the second was right.</param>
    /// <param name="people">For each window its person.</param>
    public static PairedComparison Of(IReadOnlyList<bool> first, IReadOnlyList<bool> second, IReadOnlyList<int> people)
    {
        var differences = Enumerable.Range(0, people.Count)
            .GroupBy(i => people[i])
            .Select(windows => windows.Average(i => (first[i] ? 1.0 : 0.0) - (second[i] ? 1.0 : 0.0)))
            .ToList();
        var mean = differences.Average();
        var error = differences.Count < 2
            ? double.PositiveInfinity
            : Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (differences.Count - 1) / differences.Count);
        return new PairedComparison(mean, error);
    }
}

/// <summary>
/// What a window is when the windows before and after it are used, too: the forward–backward algorithm (Rabiner, Proceedings of
/// the IEEE 77, 1989) over activities that give way to each other at a constant rate. A teacher has whole recordings and all the
/// time; the device cannot wait for what comes.
/// </summary>
internal sealed class TemporalContext
{
    // A window that a teacher is quite wrong about must not outvote all its neighbors.
    private const double LeastProbability = 1e-4;

    private readonly double changesPerSample;

    private TemporalContext(double changesPerSample) => this.changesPerSample = changesPerSample;

    /// <summary>Learns how often activities change.</summary>
    /// <param name="windows">Windows of training people; those without a label do not count.</param>
    public static TemporalContext Learn(WindowTable windows)
    {
        ArgumentNullException.ThrowIfNull(windows);

        // Half a change more than there were: none in a short recording does not mean never.
        var changes = 0.5;
        var samples = 0;
        foreach (var rows in InOrder(windows, row => windows.Labels[row] >= 0))
        {
            for (var i = 1; i < rows.Length; i++)
            {
                changes += windows.Labels[rows[i]] == windows.Labels[rows[i - 1]] ? 0 : 1;
                samples += windows.StartSample[rows[i]] - windows.StartSample[rows[i - 1]];
            }
        }

        return new TemporalContext(changes / Math.Max(1, samples));
    }

    /// <summary>Probabilities in context.</summary>
    /// <param name="windows">Windows whose neighbors are in the table, too; pauses and missing windows are time in which more may change.</param>
    /// <param name="alone">Rows × classes probabilities of each window by itself.</param>
    /// <returns>Rows × classes; each row sums to 1.</returns>
    public float[][] Of(WindowTable windows, float[][] alone)
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(alone);
        var inContext = new float[windows.Rows][];
        foreach (var rows in InOrder(windows, _ => true))
        {
            // Overlapping windows hold the same samples several times: together they count once.
            var spacing = rows.Skip(1).Zip(rows, (row, last) => windows.StartSample[row] - windows.StartSample[last])
                .Where(gap => gap > 0).DefaultIfEmpty(int.MaxValue).Min();
            var share = Math.Min(1, (double)spacing / Math.Max(1, windows.WindowSamples));
            var evidence = Array.ConvertAll(rows, row => Array.ConvertAll(alone[row], p => Math.Pow(Math.Max(p, LeastProbability), share)));
            var start = Array.ConvertAll(rows, row => windows.StartSample[row]);
            var before = Chain(evidence, start);
            Array.Reverse(evidence);
            Array.Reverse(start);
            var after = Chain(evidence, start);
            for (var i = 0; i < rows.Length; i++)
            {
                // Each chain holds the window's own evidence: once is enough.
                var own = evidence[^(i + 1)];
                var smoothed = Normalized([.. before[i].Select((p, c) => p * after[^(i + 1)][c] / own[c])]);
                inContext[rows[i]] = Array.ConvertAll(smoothed, p => (float)p);
            }
        }

        return inContext;
    }

    private static IEnumerable<int[]> InOrder(WindowTable windows, Func<int, bool> counts) => Enumerable.Range(0, windows.Rows)
        .Where(counts)
        .GroupBy(row => windows.RecordingOfRow[row])
        .Select(recording => recording.OrderBy(row => windows.StartSample[row]).ToArray());

    // For each window, in the order given, the probabilities from all evidence up to it.
    private double[][] Chain(double[][] evidence, int[] start)
    {
        var classes = evidence[0].Length;
        var chain = new double[evidence.Length][];
        for (var i = 0; i < chain.Length; i++)
        {
            // The chance that nothing was forgotten since the window before; what is forgotten may be any class.
            var kept = i == 0 ? 0 : Math.Exp(-changesPerSample * classes / Math.Max(1, classes - 1) * Math.Abs(start[i] - start[i - 1]));
            var last = i == 0 ? evidence[0] : chain[i - 1];
            chain[i] = Normalized([.. evidence[i].Select((p, c) => p * (kept * last[c] + (1 - kept) / classes))]);
        }

        return chain;
    }

    private static double[] Normalized(double[] values)
    {
        var sum = values.Sum();
        return Array.ConvertAll(values, value => value / sum);
    }
}
