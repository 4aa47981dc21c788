using System.Text.Json;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>The targets, on recordings of real people; skipped where those are not at hand.</summary>
public sealed class RealDataTests
{
    // The form that a training without options keeps here, named at once: trees are tried by the demo.
    [Fact]
    public void HAPT_reaches_its_targets_on_the_official_split()
    {
        var metrics = Train("hapt.zip", "--student", "linear");
        Assert.Equal(9, metrics.GetProperty("testSubjects").GetArrayLength());
        Assert.Equal(6, metrics.GetProperty("classes").GetArrayLength());
        Assert.True(metrics.GetProperty("teacher").GetProperty("accuracy").GetDouble() >= 0.965, metrics.ToString());
        Assert.True(metrics.GetProperty("student").GetProperty("accuracy").GetDouble() >= 0.95, metrics.ToString());
        Assert.InRange(metrics.GetProperty("student").GetProperty("modelBytes").GetInt32(), 1, 4096);
    }

    // The fastest teacher and student: what is new here are the recordings.
    [Fact]
    public void Wrist_recordings_of_other_people_at_another_rate_train_with_the_same_command()
    {
        var metrics = Train("spsw-har-watch.zip", "--teacher", "linear", "--student", "linear", "--versions", "0");
        Assert.Equal(5, metrics.GetProperty("classes").GetArrayLength());
        var chance = 1.0 / 5;
        Assert.True(metrics.GetProperty("student").GetProperty("accuracy").GetDouble() > 2 * chance, metrics.ToString());
    }

    private static JsonElement Train(string file, params string[] more)
    {
        var data = Environment.GetEnvironmentVariable("HAREDGE_DATA");
        if (string.IsNullOrEmpty(data))
        {
            Assert.Skip("HAREDGE_DATA is not set: it names the folder with hapt.zip and spsw-har-watch.zip.");
        }

        using var folder = new TempFolder();
        var run = CliRun.Of(["train", "--data", Path.Combine(data, file), "--out", folder.At("run"), "--json", .. more]).AssertDone();
        using var json = JsonDocument.Parse(run.Out);
        var parity = json.RootElement.GetProperty("parity");
        Assert.True(parity.GetProperty("windows").GetInt32() > 500);
        Assert.Equal(
            0,
            parity.GetProperty("featureMismatches").GetInt32() + parity.GetProperty("scoreMismatches").GetInt32() + parity.GetProperty("labelMismatches").GetInt32());
        return json.RootElement.Clone();
    }
}
