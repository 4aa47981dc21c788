namespace HarEdge.Trainer.Experiments.Search;

/// <summary>
/// Gives up a trial whose accuracy so far is below the median of what complete trials of the same goal had at that point (Golovin
/// and others, Google Vizier, KDD 2017).
/// </summary>
internal static class MedianStopping
{
    // A median of fewer says nothing.
    private const int LeastComplete = 4;

    /// <summary>Whether to give up.</summary>
    /// <param name="foldAccuracies">Of the running trial, at least one.</param>
    /// <param name="earlier">Trials of the same goal.</param>
    public static bool IsHopeless(IReadOnlyList<double> foldAccuracies, IEnumerable<Trial> earlier)
    {
        var folds = foldAccuracies.Count;
        var there = earlier.Where(trial => trial.IsComplete).Select(trial => trial.FoldAccuracies.Take(folds).Average()).Order().ToList();
        return there.Count >= LeastComplete && foldAccuracies.Average() < there[there.Count / 2];
    }
}
