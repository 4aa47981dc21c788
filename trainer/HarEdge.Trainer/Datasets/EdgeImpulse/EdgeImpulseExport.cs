using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HarEdge.Core;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.EdgeImpulse;

/// <summary>
/// Recordings as samples of Edge Impulse: one file a labelled stretch, named <c>label.id.json</c> or <c>.csv</c>, and <c>info.labels</c> with
/// labels, people and the data's own test split. Units are m/s² and °/s.
/// </summary>
/// <param name="asJson">The acquisition format, else CSV.</param>
internal sealed class EdgeImpulseExport(bool asJson)
{
    // A single row has no rate.
    private const int FewestSamples = 2;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly JsonArray listed = [];

    /// <summary>Files so far, without info.labels.</summary>
    public int FileCount => files.Count;

    /// <summary>Samples in them.</summary>
    public long Samples { get; private set; }

    /// <summary>Samples without a label, or alone between two gaps, which the platform has no form for.</summary>
    public long SamplesLeftOut { get; private set; }

    /// <summary>Takes a data set's stretches.</summary>
    public void Add(DataSet set)
    {
        var text = new SegmentText(set.Range);
        SamplesLeftOut += set.Recordings.Sum(recording => recording.Runs.Sum(run => (long)run.Length));
        foreach (var segment in LabelledSegment.Of(set).Where(segment => segment.Samples.Length >= FewestSamples))
        {
            var id = $"{EdgeImpulseName.Part(set.Name)}-{EdgeImpulseName.Part(segment.Recording.Name)}-{files.Count + 1:00000}";
            var name = $"{EdgeImpulseName.Part(segment.Label)}.{id}.{(asJson ? "json" : "csv")}";
            files.Add(name, asJson ? text.ToJson(segment) : text.ToCsv(segment));
            listed.Add(new JsonObject
            {
                ["path"] = name,
                ["name"] = Path.GetFileNameWithoutExtension(name),
                ["category"] = set.OfficialTestSubjects.Contains(segment.Recording.Subject) ? "testing" : "training",
                ["label"] = new JsonObject { ["type"] = "label", ["label"] = segment.Label },
                ["metadata"] = new JsonObject { ["subject"] = segment.Recording.Subject },
            });
            Samples += segment.Samples.Length;
            SamplesLeftOut -= segment.Samples.Length;
        }
    }

    /// <summary>Writes everything into a folder that is new or empty.</summary>
    /// <exception cref="InputException">There is nothing to write, something is in the way, or the disk is full; then nothing is left behind.</exception>
    public void Write(string folder)
    {
        if (files.Count == 0)
        {
            throw new InputException("The data has no labelled sample to export.", "haredge data check shows what is in it.");
        }

        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new InputException($"'{folder}' exists already and is not an empty folder.", "Give another folder with --out, or empty this one.", 2);
        }

        files[InfoLabels.FileName] = new JsonObject { ["version"] = 1, ["files"] = listed }.ToJsonString(Readable) + "\n";
        WholeFiles.Write(folder, files);
        files.Remove(InfoLabels.FileName);
    }
}

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

/// <summary>Samples of one recording that follow each other without a gap and have one label.</summary>
/// <param name="Recording">Where they are.</param>
/// <param name="Samples">Which.</param>
/// <param name="Label">Name of the class.</param>
internal readonly record struct LabelledSegment(Recording Recording, Run Samples, string Label)
{
    /// <summary>All of a data set, in order; samples without a label are in none.</summary>
    public static IEnumerable<LabelledSegment> Of(DataSet set)
    {
        foreach (var recording in set.Recordings)
        {
            foreach (var run in recording.Runs)
            {
                for (var start = run.Start; start < run.End;)
                {
                    var label = recording.Labels[start];
                    var same = recording.Labels.AsSpan(start, run.End - start).IndexOfAnyExcept(label);
                    var end = same < 0 ? run.End : start + same;
                    if (label >= 0)
                    {
                        yield return new LabelledSegment(recording, new Run(start, end), set.Classes[label]);
                    }

                    start = end;
                }
            }
        }
    }
}
