using System.Text.Json;
using HarEdge.Core;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.EdgeImpulse;

/// <summary>
/// One file in the platform's acquisition format (docs.edgeimpulse.com, "Data acquisition format"): <c>payload</c> with <c>interval_ms</c>,
/// <c>sensors</c> and <c>values</c>. Its signature is not checked, signed or not: that needs the project's key.
/// </summary>
internal static class AcquisitionFile
{
    /// <summary>Whether JSON is of this format.</summary>
    public static bool Fits(JsonElement root) => JsonFile.Property(root, "payload") is { } payload && JsonFile.List(payload, "sensors") is not null;

    /// <summary>The device's name, which stands for its wearer when nothing else does; null when there is none.</summary>
    public static string? DeviceOf(JsonElement root) => JsonFile.Property(root, "payload") is { } payload ? JsonFile.Text(payload, "device_name") : null;

    /// <summary>The six channels, or an accelerometer's three, on a regular grid.</summary>
    /// <param name="root">The whole file.</param>
    /// <param name="layout">What the user has said; the file's units fill the rest.</param>
    /// <param name="name">Of the recording.</param>
    /// <param name="subject">Who wore it.</param>
    /// <param name="label">Of every sample.</param>
    /// <param name="fileName">For messages.</param>
    /// <param name="tally">Counts the rows.</param>
    /// <exception cref="InputException">A field is missing, or values do not fit their units.</exception>
    public static RawSignal Read(JsonElement root, CsvLayout layout, string name, string subject, short label, string fileName, ImportTally tally)
    {
        var payload = JsonFile.Property(root, "payload") ?? throw Missing(fileName, "payload");
        var sensors = (JsonFile.List(payload, "sensors") ?? throw Missing(fileName, "payload.sensors")).EnumerateArray().ToList();
        var columns = new CsvColumns([.. sensors.Select(sensor => JsonFile.Text(sensor, "name") ?? "")], layout.Columns, fileName, isAccelerometerOnly: layout.IsAccelerometerOnly);
        var units = Stated(layout, sensors, columns).UnitsOf(fileName, columns.HasGyroscope);
        var rows = JsonFile.List(payload, "values") ?? throw Missing(fileName, "payload.values");
        var read = new SignalRows(subject, null, 0);
        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < sensors.Count)
            {
                throw new InputException(
                    $"'{fileName}': row {read.Count + 1} of payload.values does not hold {sensors.Count} values.", "Export the file again; every row has a value for each sensor.");
            }

            for (var channel = 0; channel < SensorScale.ChannelCount; channel++)
            {
                var column = columns.Channels[channel];
                var value = !column.Exists ? 0 : row[column.Index].ValueKind == JsonValueKind.Number ? row[column.Index].GetDouble() : double.NaN;
                read.Values[channel].Add(column.IsNegated ? -value : value);
            }

            read.Times.Add(double.NaN);
            read.Labels.Add(label);
        }

        var clock = new ClockStatement(false, layout.RateHz ?? RateOf(payload, fileName), null);
        return SignalBuilder.Build(read, name, new RecordingOrigin { FileName = fileName, Columns = columns.Names, Units = units.Names }, units, clock, tally);
    }

    private static CsvLayout Stated(CsvLayout layout, List<JsonElement> sensors, CsvColumns columns)
    {
        string UnitOf(int channel) => columns.Channels[channel] is { Exists: true, Index: var index } ? JsonFile.Text(sensors[index], "units") ?? "" : "";
        return layout.With(new RecordingDescription
        {
            AccelUnit = UnitNames.TryParseAccel(UnitOf(0)),
            GyroUnit = UnitNames.TryParseGyro(UnitOf(3)),
        });
    }

    private static double RateOf(JsonElement payload, string fileName) =>
        JsonFile.Property(payload, "interval_ms") is { ValueKind: JsonValueKind.Number } interval && interval.GetDouble() is > 0 and < 10000 and var ms
            ? 1000 / ms
            : throw Missing(fileName, "payload.interval_ms");

    private static InputException Missing(string fileName, string what) =>
        new($"'{fileName}' has no usable {what}.", "Give a file in Edge Impulse's data acquisition format.");
}

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
