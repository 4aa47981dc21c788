using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>
/// Any CSV with a header row: one file, or a folder or zip of them. Comma, semicolon or tab; a timestamp column or a stated rate; units as
/// stated by the user or by the file's own first line (<see cref="RecordingDescription"/>). Who and what come
/// from columns, otherwise from the paths (<see cref="PathRoles"/>).
/// </summary>
internal static class CsvReader
{
    internal static bool Fits(SourceTree source) => Tables(source).Length > 0;

    /// <summary>Reads a file, a folder or a zip.</summary>
    /// <exception cref="InputException">A unit, rate or column is not known, or a line cannot be used; the message names it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two files.</exception>
    internal static DataSet Read(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var entries = Tables(source);
        if (entries.Length == 0)
        {
            throw new InputException($"'{source.Path}' holds no .csv or .tsv file.", "Give a CSV file, or a folder or zip that contains some.");
        }

        var import = new SetImport(source, options);
        var pairs = new SensorPairs(source, [.. entries.Where(entry => !IsLeftOut(entry))]);
        var roles = PathRoles.Of(pairs.Entries, options.SubjectFrom, options.LabelFrom);
        var classes = new ClassList(legend: ClassLegend.Read(options.LabelsFile));
        var layout = new CsvLayout
        {
            AccelUnit = options.AccelUnit,
            GyroUnit = options.GyroUnit,
            CountsRange = options.CountsRange ?? options.Range,
            IsRangeStated = options.CountsRange is not null,
            Classes = classes,
            Notes = import.Notes,
            SubjectOf = roles.SubjectOf,
            LabelOf = roles.LabelOf,
            PathNote = roles.Note,
            Columns = options.Columns,
            RateHz = options.RateHz,
            TimeUnit = options.TimeUnit,
            Delimiter = options.Delimiter,
            IsAccelerometerOnly = options.AccelerometerOnly,
        };
        var recordings = import.Read(
            [.. pairs.Entries.Concat(entries.Where(IsLeftOut))],
            entry => pairs.GyroOf(entry) is { } gyro && !layout.IsAccelerometerOnly
                ? CsvFile.ReadPair(source, entry, gyro, layout, import.Files, import.Tally)
                : CsvFile.Read(source, entry, layout, import.Files, import.Tally, pairs.GyroOf(entry) is not null || SensorPairs.IsLoneAccelerometer(source, entry) ? SensorPart.Accel : SensorPart.Both),
            progress,
            cancellation);
        foreach (var note in pairs.Notes)
        {
            import.Tally.Warn(note);
        }

        WarnOfLabels(import.Tally, classes, recordings);
        var relabeled = classes.Sort(recordings, out var sorted);
        return import.Finish(relabeled, options.Name ?? DataSetName.FromPath(source.Path), sorted, null);

        bool IsLeftOut(SourceEntry entry) => options.LeaveOut.Contains(entry.Name) || options.LeaveOut.Contains(entry.FileName);
    }

    /// <summary>What keeps these labels from being learned, or from meaning what they seem to.</summary>
    private static void WarnOfLabels(ImportTally tally, ClassList classes, List<Recording> recordings)
    {
        if (classes.Names.Count == 0)
        {
            tally.Warn("No sample has a class: the data can be replayed and compared, but no model can be trained on it. "
                + "Name the column with --columns label=COLUMN, or where paths say it with --label-from.");
        }

        if (classes.RenamingNote() is { } renamed)
        {
            tally.Warn(renamed);
        }

        if (HasOneClassEach(recordings))
        {
            tally.Warn("No person has more than one class: a split by people is then a split by class, and its scores mean nothing. "
                + "Where files or folders pass for people, say who is who with --subject-from.");
        }
    }

    private static bool HasOneClassEach(List<Recording> recordings)
    {
        List<short[]> classesOf =
        [
            .. recordings.GroupBy(recording => recording.Subject)
                .Select(person => person.SelectMany(recording => recording.Labels.Distinct()).Where(label => label >= 0).Distinct().ToArray()),
        ];
        return classesOf.Count > 1 && classesOf.All(classes => classes.Length < 2) && classesOf.SelectMany(classes => classes).Distinct().Count() > 1;
    }

    private static SourceEntry[] Tables(SourceTree source) =>
        [.. source.Entries.Where(entry => TableFile.IsTable(entry.Name))];
}

/// <summary>File names of tables, packed by gzip or not.</summary>
internal static class TableFile
{
    private static readonly string[] Endings = [".csv", ".tsv"];

    public static bool IsTable(string name) => Endings.Contains(Path.GetExtension(Unpacked(name)).ToLowerInvariant());

    /// <summary>The path without the endings: "a/walk.csv.gz" is "a/walk".</summary>
    public static string Stem(string name) => Path.ChangeExtension(Unpacked(name), null);

    /// <summary>The name without the ending of gzip.</summary>
    public static string Unpacked(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
}
