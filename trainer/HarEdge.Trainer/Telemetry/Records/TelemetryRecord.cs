namespace HarEdge.Trainer.Telemetry.Records;

/// <summary>One record of the device, with the fields and units of docs/SPEC.md.</summary>
/// <param name="Sequence">0 to 9999 and round again.</param>
public abstract record TelemetryRecord(int Sequence);
