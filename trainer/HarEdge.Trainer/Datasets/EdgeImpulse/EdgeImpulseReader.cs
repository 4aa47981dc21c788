using System.Text.Json;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.EdgeImpulse;

/// <summary>
/// Samples of Edge Impulse, one a file: its acquisition format in JSON, or its CSV (timestamp in ms first), named <c>label.id.json</c> or
/// described by <c>info.labels</c>. The platform knows no people: the wearer is the metadata's subject, else the device, else the same for all.
/// </summary>
internal static class EdgeImpulseReader
{
    /// <summary>The wearer where nothing says who it was.</summary>
    public const string Nobody = "unnamed";

    // Enough to know a folder by: another program's JSON may lie beside samples.
    private const int FilesLookedAt = 8;

    internal static bool Fits(SourceTree source) =>
        Tables(source).Take(FilesLookedAt).Any(entry => IsSample(source, entry)) || source.Entries.Where(IsJson).Take(FilesLookedAt).Any(entry => IsSample(source, entry));

    /// <summary>Reads a file, a folder or a zip.</summary>
    /// <exception cref="InputException">A file cannot be used; the message names it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two files.</exception>
    internal static DataSet Read(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        List<SourceFile> files = [];
        var info = InfoLabels.Read(source, files);
        var classes = new ClassList(legend: ClassLegend.Read(options.LabelsFile));
        var import = new SetImport(source, options);
        var layout = new CsvLayout
        {
            AccelUnit = options.AccelUnit,
            GyroUnit = options.GyroUnit,
            CountsRange = options.CountsRange ?? options.Range,
            IsRangeStated = options.CountsRange is not null,
            Classes = classes,
            Notes = import.Notes,
            SubjectOf = entry => info.SubjectOf(entry) ?? Nobody,
            LabelOf = entry => LabelOf(info, entry),
            Columns = options.Columns,
            RateHz = options.RateHz,
            TimeUnit = options.TimeUnit ?? TimeUnit.Milliseconds,
            Delimiter = options.Delimiter,
            IsAccelerometerOnly = options.AccelerometerOnly,
        };
        import.Files.AddRange(files);
        var entries = source.Entries.Where(entry => IsJson(entry) || IsTable(entry)).ToList();
        var recordings = import.Read(
            entries,
            entry => IsTable(entry) ? ReadTable(CsvFile.Read(source, entry, layout, import.Files, import.Tally), info.StretchesOf(entry), classes) : ReadJson(source, entry, layout, info, import),
            progress,
            cancellation);
        if (classes.RenamingNote() is { } renamed)
        {
            import.Tally.Warn(renamed);
        }

        var sorted = classes.Sort(recordings, out var names);
        return import.Finish(sorted, options.Name ?? DataSetName.FromPath(source.Path), names, null);
    }

    /// <summary>A table, with the stretches of several labels laid over its rows.</summary>
    private static List<RawSignal> ReadTable(
        List<RawSignal> signals, IReadOnlyList<(string Label, int First, int Last)> stretches, ClassList classes)
    {
        if (signals is [var signal])
        {
            Lay(stretches, signal, classes);
        }

        return signals;
    }

    /// <summary>Labels of stretches, numbered by rows: slots without a row are not counted.</summary>
    private static void Lay(IReadOnlyList<(string Label, int First, int Last)> stretches, RawSignal signal, ClassList classes)
    {
        int[] slots = [.. Enumerable.Range(0, signal.SlotCount).Where(slot => signal.Labels[slot] != RawSignal.NoRow)];
        foreach (var (name, first, last) in stretches)
        {
            classes.TryIndex(name, out var label);
            for (var row = Math.Max(0, first); row <= last && row < slots.Length; row++)
            {
                signal.Labels[slots[row]] = label;
            }
        }
    }

    private static List<RawSignal> ReadJson(
        SourceTree source, SourceEntry entry, CsvLayout layout, InfoLabels info, SetImport import)
    {
        var fileName = source.Describe(entry);
        var root = JsonFile.Parse(source.ReadAll(entry, out var sha256), fileName);
        if (!AcquisitionFile.Fits(root))
        {
            import.Tally.Warn($"'{fileName}' is no sample of Edge Impulse and was left aside.");
            return [];
        }

        import.Files.Add(new SourceFile(entry.Name, sha256));
        var device = AcquisitionFile.DeviceOf(root);
        var subject = info.SubjectOf(entry) ?? (string.IsNullOrWhiteSpace(device) ? Nobody : device);
        layout.Classes.TryIndex(LabelOf(info, entry) ?? "", out var label);
        var signal = AcquisitionFile.Read(root, layout, Path.ChangeExtension(entry.Name, null), subject, label, fileName, import.Tally);
        Lay(info.StretchesOf(entry), signal, layout.Classes);
        return [signal];
    }

    private static string? LabelOf(InfoLabels info, SourceEntry entry) =>
        info.LabelOf(entry) ?? EdgeImpulseName.LabelOf(entry.FileName, fewestParts: IsTable(entry) ? 3 : 2);

    private static bool IsSample(SourceTree source, SourceEntry entry)
    {
        if (IsJson(entry))
        {
            try
            {
                return AcquisitionFile.Fits(JsonFile.Parse(source.ReadAll(entry, out _), entry.Name));
            }
            catch (InputException)
            {
                return false;
            }
        }

        // The platform's tables have the timestamp first and no column for a label.
        var header = TableHead.Read(source, entry).FirstRow.Split(',', ';', '\t').Select(name => name.Trim().ToLowerInvariant()).ToList();
        return header[0] == "timestamp" && !header.Intersect(["label", "activity", "class", "subject", "user"]).Any()
            && (EdgeImpulseName.LabelOf(entry.FileName, fewestParts: 3) is not null || source.Entries.Any(other => other.FileName == InfoLabels.FileName));
    }

    private static IEnumerable<SourceEntry> Tables(SourceTree source) => source.Entries.Where(IsTable);

    private static bool IsTable(SourceEntry entry) => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(SourceEntry entry) => entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}

/// <summary>File names in Edge Impulse's form: the label up to the first dot, then anything (<c>walking.id.json</c>).</summary>
internal static class EdgeImpulseName
{
    /// <summary>The label in a name; null when nothing follows it but the ending, and for hidden files.</summary>
    public static string? LabelOf(string fileName, int fewestParts)
    {
        var parts = fileName.Split('.');
        return parts.Length >= fewestParts && parts[0].Length > 0 ? parts[0] : null;
    }

    /// <summary>A text as a part of a name: letters, digits, hyphens and underscores, which is what the platform takes a label to consist of.</summary>
    public static string Part(string text) => new([.. text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
}

/// <summary>JSON from outside: damaged text is an <see cref="InputException"/>, a missing or other field is null.</summary>
internal static class JsonFile
{
    /// <summary>The root of a file.</summary>
    /// <exception cref="InputException">The text is no JSON.</exception>
    public static JsonElement Parse(byte[] bytes, string fileName)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"'{fileName}' line {(e.LineNumber ?? 0) + 1} is not JSON.", "Export or copy the file again; it may be cut short.", 1, e);
        }
    }

    /// <summary>A property of an object; null when the element is no object or has no such property.</summary>
    public static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A property that is text.</summary>
    public static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A property that is a list.</summary>
    public static JsonElement? List(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } value ? value : null;
}
