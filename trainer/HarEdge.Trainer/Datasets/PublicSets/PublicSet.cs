using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>Reads a source that a set's layout fits.</summary>
internal delegate DataSet SetReader(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation);

/// <summary>A public set of recordings: what it is, whose, where it is, and how its files are read.</summary>
internal sealed record PublicSet
{
    /// <summary>All sets whose layouts are known, in the order in which they are looked for.</summary>
    public static IReadOnlyList<PublicSet> All =>
    [
        HaptReader.Set, UciHarReader.Set, WisdmReader.Set, ColumnFileReader.Pamap2, ColumnFileReader.Mhealth, MotionSenseReader.Set,
        WedaFallReader.Set, ColumnFileReader.SisFall, SmartwatchReader.Set, WharReader.Set,
    ];

    /// <summary>As it is typed, and in tables.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>People, place, rate and ranges.</summary>
    public required string Contents { get; init; }

    /// <summary>Authors, work and where it appeared.</summary>
    public required string Citation { get; init; }

    /// <summary>License, or what its authors say instead of one.</summary>
    public required string Terms { get; init; }

    /// <summary>The page of its authors or archive.</summary>
    public required Uri Page { get; init; }

    /// <summary>Where the zip is; null where there is none that a program may fetch.</summary>
    public Uri? Download { get; init; }

    /// <summary>SHA-256 by file name of what is inside the zip, where it is known.</summary>
    public IReadOnlyDictionary<string, string>? Sha256ByFileName { get; init; }

    /// <summary>Places of its sensors, the one that is read without <c>--placement</c> first; empty for a single one.</summary>
    public IReadOnlyList<string> Placements { get; init; } = [];

    /// <summary>What surprises in it, one sentence each; told whenever it is read.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>Whether files are in its layout.</summary>
    public required Func<SourceTree, bool> Fits { get; init; }

    public required SetReader Read { get; init; }

    /// <summary>Authors and terms in one line.</summary>
    public string Attribution => $"{Title}: {Citation}; {Terms}.";

    /// <summary>The place to read.</summary>
    /// <exception cref="InputException">The user named one that the set does not have (exit code 2).</exception>
    public string PlacementOf(ReaderOptions options)
    {
        var known = options.Placement is null ? Placements[0] : Placements.FirstOrDefault(place => place.Equals(options.Placement, StringComparison.OrdinalIgnoreCase));
        return known ?? throw new InputException(
            $"{Title} has no sensor at '{options.Placement}'.", $"Give --placement {string.Join(" or ", Placements)}; without it {Placements[0]} is read.", 2);
    }

    /// <summary>Reads files one by one into a data set of this name, with the quirks as notes.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="options">What the user said.</param>
    /// <param name="entries">Which.</param>
    /// <param name="classes">Fixed, or filled while the files are read.</param>
    /// <param name="signalsOf">The signals of a file.</param>
    /// <param name="progress">Receives a report once a file.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <param name="testSubjects">People of the set's own test split, known when all is read.</param>
    public DataSet Import(
        SourceTree source,
        ReaderOptions options,
        IReadOnlyList<SourceEntry> entries,
        ClassList classes,
        Func<SetImport, SourceEntry, IEnumerable<RawSignal>> signalsOf,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation,
        IReadOnlyCollection<string>? testSubjects = null)
    {
        if (options.Placement is not null && Placements.Count == 0)
        {
            throw new InputException($"{Title} has a single sensor, so there is nothing to choose with --placement.", "Leave --placement out.", 2);
        }

        // The units are those of the set's description: what speaks against them is told, and stops nobody who has said nothing else.
        var import = new SetImport(source, options with { AsStated = options.AsStated || (options.AccelUnit is null && options.GyroUnit is null) });
        var recordings = import.Read(entries, entry => signalsOf(import, entry), progress, cancellation);
        foreach (var quirk in Quirks)
        {
            import.Tally.Warn(quirk);
        }

        if (Placements.Count > 1)
        {
            import.Tally.Warn($"The sensor at the {PlacementOf(options)} was read; --placement reads another: {string.Join(", ", Placements)}.");
        }

        var sorted = classes.Sort(recordings, out var names);
        return import.Finish(sorted, options.Name ?? Name, names, Attribution, [.. (testSubjects ?? []).Order(StringComparer.Ordinal)]);
    }
}
