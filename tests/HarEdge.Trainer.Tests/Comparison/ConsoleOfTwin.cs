using System.Globalization;
using HarEdge.Core;
using HarEdge.Core.Generated;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Tests.CodeGeneration;
using HarEdge.Trainer.Tests.Telemetry;

namespace HarEdge.Trainer.Tests.Comparison;

/// <summary>Consoles of the committed model in recording mode, and the comparison over them.</summary>
internal static class ConsoleOfTwin
{
    private static readonly Lazy<IReadOnlyList<string>> Eventful = new(RunEventful);

    /// <summary>The committed model.</summary>
    public static FixedPointModel Model { get; } = ModelFile.Read(Path.Combine(Golden.Repository(), "firmware/Core/Generated/model.json"));

    /// <summary>Boot, recording mode, a brown-out, a wear calibration that is forgotten again, recording off and on again, zero rates tracked.</summary>
    public static IReadOnlyList<string> OfEverything => Eventful.Value;

    /// <summary>Compares a console with the trainer.</summary>
    public static LiveComparison Compare(IEnumerable<string> lines)
    {
        var reader = new TelemetryReader();
        var live = new LiveComparison(Model, reader.Statistics);
        reader.Read(DeviceLines.Plain(lines), live.Take);
        reader.Finish(live.Take);
        return live;
    }

    /// <summary>A line with one field changed and its CRC made right again.</summary>
    /// <param name="line">The line.</param>
    /// <param name="field">Which, counted from the type as 0.</param>
    /// <param name="change">What to make of it.</param>
    public static string Changed(string line, int field, Func<string, string> change)
    {
        var fields = line[1..^5].Split(',');
        fields[field] = change(fields[field]);
        var body = string.Join(',', fields);
        var crc = body.Aggregate(Crc16.Initial, (sum, c) => Crc16.AppendByte(sum, c));
        return string.Create(CultureInfo.InvariantCulture, $"${body}*{crc:X4}");
    }

    private static List<string> RunEventful()
    {
        var lines = new List<string>();
        var device = new SimulatedDevice(
            new ActivityModel(), new KnownAnswers(), TwinOptions.ForRecordings with { TracksGyroBias = true, HasCommandPort = true });
        device.LineWritten += lines.Add;
        device.Boot();
        device.Wear(new RestAndWalk());
        Run(5);
        device.Press(TimeSpan.FromSeconds(2));
        Run(25);
        device.Inject(DeviceFault.BrownOut, TimeSpan.Zero, 1);
        Run(12);
        device.Press(TimeSpan.FromMilliseconds(300));
        Run(30);
        device.Send(DeviceLines.Plain([DeviceLines.Make('X', line => line.Add("FORGET"))]));
        Run(15);
        device.Press(TimeSpan.FromSeconds(2));
        Run(6);
        device.Press(TimeSpan.FromSeconds(2));
        Run(25);
        return lines;

        void Run(double seconds) => device.RunFor(TimeSpan.FromSeconds(seconds));
    }
}
