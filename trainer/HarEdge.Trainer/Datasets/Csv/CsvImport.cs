using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>Reads a list of CSV files of one layout into a data set.</summary>
internal sealed class CsvImport(SourceTree source, CsvLayout layout, ReaderOptions options)
{
    private readonly List<SourceFile> _files = [];

    public ImportTally Tally { get; } = new();

    public List<Recording> Read(IReadOnlyList<SourceEntry> entries, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var assembler = new RecordingAssembler(options.Range, Tally);
        List<Recording> recordings = [];
        for (int i = 0; i < entries.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("Reading recordings", i / (double)entries.Count, entries[i].Name));
            recordings.AddRange(CsvFile.Read(source, entries[i], layout, _files, Tally).Select(assembler.Assemble));
        }

        progress?.Report(new StepProgress("Reading recordings", 1));
        return recordings;
    }

    public DataSet Finish(IEnumerable<Recording> recordings, string name, IReadOnlyList<string> classes, string? attribution)
    {
        var dataSet = new DataSet
        {
            Name = name,
            Classes = classes,
            DefaultClasses = classes,
            Recordings = [.. recordings.Select(recording => recording with { DataSet = name })],
            Range = options.Range,
            Files = _files,
            Report = Tally.ToReport(),
            Attribution = attribution,
        };
        DataSetCheck.Verify(dataSet, source.Path);
        return dataSet;
    }
}
