namespace HarEdge.Trainer.Experiments.Search;

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
