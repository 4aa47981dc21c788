namespace HarEdge.Trainer.Experiments.Search;

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
