using HarEdge.Trainer.Capture;
using HarEdge.Trainer.Tests.Telemetry;

namespace HarEdge.Trainer.Tests.Capture;

/// <summary>What a capture gave.</summary>
internal sealed class Captured
{
    public Captured(SampleCapture capture)
    {
        capture.Sampled += Samples.Add;
        capture.Interrupted += gap => Gaps.Add((Samples.Count, gap));
    }

    public List<CapturedSample> Samples { get; } = [];

    /// <summary>Each gap with the samples before it.</summary>
    public List<(int After, CapturedGap Gap)> Gaps { get; } = [];

    /// <summary>A block of raw samples, the sample's number in its first value.</summary>
    public static string Block(int sequence, int first, int count = 12)
    {
        var bytes = new byte[count * 12];
        for (var i = 0; i < count; i++)
        {
            bytes[i * 12] = (byte)((first + i) >> 8);
            bytes[(i * 12) + 1] = (byte)(first + i);
        }

        return DeviceLines.Make(
            'R',
            line =>
            {
                line.Add(first);
                line.Add(count);
                line.AddBase64(bytes, 0, bytes.Length);
            },
            sequence);
    }

    /// <summary>An event of the device.</summary>
    public static string Event(int sequence, string code, int sample, int detail) => DeviceLines.Make(
        'E',
        line =>
        {
            line.Add(code);
            line.Add(sample);
            line.Add(detail);
        },
        sequence);
}
