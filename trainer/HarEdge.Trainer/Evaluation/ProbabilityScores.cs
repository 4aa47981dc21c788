namespace HarEdge.Trainer.Evaluation;

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
