namespace HarEdge.Trainer.Telemetry.Watching;

/// <summary>Something a wearer must know.</summary>
/// <param name="What">One sentence.</param>
/// <param name="Remedy">One sentence.</param>
public sealed record Alarm(string What, string Remedy);
