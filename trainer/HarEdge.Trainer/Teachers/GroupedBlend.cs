using HarEdge.Trainer.Learning;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// A blend in two steps: which group a window belongs to by weights that do best over all classes, which class of the group by
/// weights that do best within it. What tells gaits apart is not what tells postures apart.
/// </summary>
internal sealed class GroupedBlend
{
    private readonly double[] overall;
    private readonly IReadOnlyList<(int[] Classes, double[] Factors)> groups;

    private GroupedBlend(double[] overall, IReadOnlyList<(int[] Classes, double[] Factors)> groups)
    {
        this.overall = overall;
        this.groups = groups;
    }

    /// <summary>Finds groups and weights on scores by members that did not learn from the rows.</summary>
    /// <param name="members">Scores of the same rows by each member.</param>
    /// <param name="labels">Label of each row, −1 for rows that do not count.</param>
    internal static GroupedBlend Find(IReadOnlyList<ClassScores> members, IReadOnlyList<int> labels)
    {
        var overall = BlendFactors.Find(members, labels);
        var groups = ClassGroups.Find(BlendFactors.Blend(members, overall), labels)
            .Where(classes => classes.Length > 1)
            .Select(classes => (classes, BlendFactors.Find(
                [.. members.Select(member => member.Select(classes))],
                [.. labels.Select(label => Array.IndexOf(classes, label))])));
        return new GroupedBlend(overall, [.. groups]);
    }

    /// <summary>Logarithms of the blended probabilities.</summary>
    internal ClassScores Blend(IReadOnlyList<ClassScores> members)
    {
        var blend = BlendFactors.Blend(members, overall);
        foreach (var (classes, factors) in groups)
        {
            var within = BlendFactors.Blend([.. members.Select(member => member.Select(classes))], factors);
            for (var row = 0; row < blend.Rows; row++)
            {
                Redistribute(blend[row], classes, within[row]);
            }
        }

        return blend;
    }

    // The group keeps its probability, log Σ exp; its classes share it by the scores within.
    private static void Redistribute(Span<double> scores, int[] classes, ReadOnlySpan<double> within)
    {
        Span<double> former = stackalloc double[classes.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            former[i] = scores[classes[i]];
        }

        var shift = LogSumExp(former) - LogSumExp(within);
        for (var i = 0; i < classes.Length; i++)
        {
            scores[classes[i]] = within[i] + shift;
        }
    }

    private static double LogSumExp(ReadOnlySpan<double> values)
    {
        var highest = values[ClassScores.ArgMax(values)];
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp(value - highest);
        }

        return highest + Math.Log(sum);
    }
}

/// <summary>
/// How much each member's scores count in a blend: blended = Σ factor[m] · score[m], a weighted geometric mean of calibrated
/// probabilities. A factor is a weight divided by the member's temperature and by the blend's own.
/// </summary>
internal static class BlendFactors
{
    // Weights are tried in tenths: finer steps would choose among differences of a window or two.
    private const int Steps = 10;

    /// <summary>Finds the factors that make the fewest errors on cross-fitted scores; log-loss breaks ties.</summary>
    /// <param name="members">Scores of the same rows by each member.</param>
    /// <param name="labels">Label of each row, −1 for rows that do not count.</param>
    internal static double[] Find(IReadOnlyList<ClassScores> members, IReadOnlyList<int> labels)
    {
        var inverse = members.Select(member => InverseTemperature(member, labels)).ToArray();
        double[] best = [];
        var fewestErrors = int.MaxValue;
        var lowestLoss = double.PositiveInfinity;
        foreach (var weights in Weights(members.Count, Steps))
        {
            var factors = weights.Select((weight, m) => weight * inverse[m] / Steps).ToArray();
            var blend = Blend(members, factors);
            var errors = blend.Errors(labels);
            if (errors > fewestErrors)
            {
                continue;
            }

            var loss = blend.LogLoss(labels);
            if (errors < fewestErrors || loss < lowestLoss)
            {
                (best, fewestErrors, lowestLoss) = (factors, errors, loss);
            }
        }

        var sharpen = InverseTemperature(Blend(members, best), labels);
        return [.. best.Select(factor => factor * sharpen)];
    }

    /// <summary>Adds up scores.</summary>
    internal static ClassScores Blend(IReadOnlyList<ClassScores> members, double[] factors)
    {
        var blend = new ClassScores(members[0].Rows, members[0].Classes);
        for (var row = 0; row < blend.Rows; row++)
        {
            var sum = blend[row];
            for (var m = 0; m < factors.Length; m++)
            {
                var scores = members[m][row];
                for (var c = 0; c < sum.Length; c++)
                {
                    sum[c] += factors[m] * scores[c];
                }
            }
        }

        return blend;
    }

    /// <summary>
    /// The factor on all scores that gives the lowest log-loss, between 1/64 and 64, to about 1 %: temperature scaling (Guo and
    /// others, On Calibration of Modern Neural Networks, 2017).
    /// </summary>
    internal static double InverseTemperature(ClassScores scores, IReadOnlyList<int> labels)
    {
        // Log-loss is convex in the factor, hence has one valley in its logarithm too: ternary search closes in on it.
        var low = Math.Log(1.0 / 64);
        var high = Math.Log(64);
        while (high - low > 0.01)
        {
            var left = low + ((high - low) / 3);
            var right = high - ((high - low) / 3);
            if (scores.LogLoss(labels, Math.Exp(left)) <= scores.LogLoss(labels, Math.Exp(right)))
            {
                high = right;
            }
            else
            {
                low = left;
            }
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>Every way to deal a number of steps to the members.</summary>
    private static IEnumerable<int[]> Weights(int members, int steps)
    {
        if (members == 1)
        {
            yield return [steps];
            yield break;
        }

        for (var first = steps; first >= 0; first--)
        {
            foreach (var rest in Weights(members - 1, steps - first))
            {
                yield return [first, .. rest];
            }
        }
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
