using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Learning;

/// <summary>Rows × classes scores: natural logarithms of probabilities up to a constant a row.</summary>
internal sealed class ClassScores(int rows, int classes)
{
    // A label given a probability below 2·10⁻⁹ counts as if it were that: one mislabelled window must not set the temperature of all.
    private const double HighestLoss = 20;

    private readonly double[] values = new double[rows * classes];

    /// <summary>Number of rows.</summary>
    public int Rows { get; } = rows;

    /// <summary>Number of classes.</summary>
    public int Classes { get; } = classes;

    /// <summary>The scores of one row; writing changes them.</summary>
    public Span<double> this[int row] => values.AsSpan(row * Classes, Classes);

    /// <summary>The same scores, only those of some classes, in that order.</summary>
    public ClassScores Select(IReadOnlyList<int> classes)
    {
        var selected = new ClassScores(Rows, classes.Count);
        for (var row = 0; row < Rows; row++)
        {
            for (var c = 0; c < classes.Count; c++)
            {
                selected[row][c] = this[row][classes[c]];
            }
        }

        return selected;
    }

    /// <summary>Probabilities, each row summing to 1.</summary>
    public float[][] Softmax()
    {
        var all = new float[Rows][];
        Span<double> exponentials = stackalloc double[Classes];
        for (var row = 0; row < Rows; row++)
        {
            var sum = Exponentials(this[row], 1, exponentials);
            var probabilities = new float[Classes];
            for (var c = 0; c < Classes; c++)
            {
                probabilities[c] = (float)(exponentials[c] / sum);
            }

            all[row] = probabilities;
        }

        return all;
    }

    /// <summary>For each row the class of the highest score; ties go to the lowest index.</summary>
    public int[] BestClasses()
    {
        var best = new int[Rows];
        for (var row = 0; row < Rows; row++)
        {
            best[row] = ArgMax(this[row]);
        }

        return best;
    }

    /// <summary>For each row whether the best class is the label.</summary>
    public bool[] AreRight(IReadOnlyList<int> labels) => [.. BestClasses().Select((best, row) => best == labels[row])];

    /// <summary>Index of the highest value; ties go to the lowest.</summary>
    public static int ArgMax(ReadOnlySpan<double> row)
    {
        var best = 0;
        for (var c = 1; c < row.Length; c++)
        {
            if (row[c] > row[best])
            {
                best = c;
            }
        }

        return best;
    }

    /// <summary>Mean −ln of the label's probability, at most 20 a row, when all scores are multiplied by a factor; rows without label do not count.</summary>
    public double LogLoss(IReadOnlyList<int> labels, double factor = 1)
    {
        Span<double> exponentials = stackalloc double[Classes];
        var sum = 0.0;
        var counted = 0;
        for (var row = 0; row < Rows; row++)
        {
            if (labels[row] < 0)
            {
                continue;
            }

            var scores = this[row];
            var total = Exponentials(scores, factor, exponentials);
            sum += Math.Min(HighestLoss, Math.Log(total) - (factor * (scores[labels[row]] - scores[ArgMax(scores)])));
            counted++;
        }

        return sum / counted;
    }

    /// <summary>Number of labelled rows whose best class is not the label.</summary>
    public int Errors(IReadOnlyList<int> labels)
    {
        var errors = 0;
        for (var row = 0; row < Rows; row++)
        {
            errors += labels[row] >= 0 && ArgMax(this[row]) != labels[row] ? 1 : 0;
        }

        return errors;
    }

    // exp(factor · (score − best)) into the buffer; returns their sum, which is at least 1.
    private static double Exponentials(ReadOnlySpan<double> scores, double factor, Span<double> exponentials)
    {
        var best = scores[ArgMax(scores)];
        var sum = 0.0;
        for (var c = 0; c < scores.Length; c++)
        {
            exponentials[c] = Math.Exp(factor * (scores[c] - best));
            sum += exponentials[c];
        }

        return sum;
    }
}

