using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>Reads a list of files into a data set: CSV of one layout, or whatever a reader makes signals of.</summary>
internal sealed class CsvImport(SourceTree source, CsvLayout layout, ReaderOptions options)
{
    /// <summary>Files read so far, with their hashes.</summary>
    public List<SourceFile> Files { get; } = [];

    public ImportTally Tally { get; } = new();

    /// <summary>The signals of a CSV file.</summary>
    public List<RawSignal> ReadTable(SourceEntry entry) => CsvFile.Read(source, entry, layout, Files, Tally);

    public List<Recording> Read(
        IReadOnlyList<SourceEntry> entries, Func<SourceEntry, List<RawSignal>> signalsOf, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var assembler = new RecordingAssembler(options.Range, Tally);
        List<Recording> recordings = [];
        for (int i = 0; i < entries.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("Reading recordings", i / (double)entries.Count, entries[i].Name));
            recordings.AddRange(signalsOf(entries[i]).Select(assembler.Assemble));
        }

        progress?.Report(new StepProgress("Reading recordings", 1));
        return assembler.Finish(recordings);
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
            Files = Files,
            Report = Tally.ToReport(),
            Attribution = attribution,
        };
        DataSetCheck.Verify(dataSet, source.Path);
        return dataSet;
    }
}
