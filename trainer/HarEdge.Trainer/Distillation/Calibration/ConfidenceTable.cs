using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Distillation.Calibration;

/// <summary>
/// How often a stage is right at a margin, learned from windows of people the model did not train on: bins of margins,
/// small ones where margins are small, made monotone by pooling adjacent violators.
/// </summary>
internal static class ConfidenceTable
{
    private const int MostSteps = 8;
    private const int FewestWindows = 40;

    /// <summary>Steps for a stage; a single step with the overall share where there are too few windows for more.</summary>
    /// <param name="answers">For each window the margin and whether the best class was right.</param>
    public static IReadOnlyList<ConfidenceStep> Of(IEnumerable<(int Margin, bool IsRight)> answers)
    {
        var sorted = answers.OrderBy(answer => answer.Margin).ToList();
        if (sorted.Count == 0)
        {
            return [new ConfidenceStep(0, 0)];
        }

        var bins = Math.Clamp(sorted.Count / FewestWindows, 1, MostSteps);
        var pools = new List<Pool>();
        for (var bin = 0; bin < bins; bin++)
        {
            // Errors crowd at small margins: each bin has twice the windows of the one before, so that low margins are told apart finely.
            var from = pools.Count == 0 ? 0 : pools[^1].End;
            var end = bin == bins - 1 ? sorted.Count : Cut(sorted, from + (Math.Max(FewestWindows, sorted.Count >> bins) << bin));
            if (end <= from)
            {
                break;
            }

            pools.Add(new Pool(end, sorted[end - 1].Margin, end - from, sorted.Skip(from).Take(end - from).Count(answer => answer.IsRight)));
            while (pools.Count > 1 && pools[^1].Share < pools[^2].Share)
            {
                var (last, before) = (pools[^1], pools[^2]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add(new Pool(last.End, last.Margin, last.Windows + before.Windows, last.Right + before.Right));
            }

            if (end == sorted.Count)
            {
                break;
            }
        }

        return [.. pools.Select(pool => new ConfidenceStep(pool.Margin, (int)Math.Round(100 * pool.Share)))];
    }

    // Windows of the same margin belong to the same bin.
    private static int Cut(List<(int Margin, bool IsRight)> sorted, int at)
    {
        at = Math.Min(at, sorted.Count);
        while (at < sorted.Count && sorted[at].Margin == sorted[at - 1].Margin)
        {
            at++;
        }

        return at;
    }

    private readonly record struct Pool(int End, int Margin, int Windows, int Right)
    {
        public double Share => (double)Right / Windows;
    }
}
