using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets.Synthetic;
using HarEdge.Trainer.Training;
using MathNet.Numerics.Distributions;

namespace HarEdge.Trainer.Experiments;

/// <summary>What one trial's values mean.</summary>
/// <param name="WindowSamples">64, 128 or 256; the hop is half of it.</param>
/// <param name="Student">Form of the student.</param>
/// <param name="Recipe">How it is made.</param>
internal sealed record SearchPoint(int WindowSamples, StudentChoice Student, StudentRecipe Recipe)
{
    /// <summary>Window lengths a search chooses from.</summary>
    public static readonly IReadOnlyList<int> Windows = [128, 64, 256];

    /// <summary>Variations of the recordings a search chooses from.</summary>
    public static readonly IReadOnlyList<WearAugmentation> Variations = [new(), WearAugmentation.None, WearAugmentation.Mild, new() { SpeedShare = 0.05 }, new() { Copies = 1 }, new() { Copies = 5 }];

    private static readonly StudentChoice[] Forms = [StudentChoice.Linear, StudentChoice.Trees, StudentChoice.Forest, StudentChoice.Tree, StudentChoice.Mixed];
    private static readonly string[] Optional = ["Goertzel", "OrderStatistics", "Covariance", "Autocovariance"];

    /// <summary>What is chosen; the order of a trial's values.</summary>
    public static readonly IReadOnlyList<Parameter> Parameters =
    [
        Parameter.Choice("window", Windows.Count),
        Parameter.Choice("student", Forms.Length),
        Parameter.Choice("variation", Variations.Count),
        new("selection penalty", 1e-3, 0.3, IsLogarithmic: true),
        new("fit penalty", 1e-4, 3e-2, IsLogarithmic: true),
        new("halvings", 4, 16.999),
        new("teacher share", 0, 1),
        new("temperature", 0.5, 3, IsLogarithmic: true),
        new("discriminant share", 0, 1),
        .. Optional.Select(kernel => Parameter.Choice("without " + kernel, 2)),
    ];

    /// <summary>The point of a trial's values.</summary>
    public static SearchPoint Of(IReadOnlyList<double> values) => new(
        Windows[(int)values[0]],
        Forms[(int)values[1]],
        new StudentRecipe
        {
            Variation = Variations[(int)values[2]],
            Linear = new() { SelectionPenalty = values[3], FitPenalty = values[4], Halvings = (int)values[5], DiscriminantShare = values[8] },
            Temperature = values[7],
            WithoutKernels = [.. Optional.Where((_, kernel) => values[9 + kernel] == 1)],
        }.WithDistillationWeight(values[6]));

    /// <summary>The default recipe as a trial's values: the first trial of every goal, which the others must beat.</summary>
    public static IReadOnlyList<double> Defaults
    {
        get
        {
            var recipe = new StudentRecipe();
            return
            [
                0, 0, 0, recipe.Linear.SelectionPenalty, recipe.Linear.FitPenalty, recipe.Linear.Halvings, recipe.DistillationWeightInContext, recipe.Temperature,
                recipe.Linear.DiscriminantShare,
                .. Optional.Select(_ => 0.0),
            ];
        }
    }
}

/// <summary>
/// Something a search may choose. Every value is a number in the unit interval to the optimizer; this says what it means.
/// </summary>
/// <param name="Name">As in the log of trials.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value.</param>
/// <param name="IsLogarithmic">Steps are ratios; then both ends are above 0.</param>
/// <param name="Choices">For a choice among so many unordered things, their number; then values are 0 to Choices − 1.</param>
internal sealed record Parameter(string Name, double Low, double High, bool IsLogarithmic = false, int Choices = 0)
{
    /// <summary>A choice among unordered things.</summary>
    public static Parameter Choice(string name, int choices) => new(name, 0, choices - 1, false, choices);

    /// <summary>True for an unordered choice.</summary>
    public bool IsChoice => Choices > 0;

    /// <summary>The value at a position of the unit interval; for a choice its number.</summary>
    public double At(double unit) => IsChoice
        ? Math.Min(Choices - 1, Math.Floor(unit * Choices))
        : IsLogarithmic ? Low * Math.Pow(High / Low, unit) : Low + (High - Low) * unit;

    /// <summary>The position of a value; the middle of its stretch for a choice.</summary>
    public double UnitOf(double value) => IsChoice
        ? (value + 0.5) / Choices
        : IsLogarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);
}

/// <summary>
/// The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kégl, NeurIPS 2011): models where good trials lie and where
/// the others do, each parameter by itself, and proposes the candidate for which good is most likely against other.
/// </summary>
internal sealed class TreeParzenEstimator
{
    // Few candidates keep some chance in every proposal: the very best of many would always be the same place.
    private const int Candidates = 8;

