namespace HarEdge.Trainer.Telemetry.Records;

/// <summary>How the device is, once a minute; all counts since boot.</summary>
/// <param name="Sequence">Of the line.</param>
/// <param name="UpSeconds">Time since boot.</param>
/// <param name="Samples">Samples stepped.</param>
/// <param name="Decisions">Decisions printed.</param>
/// <param name="RateMilliHz">Measured sample rate, 0 before the first measurement.</param>
/// <param name="Gaps">Stretches of samples that ended in a fault.</param>
/// <param name="BringUps">Attempts to start the sensor.</param>
/// <param name="Retries">I2C transfers repeated.</param>
/// <param name="FreeBytes">Free managed memory after a collection.</param>
/// <param name="Faults">How often each fault of the table was met; index 0 is fault 1.</param>
public sealed record HealthRecord(
    int Sequence,
    int UpSeconds,
    int Samples,
    int Decisions,
    int RateMilliHz,
    int Gaps,
    int BringUps,
    int Retries,
    int FreeBytes,
    IReadOnlyList<int> Faults) : TelemetryRecord(Sequence)
{
    /// <summary>Kinds of faults in version 1.</summary>
    public const int FaultKinds = 15;

    internal static HealthRecord Read(int sequence, ref FieldReader fields)
    {
        var upSeconds = fields.Int(0, int.MaxValue);
        var samples = fields.Int(0, int.MaxValue);
        var decisions = fields.Int(0, int.MaxValue);
        var rateMilliHz = fields.Int(0, int.MaxValue);
        var gaps = fields.Int();
        var bringUps = fields.Int();
        var retries = fields.Int();
        var freeBytes = fields.Int();
        var faults = new int[FaultKinds];
        for (var kind = 0; kind < FaultKinds; kind++)
        {
            faults[kind] = fields.Int();
        }

        return new HealthRecord(sequence, upSeconds, samples, decisions, rateMilliHz, gaps, bringUps, retries, freeBytes, faults);
    }
}
