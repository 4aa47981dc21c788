using System.Text.Json;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>A model that learned from wearers who stand still first, from training to the device that asks for it.</summary>
public sealed class WearCalibratedTests(WearCalibratedTests.Run run) : IClassFixture<WearCalibratedTests.Run>
{
    [Fact]
    public void It_measures_how_far_they_lean_and_all_three_legs_agree_on_it()
    {
        Assert.Contains("lean", run.Model.GetProperty("features").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("wear-calibrated", run.Metrics.GetProperty("split").GetString(), StringComparison.Ordinal);
        var parity = run.Metrics.GetProperty("parity");
        Assert.True(parity.GetProperty("windows").GetInt32() > 0);
        Assert.All(["featureMismatches", "scoreMismatches", "labelMismatches"], kind => Assert.Equal(0, parity.GetProperty(kind).GetInt32()));
    }

    [Fact]
    public void Scoring_it_on_the_same_people_gives_what_the_training_said() => Assert.Equal(
        run.Metrics.GetProperty("student").GetProperty("accuracy").GetDouble(),
        Scored("--wear-calibration").GetProperty("accuracy").GetDouble());

    [Fact]
    public void The_three_seconds_themselves_are_not_judged()
    {
        int Windows(params string[] more) => Scored(more).GetProperty("windows").GetInt32();
        Assert.InRange(Windows() - Windows("--wear-calibration"), 1, 10);
    }

    [Fact]
    public void A_device_with_it_asks_for_calibration_and_other_devices_do_not()
    {
        var asking = CliRun.Of("simulate", "--model", run.Folder, "--show", "telemetry");
        asking.AssertDone();
        Assert.Contains(",WEAR_NEEDED,", asking.Out, StringComparison.Ordinal);
        var other = CliRun.Of("simulate", "--show", "telemetry");
        other.AssertDone();
        Assert.DoesNotContain(",WEAR_NEEDED,", other.Out, StringComparison.Ordinal);
    }

    private JsonElement Scored(params string[] more)
    {
        var scored = CliRun.Of(["evaluate", "--model", run.Folder, "--data", run.Data, "--unseen", "--json", .. more]);
        scored.AssertDone();
        using var json = JsonDocument.Parse(scored.Out);
        return json.RootElement.GetProperty("windows").Clone();
    }

    /// <summary>One training for all of them.</summary>
    public sealed class Run : IDisposable
    {
        private readonly TempFolder folder = new();

        /// <summary>Trains.</summary>
        public Run()
        {
            Data = new SmallHapt(subjects: 5).WriteZip(folder);
            Folder = folder.At("still");
            CliRun.Of("train", "--data", Data, "--wear-calibration", "--student", "linear", "--seed", "3", "--out", Folder).AssertDone();
            Metrics = Read("metrics.json");
            Model = Read("model.json");
        }

        /// <summary>The zip it learned from.</summary>
        public string Data { get; }

        /// <summary>The run folder.</summary>
        public string Folder { get; }

        /// <summary>metrics.json.</summary>
        public JsonElement Metrics { get; }

        /// <summary>model.json.</summary>
        public JsonElement Model { get; }

        /// <inheritdoc/>
        public void Dispose() => folder.Dispose();

        private JsonElement Read(string name)
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name)));
            return json.RootElement.Clone();
        }
    }
}
