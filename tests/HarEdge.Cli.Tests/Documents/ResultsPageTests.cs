using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>The page of results says what its run files say.</summary>
public sealed class ResultsPageTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void The_page_of_results_is_that_of_its_run_files() => Assert.True(
        Repository.Read("docs/RESULTS.md") == ResultsPage.Of(Path.Combine(Repository.Root, "docs/results")),
        "docs/RESULTS.md is not that of docs/results; write it again with: haredge results --out docs/RESULTS.md");

    [Fact]
    public void Another_figure_in_a_run_file_is_another_page()
    {
        var path = folder.At("hapt-robustness.json");
        var text = Repository.Read("docs/results/hapt-robustness.json");
        File.WriteAllText(path, text);
        var page = CliRun.Of("results", "--runs", folder.Path, "--out", "-").AssertDone().Out;
        Assert.Contains("10° about x", page, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace("\"seed\": 1", "\"seed\": 2", StringComparison.Ordinal));
        Assert.NotEqual(page, CliRun.Of("results", "--runs", folder.Path, "--out", "-").AssertDone().Out);
    }

    [Fact]
    public void A_damaged_run_file_is_named()
    {
        File.WriteAllText(folder.At("hapt-loso.json"), "{");
        CliRun.Of("results", "--runs", folder.Path, "--out", "-").AssertRefused(1, "hapt-loso.json");
    }

    [Fact]
    public void An_empty_folder_is_refused() => CliRun.Of("results", "--runs", folder.Path).AssertRefused(2, "no run files");

    public void Dispose() => folder.Dispose();
}
