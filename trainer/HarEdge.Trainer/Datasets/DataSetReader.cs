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
    /// <param name="progress">Told once a recording.</param>
    /// <param name="cancellation">Stops between two recordings.</param>
    /// <exception cref="InputException">No layout fits, or something in the data cannot be used.</exception>
    public static DataSet Open(
        string path,
        ReaderOptions? options = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new ReaderOptions();
        DataSet data = OpenWhole(path, options, progress, cancellation);
        return options.AccelerometerOnly ? data with { Recordings = [.. data.Recordings.Select(recording => recording.WithoutGyroscope())] } : data;
    }

    private static DataSet OpenWhole(string path, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        if (TrySyntheticSeed(path, out int seed))
        {
            return SyntheticWearer.Create(new SyntheticOptions { Seed = seed, Range = options.Range });
        }

        using SourceTree source = SourceTree.Open(path);
        if (HaptReader.Fits(source))
        {
            return HaptReader.Read(source, options, progress, cancellation);
        }

        if (SmartwatchReader.Fits(source))
        {
            return SmartwatchReader.Read(source, options, progress, cancellation);
        }

        if (EdgeImpulseReader.Fits(source))
        {
            return EdgeImpulseReader.Read(source, options, progress, cancellation);
        }

        if (CsvReader.Fits(source))
        {
            return CsvReader.Read(source, options, progress, cancellation);
        }

        string[] zips = [.. source.Entries.Where(entry => entry.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Name)];
        throw new InputException(
            $"'{path}' holds none of acc_expNN_userNN.txt with gyro_expNN_userNN.txt and labels.txt (HAPT), sNN_NN_sw.csv (smartwatch set), "
            + "Edge Impulse's label.id.json, or any .csv or .tsv file.",
            zips.Length > 0
                ? $"Name one of the zips in it instead: {string.Join(", ", zips.Take(5))}."
                : "Give a zip, folder or file in one of these layouts, or 'synthetic'.",
            2);
    }

    private static bool TrySyntheticSeed(string path, out int seed)
    {
        seed = new SyntheticOptions().Seed;
        if (path == SyntheticWearer.Name)
        {
            return true;
        }

        string prefix = SyntheticWearer.Name + ":";
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
