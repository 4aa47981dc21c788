namespace HarEdge.Trainer.Telemetry.Records;

/// <summary>Who speaks, and with which model.</summary>
public sealed record BannerRecord(
    int Sequence,
    int Protocol,
    string Firmware,
    string Model,
    string Board,
    int WindowSamples,
    int HopSamples,
    int RateHz,
    int AccelRangeG,
    int GyroRangeDps,
    int ClassCount) : TelemetryRecord(Sequence)
{
    internal static BannerRecord Read(int sequence, ref FieldReader fields) => new(
        sequence,
        fields.Int(1, int.MaxValue),
        fields.Text(),
        fields.Text(),
        fields.Text(),
        fields.Int(1, int.MaxValue),
        fields.Int(1, int.MaxValue),
        fields.Int(1, int.MaxValue),
        fields.Int(1, int.MaxValue),
        fields.Int(1, int.MaxValue),
        fields.Int(1, int.MaxValue));
}
