namespace HarEdge.Trainer.Training;

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
