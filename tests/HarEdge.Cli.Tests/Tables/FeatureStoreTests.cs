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
            var run = CliRun.Of("train", "--features", folder.At(format), "--teacher", "linear", "--out", folder.At("run-" + format)).AssertDone();
            Assert.Contains("each of 3 people left out once", run.Out, StringComparison.Ordinal);
            Assert.Contains("recording, timestamp |", run.Out, StringComparison.Ordinal);
        }

        Assert.Equal(Accuracy("run-parquet"), Accuracy("run-csv"));
    }

    [Fact]
    public void Recordings_without_labels_are_labelled_by_window_by_sample_and_as_somebodys_sample_wants()
    {
        // The same person's first recording with and without its labels.
        var data = new SmallHapt(2).WriteZip(folder);
        var all = CliRun.Of("predict", "--data", data, "--probabilities").AssertDone();
        Assert.Contains("windows with a label", all.Error, StringComparison.Ordinal);
        var windows = all.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        Assert.Equal(["recording", "person", "start_s", "end_s", "label", "decision", "confidence"], windows[0].Take(7));
        var classes = windows[0].Skip(7).ToList();
        Assert.All(windows.Skip(1), row =>
        {
            double[] shares = [.. row.Skip(7).Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];
            Assert.Equal(1, shares.Sum(), 0.001);
            Assert.Equal(classes[Array.IndexOf(shares, shares.Max())], row[4]);
            Assert.All(shares, share => Assert.InRange(share, 0, 0.9991));
        });
        var samples = CliRun.Of("predict", "--data", data, "--per", "sample").AssertDone().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("0.00", samples[1].Split(',')[2]);
        Assert.True(samples.Length > 20 * windows.Count, $"{samples.Length} lines of samples, {windows.Count} of windows");
        var names = windows.Skip(1).Select(row => row[0]).Distinct().Reverse().ToList();
        File.WriteAllLines(folder.At("like.csv"), names.Select(name => name + ",").Prepend("recording,label"));
        CliRun.Of("predict", "--data", data, "--like", folder.At("like.csv"), "--out", folder.At("p.csv")).AssertDone();
        var answers = File.ReadAllLines(folder.At("p.csv"));
        Assert.Equal(names, answers.Skip(1).Select(line => line.Split(',')[0]));
        Assert.All(answers.Skip(1), line => Assert.Contains(line.Split(',')[1], classes));
        CliRun.Of("predict", "--data", data, "--per", "sample", "--like", folder.At("like.csv")).AssertRefused(2, "whole recordings");
    }

    [Fact]
    public void A_shard_that_is_no_part_is_refused() => CliRun.Of("features", "--shard", "3/2", "--out", folder.At("x")).AssertRefused(2, "no part");

    private string Accuracy(string run) => File.ReadLines(folder.At(run + "/metrics.json")).First(line => line.Contains("crossFittedAccuracy", StringComparison.Ordinal));
}
