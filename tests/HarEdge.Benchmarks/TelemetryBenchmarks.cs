using System.Text;
using BenchmarkDotNet.Attributes;
using HarEdge.Core.Generated;
using HarEdge.DeviceTwin;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Benchmarks;

/// <summary>
/// Reading a link: one second of a full wire, that is 92160 bytes at 921600 baud 8N1, all valid lines in recording mode. A mean of
/// 10 ms is 1 % of a core.
/// </summary>
[MemoryDiagnoser]
public class TelemetryBenchmarks
{
    private const int WireBytes = 92160;
    private const int PortionBytes = 4096;

    private readonly byte[] plain = new byte[WireBytes];
    private readonly byte[] noise = new byte[WireBytes];
    private readonly DeviceWatch watch = new();
    private readonly TelemetryReader reader = new();

    /// <summary>Lets the simulated board record, and takes what it sends.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var console = new StringBuilder();
        var device = new SimulatedDevice(new ActivityModel(), new KnownAnswers(), TwinOptions.ForRecordings);
        device.LineWritten += line => console.Append(line).Append("\r\n");
        device.Boot();
        var worn = Motion.Synthetic()[0];
        device.Wear(new RecordingSource(worn.Channels, worn.Runs[0].Start, worn.Runs[0].End));
        device.RunFor(TimeSpan.FromSeconds(1));
        device.Press(TimeSpan.FromSeconds(2));
        while (console.Length < WireBytes)
        {
            device.RunFor(TimeSpan.FromSeconds(10));
        }

        Encoding.ASCII.GetBytes(console.ToString(0, WireBytes), plain);
        new Random(1).NextBytes(noise);
    }

    /// <summary>Valid lines.</summary>
    [Benchmark]
    public long OneSecondOfValidLines() => Read(plain);

    /// <summary>Random bytes.</summary>
    [Benchmark]
    public long OneSecondOfNoise() => Read(noise);

    private long Read(byte[] stream)
    {
        for (var at = 0; at < stream.Length; at += PortionBytes)
        {
            reader.Read(stream.AsSpan(at, Math.Min(PortionBytes, stream.Length - at)), watch.Take);
        }

        return reader.Statistics.Records;
    }
}
