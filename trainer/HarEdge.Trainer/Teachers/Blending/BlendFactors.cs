using HarEdge.Trainer.Learning;

namespace HarEdge.Trainer.Teachers.Blending;

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
