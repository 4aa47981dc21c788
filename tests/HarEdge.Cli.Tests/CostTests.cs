using System.Text.Json;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer;
using HarEdge.Trainer.Portability.NanoClr;

namespace HarEdge.Cli.Tests;

/// <summary><c>cost</c> and <c>verify-on-nanoclr</c> on a few people.</summary>
public sealed class CostTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly string data;

    public CostTests() => data = new SmallHapt().WriteZip(folder);

    [Fact]
    public void The_report_has_every_figure_by_name()
    {
        var run = CliRun.Of("cost", "--model", Models.Small, "--data", data, "--json").AssertDone();
        using var json = JsonDocument.Parse(run.Out);
        var report = json.RootElement;
        foreach (var step in new[] { "perSample", "perDecision" })
        {
            var cost = report.GetProperty(step);
            Assert.True(cost.GetProperty("mean").GetDouble() <= cost.GetProperty("max").GetInt64());
            Assert.True(cost.GetProperty("p99").GetInt64() <= cost.GetProperty("max").GetInt64());
            Assert.True(cost.GetProperty("max").GetInt64() <= cost.GetProperty("staticWorst").GetInt64());
            Assert.True(cost.GetProperty("maxWeight").GetDouble() <= cost.GetProperty("staticWorstWeight").GetDouble());
            Assert.Equal(JsonValueKind.Array, cost.GetProperty("byStage").ValueKind);
            Assert.True(cost.GetProperty("byKernel").GetArrayLength() > 0);
        }

        foreach (var chip in report.GetProperty("chips").EnumerateArray())
        {
            var time = chip.GetProperty("milliseconds");
            Assert.True(time.GetProperty("low").GetDouble() < time.GetProperty("likely").GetDouble());
            Assert.True(time.GetProperty("likely").GetDouble() < time.GetProperty("high").GetDouble());
            Assert.Contains("ESP32", chip.GetProperty("chip").GetProperty("images").GetString(), StringComparison.Ordinal);
        }

        foreach (var size in new[] { "ilBytes", "ramBytes", "garbageBytesPerSecond", "nodes", "depth" })
        {
            Assert.True(report.GetProperty(size).GetDouble() >= 0, size);
        }
    }

    [Fact]
    public void The_tables_call_estimates_estimated()
    {
        var run = CliRun.Of("cost", "--model", Models.Small, "--data", data).AssertDone();
        Assert.Contains("proven worst", run.Out, StringComparison.Ordinal);
        Assert.Contains("likely range", run.Out, StringComparison.Ordinal);
        Assert.Contains("| estimated |", run.Out, StringComparison.Ordinal);
        Assert.Contains("light sleep between, estimated (mJ)", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weights_file_without_a_class_is_refused_before_anything_is_counted()
    {
        var file = folder.At("mine.json");
        File.WriteAllText(file, """{ "source": "me", "counted": "2026-11", "weights": { "constant": 1 } }""");
        CliRun.Of("cost", "--model", Models.Small, "--data", data, "--weights", file).AssertRefused(2, "mine.json", "loadLocal");
    }

    [Fact]
    public void Without_its_tools_the_verification_says_how_to_install_them_and_exits_with_three()
    {
        var isInstalled = true;
        try
        {
            NanoClrTools.Find(Environment.GetEnvironmentVariable);
        }
        catch (InputException)
        {
            isInstalled = false;
        }

        Assert.SkipWhen(isInstalled, "the nanoFramework interpreter is installed here");
        CliRun.Of("verify-on-nanoclr", "--model", Models.Small, "--data", data).AssertRefused(3, "not found", "nanoclr");
    }

    public void Dispose() => folder.Dispose();
}
