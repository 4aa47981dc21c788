namespace HarEdge.Trainer.Telemetry.Records;

/// <summary>Something happened on the device.</summary>
/// <param name="Sequence">Of the line.</param>
/// <param name="Code">A word of the table of events.</param>
/// <param name="Sample">Number of the last sample before it, 0 when there was none.</param>
/// <param name="Detail">As the table says for the code.</param>
public sealed record EventRecord(int Sequence, string Code, int Sample, int Detail) : TelemetryRecord(Sequence)
{
    internal static EventRecord Read(int sequence, ref FieldReader fields) =>
        new(sequence, fields.Text(), fields.Int(0, int.MaxValue), fields.Int());
}
