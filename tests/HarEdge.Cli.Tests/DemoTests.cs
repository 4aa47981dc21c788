using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>The first command anyone runs.</summary>
public sealed class DemoTests
{
    [Fact]
    public void The_demo_ends_with_a_table_no_mismatch_and_the_next_step()
    {
        using var folder = new TempFolder();
        var run = CliRun.Of("demo", "--out", folder.At("demo")).AssertDone();
        Assert.Contains("| accuracy ", run.Out, StringComparison.Ordinal);
        Assert.Contains("SYNTHETIC", run.Out, StringComparison.Ordinal);
        Assert.Contains("0 mismatches", run.Out.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
        Assert.StartsWith("Next: ", run.Error.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
        Assert.Equal(6, Directory.GetFiles(folder.At("demo")).Length);

        // What verbs use without --model and --data is this very model: when training changes, it is committed again.
        Assert.Equal(
            Repository.Read("trainer/HarEdge.Cli/synthetic-model.json"), File.ReadAllText(Path.Combine(folder.At("demo"), "model.json")));
    }
}
