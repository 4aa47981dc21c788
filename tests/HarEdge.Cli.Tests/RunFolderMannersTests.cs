using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>A place that cannot take the result is refused before the minutes of training, not after.</summary>
public sealed class RunFolderMannersTests
{
    [Fact]
    public void A_file_in_the_way_of_the_run_folder_is_named()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("run"), "mine");
        CliRun.Of("train", "--out", folder.At("run")).AssertRefused(1, "run", "is a file");
        Assert.Equal("mine", File.ReadAllText(folder.At("run")));
    }

    [Fact]
    public void A_file_in_the_way_of_a_parent_is_named()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("runs"), "mine");
        CliRun.Of("demo", "--out", folder.At("runs/demo")).AssertRefused(1, "'runs' is a file");
        Assert.Equal(["runs"], folder.Entries);
    }

    [Fact]
    public void A_file_in_the_way_of_generated_code_is_named()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("src"), "mine");
        CliRun.Of("generate", "--out", folder.At("src")).AssertRefused(1, "'src' is a file");
        Assert.Equal(["src"], folder.Entries);
    }

    [Fact]
    public void An_earlier_run_is_not_overwritten_without_force()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("run"));
        File.WriteAllText(folder.At("run/model.json"), "mine");
        var run = CliRun.Of("train", "--out", folder.At("run")).AssertRefused(2, "earlier run");
        Assert.Contains("--force", run.Remedy, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder.At("run/model.json")));
    }

    [Fact]
    public void A_folder_with_other_files_is_not_overwritten_even_with_force()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("thesis.docx"), "mine");
        CliRun.Of("train", "--force", "--out", folder.Path).AssertRefused(2, "thesis.docx");
        Assert.Equal(["thesis.docx"], folder.Entries);
    }

    // Verbs whose folder is there only when it is asked for; the shortest of them are run.
    [Theory]
    [InlineData("evaluate", "perClass")]
    [InlineData("compare --recordings 1", "parity")]
    public void Out_leaves_a_page_and_the_numbers_that_json_prints(string verb, string member)
    {
        using var folder = new TempFolder();
        var run = CliRun.Of([.. verb.Split(' '), "--json", "--out", folder.At("run")]).AssertDone();
        Assert.Equal(["metrics.json", "report.html"], Directory.GetFiles(folder.At("run")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(run.Out, File.ReadAllText(folder.At("run/metrics.json")));
        Assert.Contains($"\"{member}\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("Data card", File.ReadAllText(folder.At("run/report.html")), StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.At("run"), "report.html"), run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("teachers")]
    [InlineData("personal")]
    [InlineData("compare")]
    public void The_folder_of_an_earlier_run_is_refused_before_any_work(string verb)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("run"));
        File.WriteAllText(folder.At("run/model.json"), "mine");
        var run = CliRun.Of(verb, "--out", folder.At("run")).AssertRefused(2, "earlier run");
        Assert.DoesNotContain("[0:00]", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder.At("run/model.json")));
    }
}
