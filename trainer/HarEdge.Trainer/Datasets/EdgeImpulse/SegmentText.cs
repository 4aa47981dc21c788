using System.Globalization;
using System.Text;
using System.Text.Json;
using HarEdge.Core;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.EdgeImpulse;

/// <summary>
/// A segment as text in the platform's forms, in m/s² and °/s with so many digits that the counts come back exactly: one count is at least
/// 0.0006 m/s² (±2 g) and 0.007 °/s (±250 °/s).
/// </summary>
internal sealed class SegmentText
{
    private const int IntervalMs = 1000 / SensorScale.SampleRateHz;
    private const int Digits = 6;

    // The platform wants a signature of this length even where the algorithm is none.
    private const int SignatureLength = 64;

    private static readonly string[] Sensors = ["accX", "accY", "accZ", "gyrX", "gyrY", "gyrZ"];

    private readonly double[] factors;

    /// <param name="range">What counts are counts of.</param>
    public SegmentText(SensorRange range)
    {
        var units = new FileUnits(AccelUnit.Counts, GyroUnit.Counts, range);
        factors = [.. Enumerable.Range(0, SensorScale.ChannelCount).Select(channel => units.Factor(channel) * (channel < 3 ? FileUnits.StandardGravity : 1))];
    }

    /// <summary>A table: <c>timestamp</c> in ms, then the sensors.</summary>
    public string ToCsv(LabelledSegment segment)
    {
        var text = new StringBuilder("timestamp,").AppendJoin(',', Sensors).Append('\n');
        for (var sample = segment.Samples.Start; sample < segment.Samples.End; sample++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(sample - segment.Samples.Start) * IntervalMs}");
            for (var channel = 0; channel < factors.Length; channel++)
            {
                text.Append(CultureInfo.InvariantCulture, $",{Value(segment, channel, sample)}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The acquisition format, unsigned; the device's name is the wearer's.</summary>
    public string ToJson(LabelledSegment segment)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("protected");
            json.WriteString("ver", "v1");
            json.WriteString("alg", "none");
            json.WriteEndObject();
            json.WriteString("signature", new string('0', SignatureLength));
            json.WriteStartObject("payload");
            json.WriteString("device_name", segment.Recording.Subject);
            json.WriteString("device_type", "HAREDGE");
            json.WriteNumber("interval_ms", IntervalMs);
            json.WriteStartArray("sensors");
            foreach (var sensor in Sensors)
            {
                json.WriteStartObject();
                json.WriteString("name", sensor);
                json.WriteString("units", sensor[0] == 'a' ? "m/s2" : "deg/s");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteValues(json, segment);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private void WriteValues(Utf8JsonWriter json, LabelledSegment segment)
    {
        json.WriteStartArray("values");
        for (var sample = segment.Samples.Start; sample < segment.Samples.End; sample++)
        {
            json.WriteStartArray();
            for (var channel = 0; channel < factors.Length; channel++)
            {
                json.WriteNumberValue(Value(segment, channel, sample));
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private double Value(LabelledSegment segment, int channel, int sample) =>
        Math.Round(segment.Recording.Channels[channel][sample] * factors[channel], Digits);
}
