namespace HarEdge.Trainer.Telemetry.Records;

/// <summary>Name of a class of the device's model.</summary>
public sealed record ClassNameRecord(int Sequence, int Class, string Name) : TelemetryRecord(Sequence)
{
    internal static ClassNameRecord Read(int sequence, ref FieldReader fields) => new(sequence, fields.Int(0, int.MaxValue), fields.Text());
}
