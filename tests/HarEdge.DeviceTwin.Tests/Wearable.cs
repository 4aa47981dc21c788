using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using HarEdge.Core;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>A device with a pencil: it notes every line and decision, and finds records among them.</summary>
internal sealed class Wearable
{
    public Wearable(Classifier? model = null, KnownAnswerSet? answers = null, TwinOptions? options = null, IMotionSource? motion = null)
    {
        Device = new SimulatedDevice(model ?? new EnergyModel(), answers, options);
        Device.LineWritten += Lines.Add;
        Device.Decided += Decisions.Add;
        Device.Wear(motion ?? new NoisyMotion(1));
        Device.Boot();
    }

    /// <summary>As shipped, but for the second UART.</summary>
    public static TwinOptions WithPort { get; } = new() { HasCommandPort = true };

    public SimulatedDevice Device { get; }

    public List<string> Lines { get; } = [];

    public List<TwinDecision> Decisions { get; } = [];

    public static byte[] Framed(string body)
    {
        var crc = body.Aggregate(Crc16.Initial, (sum, c) => Crc16.AppendByte(sum, c));
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"${body}*{crc:X4}\n"));
    }

    /// <summary>A line with a block of twelve samples of <see cref="NoisyMotion"/>.</summary>
    public static byte[] Block(int seed, int firstIndex)
    {
        var bytes = new byte[144];
        for (var i = 0; i < 12; i++)
        {
            var s = new short[6];
            NoisyMotion.SampleAt(seed, firstIndex + i, s);
            for (var c = 0; c < 6; c++)
            {
                BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan((i * 12) + (2 * c)), s[c]);
            }
        }

        return Framed($"HR,0,1,12,{Convert.ToBase64String(bytes)}");
    }

    public void Run(double seconds) => Device.RunFor(TimeSpan.FromSeconds(seconds));

    public void Command(string verb)
    {
        Device.Send(Framed($"HX,0,{verb}"));
        Run(3);
    }

    /// <summary>Fields after type and sequence number of all records of a type.</summary>
    public List<string[]> Records(char type) =>
        [.. Lines.Where(line => line[2] == type).Select(line => line[..^5].Split(',')[2..])];

    /// <summary>Sample and detail of all events of a code.</summary>
    public List<(int Sample, int Detail)> Events(string code) =>
    [
        .. Records('E').Where(f => f[0] == code)
            .Select(f => (int.Parse(f[1], CultureInfo.InvariantCulture), int.Parse(f[2], CultureInfo.InvariantCulture))),
    ];

    /// <summary>The only event of a code.</summary>
    public (int Sample, int Detail) Event(string code) => Assert.Single(Events(code));
}
