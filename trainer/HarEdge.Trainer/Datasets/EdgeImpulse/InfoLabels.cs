using System.Text.Json;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.EdgeImpulse;

/// <summary>
/// The files named <c>info.labels</c> of an export: for each sample its label and metadata, which count more than the file's name.
/// Format: docs.edgeimpulse.com, "Edge Impulse labels", version 1.
/// </summary>
internal sealed class InfoLabels
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "info.labels";

    private static readonly string[] SubjectKeys = ["subject", "person", "participant", "user", "wearer"];

    private readonly Dictionary<string, JsonElement> files = new(StringComparer.Ordinal);

    /// <summary>Reads all there are in a source; none is no error.</summary>
    public static InfoLabels Read(SourceTree source, ICollection<SourceFile> read)
    {
        var labels = new InfoLabels();
        foreach (var entry in source.Entries.Where(entry => entry.FileName == FileName))
        {
            var root = JsonFile.Parse(source.ReadAll(entry, out var sha256), source.Describe(entry));
            read.Add(new SourceFile(entry.Name, sha256));
            if (root.TryGetProperty("files", out var list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (var file in list.EnumerateArray())
                {
                    labels.Add(entry.Folder, file);
                }
            }
        }

        return labels;
    }

    /// <summary>The label stated for a file; null when none is, "" when it is stated to have no single label.</summary>
    public string? LabelOf(SourceEntry entry)
    {
        if (!files.TryGetValue(entry.Name, out var file) || !file.TryGetProperty("label", out var label))
        {
            return null;
        }

        return label.ValueKind == JsonValueKind.String ? label.GetString() : JsonFile.Text(label, "label") ?? "";
    }

    /// <summary>
    /// The stretches of a file with several labels: first and last sample, counted from 0 and both inside ("Data acquisition", "Multi-label
    /// (time-series)"). Empty for a file with one label or none.
    /// </summary>
    public IReadOnlyList<(string Label, int First, int Last)> StretchesOf(SourceEntry entry) =>
        files.TryGetValue(entry.Name, out var file) && JsonFile.Property(file, "label") is { } label && JsonFile.List(label, "labels") is { } list
            ? [.. list.EnumerateArray().Select(Stretch)]
            : [];

    private static (string Label, int First, int Last) Stretch(JsonElement stretch) => (
        JsonFile.Text(stretch, "label") ?? "", Index(stretch, "startIndex") ?? 0, Index(stretch, "endIndex") ?? -1);

    private static int? Index(JsonElement stretch, string name) =>
        JsonFile.Property(stretch, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var index) ? index : null;

    /// <summary>The wearer in a file's metadata; null when it is not there.</summary>
    public string? SubjectOf(SourceEntry entry) =>
        files.TryGetValue(entry.Name, out var file) && file.TryGetProperty("metadata", out var metadata)
            ? SubjectKeys.Select(key => JsonFile.Text(metadata, key)).FirstOrDefault(subject => !string.IsNullOrWhiteSpace(subject))
            : null;

    private void Add(string folder, JsonElement file)
    {
        if (JsonFile.Text(file, "path") is { } path)
        {
            // From the root in a file at the root, and either way in a file inside training or testing.
            files.TryAdd(folder + path, file);
            files.TryAdd(path, file);
        }
    }
}
