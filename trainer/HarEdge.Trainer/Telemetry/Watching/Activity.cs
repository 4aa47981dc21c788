namespace HarEdge.Trainer.Telemetry.Watching;

/// <summary>How long an activity was decided.</summary>
/// <param name="Name">Of the class, or UNKNOWN.</param>
/// <param name="Seconds">Hops decided for it.</param>
public sealed record Activity(string Name, double Seconds);
