namespace HarEdge.Trainer.Telemetry.Records;

/// <summary>One window, one decision.</summary>
/// <param name="Sequence">Of the line.</param>
/// <param name="Sample">Number of the window's last sample.</param>
/// <param name="Decision">Class after the temporal filter, or −1 for unknown.</param>
/// <param name="WindowClass">Best class of this window alone.</param>
/// <param name="ConfidencePercent">Calibrated probability of <paramref name="WindowClass"/>.</param>
/// <param name="MarginQ8">Best score minus second best, 1/256 of a natural logarithm.</param>
/// <param name="Stage">The stage the model's gate chose.</param>
/// <param name="FeatureCrc">CRC-16 of the features.</param>
/// <param name="ScoreCrc">CRC-16 of the scores.</param>
/// <param name="Name">Name of the decision, or UNKNOWN.</param>
public sealed record DecisionRecord(
    int Sequence,
    int Sample,
    int Decision,
    int WindowClass,
    int ConfidencePercent,
    int MarginQ8,
    int Stage,
    int FeatureCrc,
    int ScoreCrc,
    string Name) : TelemetryRecord(Sequence)
{
    internal static DecisionRecord Read(int sequence, ref FieldReader fields) => new(
        sequence,
        fields.Int(0, int.MaxValue),
        fields.Int(-1, int.MaxValue),
        fields.Int(0, int.MaxValue),
        fields.Int(0, 100),
        fields.Int(),
        fields.Int(0, int.MaxValue),
        fields.Hex16(),
        fields.Hex16(),
        fields.Text());
}
