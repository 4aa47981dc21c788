namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>Where a stretch of code can end: at the instruction it was run up to, or by returning. Null where it cannot.</summary>
/// <param name="Stopped">Instructions at most, and the state there.</param>
/// <param name="Returned">Instructions at most, and the state and value on return.</param>
internal sealed record Outcome((long Cost, Frame Frame)? Stopped, (long Cost, AbstractValue Value, AbstractHeap Heap)? Returned)
{
    /// <summary>No path gets through: it would repeat a loop more often than proven possible, or throws.</summary>
    public static Outcome Impossible { get; } = new(null, null);

    /// <summary>The same after some instructions more at its start.</summary>
    public Outcome After(long cost) => new(
        Stopped is { } stopped ? (stopped.Cost + cost, stopped.Frame) : null,
        Returned is { } returned ? (returned.Cost + cost, returned.Value, returned.Heap) : null);

    /// <summary>Either of two: the dearer one's cost, what both know.</summary>
    public static Outcome Join(Outcome a, Outcome b) => new(
        (a.Stopped, b.Stopped) switch
        {
            (null, var only) => only,
            (var only, null) => only,
            ({ } first, { } second) => (Math.Max(first.Cost, second.Cost), Frame.Join(first.Frame, second.Frame)),
        },
        (a.Returned, b.Returned) switch
        {
            (null, var only) => only,
            (var only, null) => only,
            ({ } first, { } second) => (
                Math.Max(first.Cost, second.Cost), AbstractValue.Join(first.Value, second.Value), AbstractHeap.Join(first.Heap, second.Heap)),
        });
}
