using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HarEdge.Trainer.Datasets.EdgeImpulse;

namespace HarEdge.Trainer.Datasets;

/// <summary>
/// Recordings as samples of Edge Impulse: one file a labelled stretch, named <c>label.id.json</c> or <c>.csv</c>, and <c>info.labels</c> with
/// labels, people and the data's own test split. Units are m/s² and °/s.
/// </summary>
/// <param name="asJson">The acquisition format, else CSV.</param>
public sealed class EdgeImpulseExport(bool asJson)
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
            throw new InputException("The data has no labelled sample to export.", "haredge data check tells what is in it.");
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
