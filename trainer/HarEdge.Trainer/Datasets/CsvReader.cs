using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets;

/// <summary>
/// Any CSV with a header row: one file, or a folder or zip of them. Comma, semicolon or tab; a timestamp column or a stated rate; units as
/// stated by the user or by the file's own first line (<see cref="RecordingDescription"/>). The subject comes from its column, otherwise from the folder when there are several, otherwise from the file's name.
/// </summary>
public static class CsvReader
{
    private static readonly string[] Extensions = [".csv", ".tsv"];

    /// <summary>Reads a file, a folder or a zip.</summary>
    /// <exception cref="InputException">A unit, rate or column is not known, or a line cannot be used; the message names it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two files.</exception>
    public static DataSet Read(
        string path,
        ReaderOptions? options = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        using SourceTree source = SourceTree.Open(path);
        return Read(source, options ?? new ReaderOptions(), progress, cancellation);
    }

    internal static bool Fits(SourceTree source) => Tables(source).Length > 0;

    internal static DataSet Read(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        SourceEntry[] entries = Tables(source);
        if (entries.Length == 0)
        {
            throw new InputException($"'{source.Path}' holds no .csv or .tsv file.", "Give a CSV file, or a folder or zip that contains some.");
        }

        bool hasFolders = entries.Select(entry => entry.Folder).Distinct().Count() > 1;
        var classes = new ClassList();
        var layout = new CsvLayout
        {
            AccelUnit = options.AccelUnit,
            GyroUnit = options.GyroUnit,
            CountsRange = options.Range,
            Classes = classes,
            SubjectOf = entry => hasFolders && entry.Folder.Length > 0
                ? Path.GetFileName(entry.Folder.TrimEnd('/'))
                : Path.GetFileNameWithoutExtension(entry.FileName),
            Columns = options.Columns,
            RateHz = options.RateHz,
            TimeUnit = options.TimeUnit,
            Delimiter = options.Delimiter,
        };
        var import = new CsvImport(source, layout, options);
        List<Recording> recordings = import.Read(entries, import.ReadTable, progress, cancellation);
        if (classes.Names.Count == 0)
        {
            import.Tally.Warn("No sample has a class: the data can be replayed and compared, but no model can be trained on it.");
        }

        List<Recording> relabeled = classes.Sort(recordings, out string[] sorted);
        return import.Finish(relabeled, options.Name ?? DataSetName.FromPath(source.Path), sorted, null);
    }

    private static SourceEntry[] Tables(SourceTree source) =>
        [.. source.Entries.Where(entry => Extensions.Contains(Path.GetExtension(entry.Name).ToLowerInvariant()))];
}
