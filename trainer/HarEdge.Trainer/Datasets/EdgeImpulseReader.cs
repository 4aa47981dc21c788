using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.EdgeImpulse;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets;

/// <summary>
/// Samples of Edge Impulse, one a file: its acquisition format in JSON, or its CSV (timestamp in ms first), named <c>label.id.json</c> or
/// described by <c>info.labels</c>. The platform knows no people: the wearer is the metadata's subject, else the device, else the same for all.
/// </summary>
public static class EdgeImpulseReader
{
    /// <summary>The wearer where nothing says who it was.</summary>
    public const string Nobody = "unnamed";

    // Enough to know a folder by: another program's JSON may lie beside samples.
    private const int FilesLookedAt = 8;

    /// <summary>Reads a file, a folder or a zip.</summary>
    /// <exception cref="InputException">A file cannot be used; the message names it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two files.</exception>
    public static DataSet Read(
        string path,
        ReaderOptions? options = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        using var source = SourceTree.Open(path);
        return Read(source, options ?? new ReaderOptions(), progress, cancellation);
    }

    internal static bool Fits(SourceTree source) =>
        Tables(source).Take(FilesLookedAt).Any(entry => IsSample(source, entry)) || source.Entries.Where(IsJson).Take(FilesLookedAt).Any(entry => IsSample(source, entry));

    internal static DataSet Read(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        List<SourceFile> files = [];
        var info = InfoLabels.Read(source, files);
        var classes = new ClassList(legend: ClassLegend.Read(options.LabelsFile));
        var layout = new CsvLayout
        {
            AccelUnit = options.AccelUnit,
            GyroUnit = options.GyroUnit,
            CountsRange = options.CountsRange ?? options.Range,
            IsRangeStated = options.CountsRange is not null,
            Classes = classes,
            SubjectOf = entry => info.SubjectOf(entry) ?? Nobody,
            LabelOf = entry => LabelOf(info, entry),
            Columns = options.Columns,
            RateHz = options.RateHz,
            TimeUnit = options.TimeUnit ?? TimeUnit.Milliseconds,
            Delimiter = options.Delimiter,
        };
        var import = new CsvImport(source, layout, options);
        import.Files.AddRange(files);
        var entries = source.Entries.Where(entry => IsJson(entry) || IsTable(entry)).ToList();
        var recordings = import.Read(
            entries,
            entry => IsTable(entry) ? ReadTable(entry, info, import, classes) : ReadJson(source, entry, layout, info, import),
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
    private static List<RawSignal> ReadTable(SourceEntry entry, InfoLabels info, CsvImport import, ClassList classes)
    {
        List<RawSignal> signals = import.ReadTable(entry);
        if (signals is [var signal])
        {
            Lay(info.StretchesOf(entry), signal, classes);
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
        SourceTree source, SourceEntry entry, CsvLayout layout, InfoLabels info, CsvImport import)
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
