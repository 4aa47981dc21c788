namespace HarEdge.Trainer.Evaluation;

/// <summary>How often predictions were right, over all and by class and person. Shares are 0..1.</summary>
public sealed record ClassificationScores
{
    /// <summary>Class names in the order of the confusion matrix.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Rows: label; columns: prediction; counts of windows.</summary>
    public required int[][] Confusion { get; init; }

    /// <summary>Share of windows right for each person, by "data set/subject".</summary>
    public required IReadOnlyDictionary<string, SubjectScore> PerSubject { get; init; }

    /// <summary>Windows scored.</summary>
    public int Windows => Confusion.Sum(row => row.Sum());

    /// <summary>Share of windows right.</summary>
    public double Accuracy => Windows == 0 ? double.NaN : (double)Enumerable.Range(0, Classes.Count).Sum(c => Confusion[c][c]) / Windows;

    /// <summary>Harmonic mean of precision and recall of one class; 0 when it never was predicted right, NaN when it has no window and no prediction.</summary>
    public double F1(int classIndex)
    {
        var right = Confusion[classIndex][classIndex];
        var labelled = Confusion[classIndex].Sum();
        var predicted = Confusion.Sum(row => row[classIndex]);
        return labelled + predicted == 0 ? double.NaN : 2.0 * right / (labelled + predicted);
    }

    /// <summary>Mean F1 over the classes that occur.</summary>
    public double MacroF1 => Enumerable.Range(0, Classes.Count).Select(F1).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Counts right and wrong predictions.</summary>
    /// <param name="classes">Class names.</param>
    /// <param name="labels">For each window its class index; windows with a negative label are skipped.</param>
    /// <param name="predictions">For each window the predicted class index.</param>
    /// <param name="subjects">For each window its person.</param>
    public static ClassificationScores Of(
        IReadOnlyList<string> classes, IReadOnlyList<int> labels, IReadOnlyList<int> predictions, IReadOnlyList<string> subjects)
    {
        var confusion = classes.Select(_ => new int[classes.Count]).ToArray();
        var perSubject = new SortedDictionary<string, SubjectScore>(StringComparer.Ordinal);
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i] < 0)
            {
                continue;
            }

            confusion[labels[i]][predictions[i]]++;
            var sofar = perSubject.GetValueOrDefault(subjects[i], new SubjectScore(0, 0));
            perSubject[subjects[i]] = new SubjectScore(sofar.Windows + 1, sofar.Right + (labels[i] == predictions[i] ? 1 : 0));
        }

        return new ClassificationScores { Classes = classes, Confusion = confusion, PerSubject = perSubject };
    }
}

/// <summary>One person's windows.</summary>
public sealed record SubjectScore(int Windows, int Right)
{
    /// <summary>Share right; NaN without windows.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double Accuracy => (double)Right / Windows;
}

/// <summary>How good probabilities are, not only the best of them.</summary>
/// <param name="LogLoss">Mean −ln of the label's probability, at most 20 a window; 0 is perfect.</param>
/// <param name="CalibrationError">
/// Expected calibration error, 0..1: windows are sorted by the highest probability into 15 bins of equal width; the mean over
/// windows of how far a bin's accuracy is from its mean probability (Guo and others, On Calibration of Modern Neural Networks, 2017).
/// </param>
internal sealed record ProbabilityScores(double LogLoss, double CalibrationError)
{
    private const int Bins = 15;
    private const double HighestLoss = 20;

    /// <summary>Measures.</summary>
    /// <param name="probabilities">Rows × classes, each row summing to 1.</param>
    /// <param name="labels">Label of each row; rows with a negative one do not count.</param>
    public static ProbabilityScores Of(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> labels)
    {
        var loss = 0.0;
        var counted = 0;
        var surplus = new double[Bins];
        for (var row = 0; row < labels.Count; row++)
        {
            if (labels[row] < 0)
            {
                continue;
            }

            counted++;
            loss += Math.Min(HighestLoss, -Math.Log(probabilities[row][labels[row]]));
            var highest = probabilities[row].Max();
            var isRight = Array.IndexOf(probabilities[row], highest) == labels[row];
            surplus[Math.Clamp((int)(highest * Bins), 0, Bins - 1)] += highest - (isRight ? 1 : 0);
        }

        return new ProbabilityScores(loss / counted, surplus.Sum(Math.Abs) / counted);
    }
}

/// <summary>
/// Area under the receiver operating characteristic: the chance that a window of one kind has a higher value than one of the other
/// kind, ties counting half. 0.5 is guessing, 1 is telling them apart without error.
/// </summary>
internal static class Auroc
{
    /// <summary>Computes it by ranks; NaN when a side is empty.</summary>
    /// <param name="low">Values expected to be low.</param>
    /// <param name="high">Values expected to be high.</param>
    public static double Of(IReadOnlyCollection<double> low, IReadOnlyCollection<double> high)
    {
        if (low.Count == 0 || high.Count == 0)
        {
            return double.NaN;
        }

        var below = 0L;
        var halves = 0.0;
        foreach (var ties in low.Select(value => (value, IsHigh: false)).Concat(high.Select(value => (value, IsHigh: true))).GroupBy(v => v.value).OrderBy(g => g.Key))
        {
            var highs = ties.Count(v => v.IsHigh);
            var lows = ties.Count() - highs;
            halves += highs * (below + (lows / 2.0));
            below += lows;
        }

        return halves / low.Count / high.Count;
    }
}

/// <summary>
/// How far a figure could have been off with other people of the same kind: people, never windows, are drawn with replacement, since the
/// windows of a person are right or wrong together.
/// </summary>
/// <param name="Low">The 2.5th percentile of the resampled figure.</param>
/// <param name="High">The 97.5th percentile.</param>
internal sealed record BootstrapInterval(double Low, double High)
{
    private const int Draws = 2000;

    /// <summary>95 % interval of the share of windows right, NaN for fewer than two people.</summary>
    /// <param name="people">Each person's windows.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static BootstrapInterval OfAccuracy(IReadOnlyList<SubjectScore> people, int seed) =>
        Of(people.Count, seed, drawn => (double)drawn.Sum(person => people[person].Right) / drawn.Sum(person => people[person].Windows));

    /// <summary>95 % interval of the mean over people of each person's accuracy, NaN for fewer than two people.</summary>
    /// <param name="people">Each person's windows.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static BootstrapInterval OfMean(IReadOnlyList<SubjectScore> people, int seed) =>
        Of(people.Count, seed, drawn => drawn.Average(person => people[person].Accuracy));

    private static BootstrapInterval Of(int people, int seed, Func<int[], double> figure)
    {
        if (people < 2)
        {
            return new BootstrapInterval(double.NaN, double.NaN);
        }

        var random = new Random(seed);
        var figures = new double[Draws];
        var drawn = new int[people];
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < people; i++)
            {
                drawn[i] = random.Next(people);
            }

            figures[draw] = figure(drawn);
        }

        Array.Sort(figures);
        return new BootstrapInterval(figures[Draws / 40], figures[Draws - 1 - (Draws / 40)]);
    }
}