/// <summary>Questions to the probabilities of classes, rows × classes.</summary>
internal static class ClassProbabilities
{
    /// <summary>The most probable class; ties go to the lowest.</summary>
    internal static int BestClass(float[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());

    /// <summary>For each window whether its label is the most probable class.</summary>
    internal static bool[] AreRight(WindowTable windows, float[][] probabilities) =>
        [.. Enumerable.Range(0, windows.Rows).Select(row => BestClass(probabilities[row]) == windows.Labels[row])];
}

/// <summary>Whether two classifiers of the same rows differ by more than chance.</summary>
internal static class PairedTest
{
    private const int LeastPeople = 6;
    private const int Draws = 10_000;

    /// <summary>
    /// Two-sided p. With six people or more by flipping the signs of their differences at random, since rows of one person are no independent evidence; otherwise by McNemar's exact test
    /// over rows.
    /// </summary>
    public static double Of(int[]? groupOfRow, bool[] first, bool[] second, int seed)
    {
        if (groupOfRow is not null && groupOfRow.Distinct().Count() >= LeastPeople)
        {
            double[] differences = [.. Enumerable.Range(0, groupOfRow.Length).GroupBy(row => groupOfRow[row]).Select(rows => rows.Average(row => (first[row] ? 1.0 : 0) - (second[row] ? 1 : 0)))];
            return BySigns(differences, seed);
        }

        var onlyFirst = Enumerable.Range(0, first.Length).Count(row => first[row] && !second[row]);
        var onlySecond = Enumerable.Range(0, first.Length).Count(row => !first[row] && second[row]);
        var (n, k) = (onlyFirst + onlySecond, Math.Min(onlyFirst, onlySecond));
        return n == 0 ? 1 : Math.Min(1, 2 * MathNet.Numerics.Distributions.Binomial.CDF(0.5, n, k));
    }

    private static double BySigns(double[] differences, int seed)
    {
        const double Rounding = 1e-12;
        var random = new Random(seed);
        var observed = Math.Abs(differences.Sum());
        var asFar = 1;
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = differences.Sum(difference => random.Next(2) == 0 ? difference : -difference);
            asFar += Math.Abs(sum) >= observed - Rounding ? 1 : 0;
        }

        return (double)asFar / (Draws + 1);
    }
}

/// <summary>Classes that are taken for each other, directly or through a third, form a group: gaits, postures, or a class by itself.</summary>
internal static class ClassGroups
{
    // Share of two classes' windows taken for the other of the two, above which they belong together.
    private const double ConfusedShare = 0.002;

    /// <summary>Groups of class indices, both ascending.</summary>
    /// <param name="scores">Scores of rows that the scorer did not learn from.</param>
    /// <param name="labels">Label of each row, −1 for rows that do not count.</param>
    internal static IReadOnlyList<int[]> Find(ClassScores scores, IReadOnlyList<int> labels)
    {
        var confusion = new int[scores.Classes, scores.Classes];
        var count = new int[scores.Classes];
        for (var row = 0; row < scores.Rows; row++)
        {
            if (labels[row] >= 0)
            {
                count[labels[row]]++;
                confusion[labels[row], ClassScores.ArgMax(scores[row])]++;
            }
        }

        var groupOf = Enumerable.Range(0, scores.Classes).ToArray();
        for (var a = 0; a < scores.Classes; a++)
        {
            for (var b = a + 1; b < scores.Classes; b++)
            {
                if (confusion[a, b] + confusion[b, a] > ConfusedShare * (count[a] + count[b]))
                {
                    Join(groupOf, groupOf[a], groupOf[b]);
                }
            }
        }

        return [.. Enumerable.Range(0, scores.Classes).GroupBy(c => groupOf[c]).OrderBy(group => group.Min()).Select(group => group.ToArray())];
    }

    private static void Join(int[] groupOf, int first, int second)
    {
        for (var c = 0; c < groupOf.Length; c++)
        {
            if (groupOf[c] == second)
            {
                groupOf[c] = first;
            }
        }
    }
}
