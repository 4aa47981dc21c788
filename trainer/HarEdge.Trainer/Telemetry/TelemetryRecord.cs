using System.Text.Json.Serialization;
using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using HarEdge.Core;

namespace HarEdge.Trainer.Telemetry;

/// <summary>One record of the device, with the fields and units of docs/SPEC.md.</summary>
/// <param name="Sequence">0 to 9999 and round again.</param>
public abstract record TelemetryRecord(int Sequence);

/// <summary>Who speaks, and with which model. The last three are empty in protocol 1.</summary>
public sealed record BannerRecord(
    int Sequence,
    int Protocol,
    string Firmware,
    [property: JsonPropertyName("modelId")] string Model,
    string Board,
    int WindowSamples,
    int HopSamples,
    int RateHz,
    int AccelRangeG,
    int GyroRangeDps,
    int ClassCount) : TelemetryRecord(Sequence)
{
    /// <summary>Why the device booted: one of the words of docs/SPEC.md.</summary>
    public string Start { get; init; } = "";

    /// <summary>Name of the runtime's target: which image interprets the firmware.</summary>
    public string Target { get; init; } = "";

    /// <summary>Version of the runtime.</summary>
    public string Runtime { get; init; } = "";

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
        fields.Int(1, int.MaxValue))
    {
        Start = fields.OptionalText(),
        Target = fields.OptionalText(),
        Runtime = fields.OptionalText(),
    };
}

/// <summary>Name of a class of the device's model.</summary>
public sealed record ClassNameRecord(int Sequence, int Class, string Name) : TelemetryRecord(Sequence)
{
    internal static ClassNameRecord Read(int sequence, ref FieldReader fields) => new(sequence, fields.Int(0, int.MaxValue), fields.Text());
}

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

/// <summary>The calibration that holds for all samples after one.</summary>
/// <param name="Sequence">Of the line.</param>
/// <param name="Sample">Number of the last sample before it.</param>
/// <param name="GyroZeroCounts">Taken off gx gy gz.</param>
/// <param name="RotationQ14">Nine elements, row by row; 16384 is one.</param>
public sealed record CalibrationRecord(int Sequence, int Sample, IReadOnlyList<int> GyroZeroCounts, IReadOnlyList<int> RotationQ14)
    : TelemetryRecord(Sequence)
{
    internal static CalibrationRecord Read(int sequence, ref FieldReader fields) =>
        new(sequence, fields.Int(0, int.MaxValue), Ints(ref fields, 3), Ints(ref fields, 9));

    private static int[] Ints(ref FieldReader fields, int count)
    {
        var values = new int[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = fields.Int();
        }

        return values;
    }
}

/// <summary>Raw samples of the recording mode, before calibration.</summary>
/// <param name="Sequence">Of the line.</param>
/// <param name="First">Number of the first sample.</param>
/// <param name="Counts">ax ay az gx gy gz ax …, 1 to 12 samples.</param>
public sealed record RawBlockRecord(int Sequence, int First, short[] Counts) : TelemetryRecord(Sequence)
{
    /// <summary>Most samples in a block.</summary>
    public const int MostSamples = 12;

    /// <summary>Samples in this block.</summary>
    public int SampleCount => Counts.Length / SensorScale.ChannelCount;

    // Null when the samples are not Base64, or not as many as announced.
    internal static RawBlockRecord? Read(int sequence, ref FieldReader fields)
    {
        var first = fields.Int(1, int.MaxValue);
        var counts = new short[Math.Clamp(fields.Int(1, MostSamples), 1, MostSamples) * SensorScale.ChannelCount];
        Span<byte> bytes = stackalloc byte[MostSamples * SensorScale.ChannelCount * sizeof(short)];
        var status = Base64.DecodeFromUtf8(fields.Next(), bytes, out _, out var written);
        if (status != OperationStatus.Done || written != counts.Length * sizeof(short))
        {
            return null;
        }

        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = BinaryPrimitives.ReadInt16BigEndian(bytes[(i * sizeof(short))..]);
        }

        return new RawBlockRecord(sequence, first, counts);
    }
}

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

/// <summary>What a decision took on the chip, once a minute: from the window's last sample to the filtered decision.</summary>
/// <param name="Sequence">Of the line.</param>
/// <param name="Decisions">Decisions measured since the last such line; 0 where no time passes, as in a simulation: not measured.</param>
/// <param name="MeanMicros">Mean of them, µs; 0 when none was measured.</param>
/// <param name="WorstMicros">Longest of them, µs.</param>
public sealed record TimingRecord(int Sequence, int Decisions, int MeanMicros, int WorstMicros) : TelemetryRecord(Sequence)
{
    internal static TimingRecord Read(int sequence, ref FieldReader fields) => new(
        sequence, fields.Int(0, int.MaxValue), fields.Int(0, int.MaxValue), fields.Int(0, int.MaxValue));
}
