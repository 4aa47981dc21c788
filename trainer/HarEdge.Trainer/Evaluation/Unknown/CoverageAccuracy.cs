namespace HarEdge.Trainer.Evaluation.Unknown;

/// <summary>Accuracy when the model keeps silent on the windows it is least sure of.</summary>
/// <param name="Coverage">Share of windows answered, 0..1.</param>
/// <param name="LeastConfidencePercent">Lowest stated confidence among them.</param>
/// <param name="Windows">Windows answered.</param>
/// <param name="Right">Of those, right ones.</param>
internal sealed record CoverageAccuracy(double Coverage, int LeastConfidencePercent, int Windows, int Right)
{
    /// <summary>The shares tables show.</summary>
    public static IReadOnlyList<double> Coverages { get; } = [1, 0.98, 0.95, 0.90];

    /// <summary>Share of the answered windows that are right.</summary>
    public double Accuracy => (double)Right / Windows;

    /// <summary>One row for each of <see cref="Coverages"/>.</summary>
    /// <param name="answers">For each window the stated confidence, the margin, which orders windows of equal confidence, and whether it was right.</param>
    public static IReadOnlyList<CoverageAccuracy> Of(IEnumerable<(int ConfidencePercent, int Margin, bool IsRight)> answers)
    {
        var surestFirst = answers.OrderByDescending(answer => answer.ConfidencePercent).ThenByDescending(answer => answer.Margin).ToList();
        return surestFirst.Count == 0 ? [] :
        [
            .. Coverages.Select(coverage =>
            {
                var answered = surestFirst.Take(Math.Max(1, (int)Math.Round(coverage * surestFirst.Count))).ToList();
                return new CoverageAccuracy(coverage, answered[^1].ConfidencePercent, answered.Count, answered.Count(answer => answer.IsRight));
            }),
        ];
    }
}
