using System.Text.Json;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Cli.Tests;

/// <summary>Models of both sensors on recordings of one, and models of one on recordings of both: right, or refused before anything is decided.</summary>
public sealed class AccelerometerAloneTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly string data;
    private readonly string model;

    public AccelerometerAloneTests()
    {
        data = new SmallHapt().WriteZip(folder);
        model = folder.At("model.json");
        var small = ModelFile.Read(Models.Small);
        ModelFile.Write(ModelId.Stamp(small with { Features = [.. small.Features.Select(feature => feature.Replace("gx", "ay", StringComparison.Ordinal).Replace("gz", "az", StringComparison.Ordinal))] }), model);
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("robustness")]
    [InlineData("compare")]
    [InlineData("simulate")]
    [InlineData("cost")]
    [InlineData("twin", "--speed", "fast", "--seconds", "5")]
    public void A_model_that_reads_the_gyroscope_refuses_recordings_without_one(string verb, params string[] more)
    {
        var refused = CliRun.Of([verb, "--model", Models.Small, "--data", data, "--channels", "accel", .. more]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("The model reads the gyroscope, and ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("haredge train --channels accel", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_the_accelerometer_does_not_notice_a_gyroscope()
    {
        Assert.Equal(Scores("accel"), Scores("all"));
        Assert.Equal(Decisions("--channels", "accel"), Decisions("--channels", "all"));
        Assert.Contains("Parity: 0 mismatches", Out("compare"), StringComparison.Ordinal);
    }

    [Fact]
    public void Standing_still_first_and_as_worn_exclude_each_other() =>
        Assert.Contains("exclude each other", CliRun.Of("train", "--data", data, "--channels", "accel", "--wear-calibration", "--as-worn").Error, StringComparison.Ordinal);

    private string Scores(string channels)
    {
        using var json = JsonDocument.Parse(Out("evaluate", "--channels", channels, "--json"));
        return json.RootElement.GetProperty("windows").GetRawText();
    }

    private List<string> Decisions(params string[] more) =>
        [.. Out(["simulate", "--show", "telemetry", .. more]).Split('\n').Where(line => line.StartsWith("$HD", StringComparison.Ordinal))];

    private string Out(params string[] words) => CliRun.Of([words[0], "--model", model, "--data", data, .. words[1..]]).AssertDone().Out;

    public void Dispose() => folder.Dispose();
}
