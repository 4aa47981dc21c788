namespace HarEdge.Trainer;

/// <summary>How far a long step has come: its name, the share done in 0..1 and, where useful, the best so far.</summary>
public readonly record struct StepProgress(string Step, double Fraction, string? Detail = null);
