using HarEdge.Trainer.Training;

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
