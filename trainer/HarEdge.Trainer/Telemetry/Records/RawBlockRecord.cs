using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using HarEdge.Core;

namespace HarEdge.Trainer.Telemetry.Records;

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
