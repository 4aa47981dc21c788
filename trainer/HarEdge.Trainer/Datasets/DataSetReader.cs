using HarEdge.Core;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.EdgeImpulse;
using HarEdge.Trainer.Datasets.PublicSets;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets;

/// <summary>Opens whatever the user names: the built-in data, or a zip, folder or file in one of the known layouts.</summary>
public static class DataSetReader
{
    /// <summary>
    /// Reads "synthetic" or "synthetic:SEED", a zip or folder in HAPT's layout or of the smartwatch set or of Edge Impulse, or CSV files.
    /// </summary>
    /// <param name="path">The name or path.</param>
    /// <param name="options">What the files do not say themselves.</param>
    /// <param name="progress">Receives a report once a recording.</param>
    /// <param name="cancellation">Stops between two recordings.</param>
    /// <exception cref="InputException">No layout fits, or something in the data cannot be used.</exception>
    public static DataSet Open(
        string path,
        ReaderOptions? options = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new ReaderOptions();
        var data = OpenWhole(path, options, progress, cancellation);
        return options.AccelerometerOnly ? data with { Recordings = [.. data.Recordings.Select(recording => recording.WithoutGyroscope())] } : data;
    }

    private static DataSet OpenWhole(string path, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        if (TrySyntheticSeed(path, out var seed))
        {
            return SyntheticWearer.Create(new SyntheticOptions { Seed = seed, Range = options.Range });
        }

        using var source = SourceTree.Open(path);
        if (PublicSet.All.FirstOrDefault(set => set.Fits(source)) is { } known)
        {
            return known.Read(source, options, progress, cancellation);
        }

        if (options.Placement is not null)
        {
            throw new InputException(
                $"'{path}' is none of the public sets with several sensors, so --placement has nothing to choose from.", "Leave it out, or name the sensor's columns with --columns.", 2);
        }

        if (EdgeImpulseReader.Fits(source))
        {
            return EdgeImpulseReader.Read(source, options, progress, cancellation);
        }

        if (CsvReader.Fits(source))
        {
            return CsvReader.Read(source, options, progress, cancellation);
        }

        throw new InputException(
            $"'{path}' holds no recordings in a known layout: no .csv or .tsv file, nothing of Edge Impulse (label.id.json), and none of the public sets "
            + $"{string.Join(", ", PublicSet.All.Select(set => set.Name))}.",
            "Give a zip, folder or file in one of these layouts, or 'synthetic'; docs/DATASETS.md shows the files of each set.",
            2);
    }

    private static bool TrySyntheticSeed(string path, out int seed)
    {
        seed = new SyntheticOptions().Seed;
        if (path == SyntheticWearer.Name)
        {
            return true;
        }

        var prefix = SyntheticWearer.Name + ":";
        if (!path.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        return int.TryParse(path.AsSpan(prefix.Length), out seed) && seed >= 0
            ? true
            : throw new InputException(
                $"'{path[prefix.Length..]}' is not a seed of the synthetic data.",
                "Write synthetic:SEED with a whole number from 0, for example synthetic:7.",
                2);
    }
}

/// <summary>What the user may say about files that do not say it themselves. Null means: the layout's own rule.</summary>
public sealed record ReaderOptions
{
    /// <summary>Ranges of the sensor the counts are made for; ±4 g and ±500 °/s unless stated.</summary>
    public SensorRange Range { get; init; } = new(SensorScale.DefaultAccelRangeG, SensorScale.DefaultGyroRangeDps);

    /// <summary>Name of the data set in tables; null takes the layout's name or the file's.</summary>
    public string? Name { get; init; }

    /// <summary>Unit of the accelerometer; HAPT: g, smartwatch set: m/s². CSV needs it unless its first line says it.</summary>
    public AccelUnit? AccelUnit { get; init; }

    /// <summary>Unit of the gyroscope; HAPT and smartwatch set: rad/s. CSV needs it unless its first line says it.</summary>
    public GyroUnit? GyroUnit { get; init; }

    /// <summary>Read the accelerometer alone, also of files that have a gyroscope.</summary>
    public bool AccelerometerOnly { get; init; }

    /// <summary>Files that are not read, by name or path within the folder or zip.</summary>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];

    /// <summary>Read values as the units say, even where gravity, turning or clipping speak against them; what speaks against them becomes a warning.</summary>
    public bool AsStated { get; init; }

    /// <summary>Samples per second in the file; HAPT: 50. CSV needs it unless it has timestamps, over which it wins.</summary>
    public double? RateHz { get; init; }

    /// <summary>
    /// CSV columns, for example <c>ax=x_acc,ay=y_acc,az=-z_acc,gx=wx,gy=wy,gz=wz,time=t,label=activity,subject=person,recording=file</c>.
    /// The left side is ours, the right side the header's; a minus turns the sign. What is not named is looked for under its usual names.
    /// </summary>
    public string? Columns { get; init; }

    /// <summary>Unit of the timestamp column; null finds the one that gives a possible rate.</summary>
    public TimeUnit? TimeUnit { get; init; }

    /// <summary>Column separator; null finds comma, semicolon or tab from the header row.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Ranges that counts in the files are of; null takes those of <see cref="Range"/>.</summary>
    public SensorRange? CountsRange { get; init; }

    /// <summary>Where paths name the wearer: <c>folder</c>, <c>folder:1</c> (the outermost), <c>file</c>, or a pattern such as <c>{subject}_{label}</c>.</summary>
    public string? SubjectFrom { get; init; }

    /// <summary>Where paths name the class, in the same way.</summary>
    public string? LabelFrom { get; init; }

    /// <summary>Which sensor of a set with several is read, for example <c>wrist</c>; null takes the set's first.</summary>
    public string? Placement { get; init; }

    /// <summary>A file with a code and its name on each line, for labels that are codes.</summary>
    public string? LabelsFile { get; init; }
}
