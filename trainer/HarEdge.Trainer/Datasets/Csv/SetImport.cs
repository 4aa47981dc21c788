using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>Reads a list of files into a data set, whatever a reader makes signals of.</summary>
internal sealed class SetImport(SourceTree source, ReaderOptions options)
{
    /// <summary>Files read so far, with their hashes.</summary>
    public List<SourceFile> Files { get; } = [];

    public ImportTally Tally { get; } = new();

    /// <summary>Sentences for the user that files have in common, each said once.</summary>
    public FileNotes Notes { get; } = new();

    /// <summary>Reads all that are not to be left out. Files that cannot be read are reported together.</summary>
    /// <exception cref="InputException">A file cannot be read, or the values do not fit their units.</exception>
    public List<Recording> Read(
        IReadOnlyList<SourceEntry> entries, Func<SourceEntry, IEnumerable<RawSignal>> signalsOf, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var assembler = new RecordingAssembler(options.Range, Tally, options.AsStated);
        List<Recording> recordings = [];
        List<(SourceEntry Entry, InputException Problem)> unreadable = [];
        entries = Wanted(entries);
        for (var i = 0; i < entries.Count; i++)
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
        foreach (var name in options.LeaveOut.Where(name => !entries.Any(entry => IsNamed(entry, name))))
        {
            throw new InputException($"'{source.Path}' has no '{name}' to leave out.", "Write the file's name or its path as the other messages give it.", 2);
        }

        List<SourceEntry> wanted = [.. entries.Where(entry => !options.LeaveOut.Any(name => IsNamed(entry, name)))];
        if (wanted.Count < entries.Count)
        {
            Tally.Warn($"{entries.Count - wanted.Count} of {entries.Count} files were left out, as asked: {string.Join(", ", options.LeaveOut)}.");
        }

        return wanted;
    }

    private static InputException Unreadable(List<(SourceEntry Entry, InputException Problem)> files, int all)
    {
        var first = files[0].Problem;
        if (files.Count == all)
        {
            return first;
        }

        const int MostNamed = 8;
        var names = string.Join(' ', files.Take(MostNamed).Select(file => file.Entry.Name)) + (files.Count > MostNamed ? " …" : "");
        var others = files.Count == 1 ? "" : $" ({files.Count} of {all} files cannot be read.)";
        return new InputException(first.Message + others, $"{first.Remedy} Or read the others without: --leave-out {names}", first.ExitCode, first);
    }

    /// <summary>The data set of all recordings.</summary>
    public DataSet Finish(
        IEnumerable<Recording> recordings, string name, IReadOnlyList<string> classes, string? attribution, IReadOnlyList<string>? testSubjects = null)
    {
        foreach (var note in Notes.Sentences)
        {
            Tally.Warn(note);
        }

        Recording[] all = [.. recordings.Select(recording => recording with { DataSet = name })];
        string[] empty = [.. classes.Where((_, label) => !all.Any(recording => recording.Runs.Any(run => recording.Labels.AsSpan(run.Start, run.Length).Contains((short)label))))];
        if (empty.Length > 0 && empty.Length < classes.Count)
        {
            Tally.Warn($"No sample of {string.Join(", ", empty)} is left: all lie in gaps, or there are none.");
        }

        var dataSet = new DataSet
        {
            Name = name,
            Classes = classes,
            DefaultClasses = empty.Length < classes.Count ? [.. classes.Except(empty)] : classes,
            Recordings = all,
            Range = options.Range,
            OfficialTestSubjects = testSubjects ?? [],
            Files = Files,
            Report = Tally.ToReport(),
            Attribution = attribution,
        };
        DataSetCheck.Verify(dataSet, source.Path);
        return dataSet;
    }
}

/// <summary>Sentences for the user on how files were read: each said once, with the first file it is true of and how many others there are.</summary>
internal sealed class FileNotes
{
    private readonly SortedDictionary<string, SortedSet<string>> filesOf = new(StringComparer.Ordinal);

    /// <summary>What is said in the end.</summary>
    public IEnumerable<string> Sentences => filesOf.Select(note => note.Value.Count == 0 ? note.Key
        : $"'{note.Value.First()}'{(note.Value.Count > 1 ? $" and {note.Value.Count - 1} more" : "")}: {note.Key}");

    /// <summary>Adds a sentence; null for one that is true of the whole set.</summary>
    public void Add(string sentence, string? fileName = null)
    {
        if (!filesOf.TryGetValue(sentence, out var files))
        {
            files = new SortedSet<string>(StringComparer.Ordinal);
            filesOf.Add(sentence, files);
        }

        if (fileName is not null)
        {
            files.Add(fileName);
        }
    }
}
