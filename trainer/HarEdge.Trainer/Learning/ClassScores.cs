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
