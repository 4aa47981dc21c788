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
        var assembler = new RecordingAssembler(options.Range, Tally, options.AsStated);
        List<Recording> recordings = [];
        List<(SourceEntry Entry, InputException Problem)> unreadable = [];
        entries = Wanted(entries);
        for (int i = 0; i < entries.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("Reading recordings", i / (double)entries.Count, entries[i].Name));
            try
            {
                recordings.AddRange(signalsOf(entries[i]).Select(assembler.Assemble));
            }
            catch (InputException problem) when (entries.Count > 1)
            {
                unreadable.Add((entries[i], problem));
            }
        }

        progress?.Report(new StepProgress("Reading recordings", 1));
        if (unreadable.Count > 0)
        {
            throw Unreadable(unreadable, entries.Count);
        }

        return assembler.Finish(recordings);
    }

    /// <summary>The files that are not to be left out.</summary>
    private List<SourceEntry> Wanted(IReadOnlyList<SourceEntry> entries)
    {
        bool IsNamed(SourceEntry entry, string name) =>
            entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || entry.FileName.Equals(name, StringComparison.OrdinalIgnoreCase);
        foreach (string name in options.LeaveOut.Where(name => !entries.Any(entry => IsNamed(entry, name))))
        {
            throw new InputException($"'{source.Path}' has no '{name}' to leave out.", "Write the file's name or its path as the other messages give it.", 2);
        }

        List<SourceEntry> wanted = [.. entries.Where(entry => !options.LeaveOut.Any(name => IsNamed(entry, name)))];
        if (wanted.Count < entries.Count)
        {
            Tally.Warn($"{entries.Count - wanted.Count} of {entries.Count} files were left out, as told: {string.Join(", ", options.LeaveOut)}.");
        }

        return wanted;
    }

    private static InputException Unreadable(List<(SourceEntry Entry, InputException Problem)> files, int all)
    {
        InputException first = files[0].Problem;
        if (files.Count == all)
        {
            return first;
        }

        const int MostNamed = 8;
        string names = string.Join(' ', files.Take(MostNamed).Select(file => file.Entry.Name)) + (files.Count > MostNamed ? " …" : "");
        string others = files.Count == 1 ? "" : $" ({files.Count} of {all} files cannot be read.)";
        return new InputException(first.Message + others, $"{first.Remedy} Or read the others without: --leave-out {names}", first.ExitCode, first);
    }

    public DataSet Finish(IEnumerable<Recording> recordings, string name, IReadOnlyList<string> classes, string? attribution)
    {
        foreach (string note in layout.Notes)
        {
            Tally.Warn(note);
        }

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
