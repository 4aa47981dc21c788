namespace HarEdge.Trainer.Telemetry.Records;

/// <summary>Outcome of a self-test at boot.</summary>
/// <param name="Sequence">Of the line.</param>
/// <param name="Test">MODEL or SENSOR.</param>
/// <param name="Outcome">PASS, FAIL or SKIP.</param>
/// <param name="Checks">Windows or axes checked.</param>
/// <param name="FirstFailure">Index of the first failing window or axis, or −1.</param>
/// <param name="WorstPerMille">Largest deviation from the factory trim.</param>
public sealed record SelfTestRecord(int Sequence, string Test, string Outcome, int Checks, int FirstFailure, int WorstPerMille)
    : TelemetryRecord(Sequence)
{
    internal static SelfTestRecord Read(int sequence, ref FieldReader fields) =>
        new(sequence, fields.Text(), fields.Text(), fields.Int(), fields.Int(), fields.Int());
}
