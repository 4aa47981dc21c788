using System.Globalization;
using System.Text;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;
using Parquet;
using Parquet.Schema;

namespace HarEdge.Trainer.Tables;

/// <summary>Windows and their features as tables, one file a recording, so that a folder is a data set for DuckDB, pandas or Spark, and a table to train on.</summary>
internal static class FeatureStore
{
    /// <summary>Name of the file with unit and bounds of each feature.</summary>
    public const string ColumnsFileName = "columns.json";

    private static readonly string[] Names = ["recording", "person", "timestamp", "label"];

    /// <summary>Writes the recordings of one shard.</summary>
    /// <param name="sets">The data.</param>
    /// <param name="request">How windows are cut, and where they go.</param>
    /// <param name="progress">Receives the share of recordings done.</param>
    /// <param name="cancellation">Checked between recordings.</param>
    /// <returns>Files and windows written.</returns>
    public static (int Files, int Windows) Write(
        IReadOnlyList<DataSet> sets, FeatureStoreRequest request, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        var classes = ClassUnion.Choose(sets, null);
        var extractor = new WindowExtractor(request.WindowSamples, request.HopSamples);
        Recording[] all = [.. sets.SelectMany(set => ClassUnion.Relabel(set, classes))];
        int[] mine = [.. Enumerable.Range(0, all.Length).Where(index => index % request.Shards == request.Shard - 1)];
        var windows = 0;
        for (var i = 0; i < mine.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("features", (double)i / mine.Length));
            var table = extractor.Extract([all[mine[i]]], classes, keepUnlabelled: true);
            var name = string.Create(CultureInfo.InvariantCulture, $"recording-{mine[i]:00000}{(request.IsCsv ? ".csv" : ".parquet")}");
            WholeFiles.Write(request.Folder, name, request.IsCsv ? Csv(table, extractor.Layout, mine[i]) : Parquet(table, extractor.Layout, mine[i]));
            windows += table.Rows;
        }

        WholeFiles.Write(request.Folder, ColumnsFileName, Encoding.UTF8.GetBytes(ReportJson.Format(Enumerable.Range(0, extractor.Layout.Count).Select(f => new
        {
            extractor.Layout[f].Name,
            extractor.Layout[f].Unit,
            extractor.Layout[f].Lowest,
        }))));
        return (mine.Length, windows);
    }

    /// <summary>Whether a folder is a store.</summary>
    public static bool IsAt(string path) => File.Exists(Path.Combine(path, ColumnsFileName));

    /// <summary>A store read as a table: its label and person, and nothing of the recording but its windows.</summary>
    public static TableOptions Roles(TableOptions options) => options with
    {
        Labels = options.Labels.Count > 0 || options.LabelsFile is not null ? options.Labels : ["label"],
        Group = options.Group ?? "person",
        Ignore = options.IsForPrediction ? options.Ignore : [.. options.Ignore, "recording", "timestamp"],
    };

    private static string[] Head(WindowTable table, int row, int recording) =>
    [
        recording.ToString(CultureInfo.InvariantCulture),
        table.Subjects[table.SubjectOfRow[row]],
        (table.StartSample[row] / (double)HarEdge.Core.SensorScale.SampleRateHz).ToString("0.00", CultureInfo.InvariantCulture),
        table.Labels[row] < 0 ? "" : table.Classes[table.Labels[row]],
    ];

    private static byte[] Csv(WindowTable table, HarEdge.Core.FeatureLayout layout, int recording)
    {
        var text = new StringBuilder(string.Join(',', [.. Names, .. Enumerable.Range(0, layout.Count).Select(f => CsvCell.Of(layout[f].Name))])).Append('\n');
        for (var row = 0; row < table.Rows; row++)
        {
            text.Append(string.Join(',', Head(table, row, recording).Select(CsvCell.Of)));
            foreach (var value in table.Row(row))
            {
                text.Append(',').Append(value.ToString(CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Parquet(WindowTable table, HarEdge.Core.FeatureLayout layout, int recording)
    {
        DataField[] fields = [.. Names.Select(name => new DataField<string>(name)), .. Enumerable.Range(0, layout.Count).Select(f => new DataField<int>(layout[f].Name))];
        string[][] heads = [.. Enumerable.Range(0, table.Rows).Select(row => Head(table, row, recording))];
        using var stream = new MemoryStream();
        WriteAsync().GetAwaiter().GetResult();
        return stream.ToArray();

        async Task WriteAsync()
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
            using var group = writer.CreateRowGroup();
            for (var name = 0; name < Names.Length; name++)
            {
                await group.WriteAsync(fields[name], heads.Select(head => head[name]).ToList()).ConfigureAwait(false);
            }

            for (var f = 0; f < layout.Count; f++)
            {
                var values = Enumerable.Range(0, table.Rows).Select(row => table.Features[(row * table.Columns) + f]).ToArray();
                await group.WriteAsync<int>(fields[Names.Length + f], values).ConfigureAwait(false);
            }
        }
    }
}

/// <summary>How a feature store is made.</summary>
/// <param name="Folder">Where files go.</param>
/// <param name="WindowSamples">Samples in a window.</param>
/// <param name="HopSamples">Samples between windows.</param>
/// <param name="IsCsv">CSV instead of Parquet.</param>
/// <param name="Shard">Which part of the recordings, from 1.</param>
/// <param name="Shards">Parts in all.</param>
internal sealed record FeatureStoreRequest(string Folder, int WindowSamples, int HopSamples, bool IsCsv, int Shard = 1, int Shards = 1);
