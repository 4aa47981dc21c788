using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Tables;

public sealed class FeatureStoreTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Shards_together_are_the_whole_and_both_formats_train_the_same_model()
    {
        var data = new SmallHapt(3).WriteZip(folder);
        CliRun.Of("features", "--data", data, "--out", folder.At("parquet")).AssertDone();
        CliRun.Of("features", "--data", data, "--format", "csv", "--shard", "1/2", "--out", folder.At("csv")).AssertDone();
        CliRun.Of("features", "--data", data, "--format", "csv", "--shard", "2/2", "--out", folder.At("csv")).AssertDone();
        Assert.Equal(
            Directory.GetFiles(folder.At("parquet"), "recording-*").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            Directory.GetFiles(folder.At("csv"), "recording-*").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(folder.At("csv/columns.json")));
        foreach (var format in new[] { "parquet", "csv" })
        {
            var run = CliRun.Of("train", "--data", folder.At(format), "--label", "label", "--group", "person", "--teacher", "linear", "--out", folder.At("run-" + format)).AssertDone();
            Assert.Contains("each of 3 people left out once", run.Out, StringComparison.Ordinal);
            Assert.Contains("recording, timestamp |", run.Out, StringComparison.Ordinal);
        }

        Assert.Equal(Accuracy("run-parquet"), Accuracy("run-csv"));
    }

    [Fact]
    public void A_shard_that_is_no_part_is_refused() => CliRun.Of("features", "--shard", "3/2", "--out", folder.At("x")).AssertRefused(2, "no part");

    private string Accuracy(string run) => File.ReadLines(folder.At(run + "/metrics.json")).First(line => line.Contains("crossFittedAccuracy", StringComparison.Ordinal));
}