    // Before so many trials there is nothing to model: they are drawn evenly.
    private const int StartingTrials = 8;

    // The best tenth of trials counts as good, at least three and never more than 25: the more, the slower it closes in.
    private const double GoodShare = 0.1;
    private const int LeastGood = 3;
    private const int MostGood = 25;

    private readonly IReadOnlyList<Parameter> parameters;

    /// <param name="parameters">What is chosen.</param>
    public TreeParzenEstimator(IReadOnlyList<Parameter> parameters)
    {
        this.parameters = parameters;
    }

    /// <summary>The next trial's values, by parameter.</summary>
    /// <param name="history">Values of earlier trials and how good each was; more is better.</param>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="trial">Number of the trial: the same history, seed and number give the same proposal.</param>
    public double[] Propose(IReadOnlyList<(IReadOnlyList<double> Values, double Score)> history, int seed, int trial)
    {
        var random = new RandomSource(seed, trial);
        if (history.Count < StartingTrials)
        {
            return [.. parameters.Select(parameter => parameter.At(random.Uniform()))];
        }

        var ranked = history.OrderByDescending(entry => entry.Score).Select(entry => entry.Values).ToList();
        var good = Math.Clamp((int)Math.Ceiling(GoodShare * ranked.Count), LeastGood, MostGood);
        return [.. parameters.Select((parameter, p) => Propose(
            parameter,
            [.. ranked.Take(good).Select(values => parameter.UnitOf(values[p]))],
            [.. ranked.Skip(good).Select(values => parameter.UnitOf(values[p]))],
            random))];
    }

    private static double Propose(Parameter parameter, double[] good, double[] other, RandomSource random)
    {
        var trials = good.Length + other.Length;
        Func<double, double> likelyGood = Density(parameter, good, trials), likelyOther = Density(parameter, other, trials);
        var candidates = Enumerable.Range(0, Candidates).Select(_ => Draw(parameter, good, trials, random)).ToList();
        return parameter.At(candidates.MaxBy(unit => likelyGood(unit) / likelyOther(unit)));
    }

    // From one of the good trials' kernels, or evenly: the prior counts as one more trial. Of a few choices even draws find all.
    private static double Draw(Parameter parameter, double[] points, int trials, RandomSource random)
    {
        var kernel = (int)(random.Uniform() * (points.Length + 1));
        if (kernel == points.Length || parameter.IsChoice)
        {
            return random.Uniform();
        }

        // Kernels end at the interval's ends: what falls outside is drawn again.
        double unit;
        do
        {
            unit = random.Normal(points[kernel], WidthOf(points, trials));
        }
        while (unit is < 0 or >= 1);
        return unit;
    }

    private static Func<double, double> Density(Parameter parameter, double[] points, int trials)
    {
        if (parameter.IsChoice)
        {
            // A choice that was unlucky early must keep a chance: the prior grows with the root of all trials.
            var prior = Math.Sqrt(trials);
            return unit => (prior + points.Count(point => parameter.At(point) == parameter.At(unit)) * parameter.Choices) / (points.Length + prior);
        }

        var width = WidthOf(points, trials);
        double Below(double x) => Normal.CDF(0, 1, x / width);
        return unit => (1 + points.Sum(point => Normal.PDF(point, width, unit) / (Below(1 - point) - Below(-point)))) / (points.Length + 1);
    }

    // Scott's rule on the unit interval, but never so narrow that few trials alike shut out everything between the others: one over
    // the root of all trials was better on test functions than any constant.
    private static double WidthOf(double[] points, int trials)
    {
        var mean = points.Average();
        var deviation = Math.Sqrt(points.Average(point => (point - mean) * (point - mean)));
        return Math.Max(1 / Math.Sqrt(trials + 1), 1.06 * deviation * Math.Pow(points.Length, -0.2));
    }
}

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
/// <param name="MostInstructions">IL instructions a decision by the price of Core's kernels, all included.</param>
/// <param name="MostBytes">Bytes of the model.</param>
internal sealed record Goal(int MostInstructions, int MostBytes)
{
    /// <summary>
    /// Budgets a ratio of about 1.6 apart, taken in turn: together their winners are the Pareto front. The profiles' own budgets are among them.
    /// </summary>
    public static readonly IReadOnlyList<Goal> Ladder =
        [new(20_000, 512), new(50_000, 2048), new(120_000, 8192), new(12_000, 512), new(32_000, 1024), new(80_000, 4096)];

    /// <summary>The same in machine instructions of generated code, see <see cref="MachinePrice"/>.</summary>
    public double MostMachineInstructions => MachinePrice.Of(MostInstructions);

    /// <summary>For tables.</summary>
    public override string ToString() => FormattableString.Invariant($"{MostMachineInstructions / 1e6:0.0} million machine instructions, {MostBytes} bytes");
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
