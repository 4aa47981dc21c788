namespace HarEdge.Trainer.Experiments;

/// <summary>The trials no other beats in accuracy, instructions and bytes at once.</summary>
internal static class ParetoFront
{
    /// <summary>By rising instructions.</summary>
    public static IReadOnlyList<Trial> Of(IEnumerable<Trial> trials)
    {
        var complete = trials.Where(trial => trial.IsComplete).ToList();
        return [.. complete
            .Where(trial => !complete.Exists(other => Beats(other, trial)))
            .OrderBy(trial => trial.Instructions).ThenBy(trial => trial.Number)];
    }

    /// <summary>The most accurate trial within a budget, the cheaper among equals; null when none fits.</summary>
    public static Trial? Best(IEnumerable<Trial> trials, Goal budget) => trials
        .Where(trial => trial.IsComplete && trial.Goal.MostInstructions <= budget.MostInstructions && trial.Goal.MostBytes <= budget.MostBytes)
        .OrderByDescending(trial => trial.Accuracy).ThenBy(trial => trial.Instructions).ThenBy(trial => trial.Number)
        .FirstOrDefault();

    // At least as good everywhere and better somewhere; of equals the earlier.
    private static bool Beats(Trial a, Trial b)
    {
        if (a.Accuracy < b.Accuracy || a.Instructions > b.Instructions || a.Bytes > b.Bytes)
        {
            return false;
        }

        return a.Accuracy > b.Accuracy || a.Instructions < b.Instructions || a.Bytes < b.Bytes || a.Number < b.Number;
    }
}
