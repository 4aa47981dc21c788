using System.Buffers.Binary;
using System.Text;
using HarEdge.Core;
using HarEdge.Core.Generated;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>What a device really says, and the forms in which it can come.</summary>
internal static class DeviceLines
{
    private static readonly Lazy<IReadOnlyList<string>> Twin = new(RunTwin);

    /// <summary>Console of the committed firmware and model on the simulated board: boot, a minute, some recording mode.</summary>
    public static IReadOnlyList<string> OfTwin => Twin.Value;

    /// <summary>One line made by the device's own code.</summary>
    public static string Make(char type, Action<TelemetryLine> fields, int sequence = 0)
    {
        var line = new TelemetryLine();
        for (var i = 0; i <= sequence; i++)
        {
            line.Begin(type);
        }

        fields(line);
        line.End();
        return new string(line.Buffer, 0, line.Length);
    }

    /// <summary>As plain text.</summary>
    public static byte[] Plain(IEnumerable<string> lines) => Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\r\n")));

    /// <summary>Inside a Wire Protocol frame.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> payload, int command = 1)
    {
        var frame = new byte[32 + payload.Length];
        "NFPKTV1\0"u8.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(16), command);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(24), 0x2001);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(28), payload.Length);
        payload.CopyTo(frame.AsSpan(32));
        return frame;
    }

    /// <summary>Each line in a frame of its own, as a debugger gets them.</summary>
    public static byte[] Framed(IEnumerable<string> lines) => [.. lines.SelectMany(line => Frame(Encoding.ASCII.GetBytes(line + "\r\n")))];

    /// <summary>Reads portions to the end.</summary>
    public static (List<TelemetryRecord> Records, LinkStatistics Statistics) Read(params IEnumerable<byte[]> portions)
    {
        var reader = new TelemetryReader();
        var records = new List<TelemetryRecord>();
        foreach (var portion in portions)
        {
            reader.Read(portion, records.Add);
        }

        reader.Finish(records.Add);
        return (records, reader.Statistics);
    }

    /// <summary>Records as text that compares arrays by content.</summary>
    public static IEnumerable<string> Texts(IEnumerable<TelemetryRecord> records) => records.Select(record => record switch
    {
        RawBlockRecord raw => $"R {raw.Sequence} {raw.First} {string.Join(' ', raw.Counts)}",
        HealthRecord health => $"{health with { Faults = [] }} {string.Join(' ', health.Faults)}",
        CalibrationRecord c => $"C {c.Sequence} {c.Sample} {string.Join(' ', c.GyroZeroCounts)} {string.Join(' ', c.RotationQ14)}",
        _ => record.ToString(),
    });

    /// <summary>Where the repository is.</summary>
    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HarEdge.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No HarEdge.sln above the tests.");
        }

        return folder.FullName;
    }

    private static List<string> RunTwin()
    {
        var lines = new List<string>();
        var device = new SimulatedDevice(new ActivityModel(), new KnownAnswers(), TwinOptions.ForRecordings);
        device.LineWritten += lines.Add;
        device.Boot();
        var worn = SyntheticWearer.Create(new SyntheticOptions()).Recordings[0];
        device.Wear(new HarEdge.DeviceTwin.Simulation.RecordingSource(worn.Channels, worn.Runs[0].Start, worn.Runs[0].End));
        device.RunFor(TimeSpan.FromSeconds(62));
        device.Press(TimeSpan.FromSeconds(2));
        device.RunFor(TimeSpan.FromSeconds(8));
        return lines;
    }
}
