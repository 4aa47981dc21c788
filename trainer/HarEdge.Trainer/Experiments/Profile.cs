using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Experiments;

/// <summary>A named budget: how much of the device a model may take.</summary>
/// <param name="Name">tiny, default or best.</param>
/// <param name="Budget">Instructions a decision and bytes.</param>
internal sealed record Profile(string Name, Goal Budget)
{
    /// <summary>For slow chips and small batteries.</summary>
    public static readonly Profile Tiny = new("tiny", Goal.Ladder[0]);

    /// <summary>What `train` uses by itself.</summary>
    public static readonly Profile Default = new("default", Goal.Ladder[1]);

    /// <summary>For accuracy before all.</summary>
    public static readonly Profile Best = new("best", Goal.Ladder[2]);

    /// <summary>All, by rising cost.</summary>
    public static readonly IReadOnlyList<Profile> All = [Tiny, Default, Best];

    /// <summary>The profile of a name, or null.</summary>
    public static Profile? Of(string name) => All.FirstOrDefault(profile => profile.Name == name);

    /// <summary>Training options within the profile, as the best trial of a search would have them.</summary>
    /// <exception cref="InputException">The search has no complete trial within the budget.</exception>
    public TrainingOptions Applied(TrainingOptions options, IReadOnlyList<Trial>? search)
    {
        var within = options with { MostInstructions = Budget.MostInstructions, MostBytes = Budget.MostBytes };
        if (search is null)
        {
            return within;
        }

        var best = ParetoFront.Best(search, Budget) ?? throw new InputException(
            $"The search has no complete trial within {Budget}.", "Let it run on with more --trials.");
        return best.Applied(within);
    }
}

/// <summary>A budget under which the search wants the most accurate student.</summary>
/// <param name="MostInstructions">IL instructions a decision, all included.</param>
/// <param name="MostBytes">Bytes of the model.</param>
internal sealed record Goal(int MostInstructions, int MostBytes)
{
    /// <summary>
    /// Budgets a ratio of about 1.6 apart, taken in turn: together their winners are the Pareto front. The profiles' own budgets are among them.
    /// </summary>
    public static readonly IReadOnlyList<Goal> Ladder =
        [new(20_000, 512), new(50_000, 2048), new(120_000, 8192), new(12_000, 512), new(32_000, 1024), new(80_000, 4096)];

    /// <summary>For tables.</summary>
    public override string ToString() => FormattableString.Invariant($"{MostInstructions} instructions, {MostBytes} bytes");
}

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
