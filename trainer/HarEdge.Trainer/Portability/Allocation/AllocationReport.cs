namespace HarEdge.Trainer.Portability.Allocation;

/// <summary>What a proof looked at and what it found.</summary>
/// <param name="Methods">Every method that can run, full names.</param>
/// <param name="Findings">What may allocate; none is the proof.</param>
internal sealed record AllocationReport(IReadOnlyList<string> Methods, IReadOnlyList<Finding> Findings);
