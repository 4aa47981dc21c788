using System.Text.Json;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>What <c>robustness</c> prints.</summary>
public sealed class RobustnessTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Every_disturbance_has_a_row_whose_loss_is_against_the_undisturbed_one()
    {
        var run = CliRun.Of("robustness", "--model", Models.Small, "--data", new SmallHapt().WriteZip(folder), "--json").AssertDone();
        using var json = JsonDocument.Parse(run.Out);
        var clean = json.RootElement.GetProperty("undisturbed").GetProperty("accuracy").GetDouble();
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(47, rows.Count);
        Assert.All(rows, row => Assert.Equal(100 * (clean - row.GetProperty("accuracy").GetDouble()), row.GetProperty("lossPoints").GetDouble(), 0.01));
        Assert.Contains(rows, row => row.GetProperty("lossPoints").GetDouble() != 0);
    }

    public void Dispose() => folder.Dispose();
}
