namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>
/// How often the loops whose end depends on the data repeat at most. Every other loop is run as it is: its counter is known.
/// </summary>
internal static class LoopBounds
{
    // Newton's method from r at or above the root w: the relative error e becomes e² / (2 (1 + e)), and rounding down never goes
    // below the root's floor. Both start with e ≤ 1 after their first value: FixedMath.Sqrt from a power of two in [w, 2w], the
    // magnitudes one step after a value within a factor of 2 of w (then e ≤ 1/4). 1 → 1/4 → 1/40 → 3.1e-4 → 4.7e-8 → 1.1e-15:
    // after five steps the root, below 2^31, is exact to less than one, after a sixth it is the floor.
    private const int NewtonSteps = 6;

    private static readonly Dictionary<string, int> MostRepeats = new()
    {
        ["HarEdge.Core.FixedMath.Sqrt"] = NewtonSteps,
        ["HarEdge.Core.DerivedChannels.FillMagnitude"] = NewtonSteps,
    };

    /// <summary>Repeats of each data-dependent loop of a method, by full name; null where nothing is proven.</summary>
    public static int? Of(string method) => MostRepeats.TryGetValue(method, out int repeats) ? repeats : null;
}
