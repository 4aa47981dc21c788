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
