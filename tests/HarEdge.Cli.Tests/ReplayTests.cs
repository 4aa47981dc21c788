using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary><c>compare</c>, <c>simulate</c> and <c>generate</c> on a few people.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly string data;

    public ReplayTests() => data = new SmallHapt().WriteZip(folder);

    [Fact]
    public void All_three_legs_agree_on_every_window()
    {
        var run = CliRun.Of("compare", "--model", Models.Small, "--data", data).AssertDone();
        Assert.Matches(@"Parity: 0 mismatches in \d\d+ windows \(trainer, generated code, device twin;", run.Out);
    }

    [Fact]
    public void Simulating_prints_the_devices_lines_and_nothing_else_as_data()
    {
        var run = CliRun.Of("simulate", "--model", Models.Small, "--data", data).AssertDone();
        var lines = run.Out.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.Matches(@"^\$H[A-Z],.*\*[0-9A-F]{4}$", line));
        Assert.Contains(lines, line => line.StartsWith("$HD,", StringComparison.Ordinal));
    }

    [Fact]
    public void Decisions_stand_beside_the_labels()
    {
        var run = CliRun.Of("simulate", "--model", Models.Small, "--data", data, "--recording", "all", "--show", "decisions").AssertDone();
        Assert.Contains("| WALKING_UPSTAIRS ", run.Out, StringComparison.Ordinal);
        Assert.Equal(4, run.Out.Split("Device twin, ").Length - 1);
    }

    [Fact]
    public void An_unknown_recording_lists_those_there_are()
    {
        var run = CliRun.Of("simulate", "--model", Models.Small, "--data", data, "--recording", "exp99").AssertRefused(2, "exp99");
        Assert.Contains("exp01", run.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Generating_twice_writes_the_same_bytes_and_names_the_files()
    {
        var run = CliRun.Of("generate", "--model", Models.Small, "--out", folder.At("a")).AssertDone();
        CliRun.Of("generate", "--model", Models.Small, "--out", folder.At("b")).AssertDone();
        Assert.Equal(3, run.Out.TrimEnd('\n').Split('\n').Length);
        foreach (var name in new[] { "ActivityModel.g.cs", "KnownAnswers.g.cs", "model.json" })
        {
            Assert.Equal(File.ReadAllBytes(folder.At("a/" + name)), File.ReadAllBytes(folder.At("b/" + name)));
        }

        Assert.Equal(File.ReadAllBytes(Models.Small), File.ReadAllBytes(folder.At("a/model.json")));
    }

    [Fact]
    public void A_folder_of_a_run_stands_for_its_model()
    {
        CliRun.Of("generate", "--model", Models.Small, "--out", folder.At("a")).AssertDone();
        CliRun.Of("compare", "--model", folder.At("a"), "--data", data).AssertDone();
    }

    public void Dispose() => folder.Dispose();
}
