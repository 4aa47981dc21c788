using System.Buffers.Binary;
using System.Text;
using HarEdge.Core;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Telemetry;

/// <summary>Lines to the device, framed by the device's own code: verbs, and blocks of samples to replay (docs/SPEC.md, "Lines to the device").</summary>
/// <param name="sink">Leads to the second UART.</param>
internal sealed class DeviceCommands(IByteSink sink)
{
    private readonly TelemetryLine line = new();

    /// <summary>Where they go.</summary>
    public string PortName => sink.Name;

    /// <summary>Sends a verb, such as RECORD.</summary>
    public void Send(string verb)
    {
        line.Begin('X');
        line.Add(verb);
        Send();
    }

    /// <summary>Sends samples for the replay mode.</summary>
    /// <param name="first">Number of the first; the device does not check it.</param>
    /// <param name="counts">ax ay az gx gy gz ax …, 1 to 12 samples.</param>
    public void SendBlock(int first, ReadOnlySpan<short> counts)
    {
        var bytes = new byte[counts.Length * sizeof(short)];
        for (var i = 0; i < counts.Length; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(i * sizeof(short)), counts[i]);
        }

        line.Begin('R');
        line.Add(first);
        line.Add(counts.Length / SensorScale.ChannelCount);
        line.AddBase64(bytes, 0, bytes.Length);
        Send();
    }

    private void Send()
    {
        line.End();
        sink.Write(Encoding.ASCII.GetBytes(new string(line.Buffer, 0, line.Length) + "\r\n"));
    }
}
