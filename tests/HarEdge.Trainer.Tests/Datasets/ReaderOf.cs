using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.PublicSets;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>One reader on a path, whatever layout <see cref="DataSetReader"/> would see there.</summary>
internal static class ReaderOf
{
    public static DataSet Csv(string path, ReaderOptions? options = null, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        Read(CsvReader.Read, path, options, progress, cancellation);

    public static DataSet Hapt(string path, ReaderOptions? options = null, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        Read(HaptReader.Read, path, options, progress, cancellation);

    public static DataSet Smartwatch(string path, ReaderOptions? options = null, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        Read(SmartwatchReader.Read, path, options, progress, cancellation);

    private static DataSet Read(
        Func<SourceTree, ReaderOptions, IProgress<StepProgress>?, CancellationToken, DataSet> reader,
        string path, ReaderOptions? options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using var source = SourceTree.Open(path);
        return reader(source, options ?? new ReaderOptions(), progress, cancellation);
    }
}
