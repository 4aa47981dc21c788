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
            Assert.Equal(JsonValueKind.Array, cost.GetProperty("byStage").ValueKind);
            Assert.True(cost.GetProperty("byKernel").GetArrayLength() > 0);
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
        Assert.Contains("mean on ESP32, estimated", run.Out, StringComparison.Ordinal);
        Assert.Contains("proven worst", run.Out, StringComparison.Ordinal);
        Assert.Contains("load of one core, estimated", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_tools_the_verification_says_how_to_install_them_and_exits_with_three()
    {
        bool isInstalled = true;
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
