using System.Globalization;
using HarEdge.Cli.Hardware;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer;
using HarEdge.Trainer.Cost;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>Times and energies on the pages are those of the run file, and the run file those of the present weights and chips.</summary>
public class PowerPageTests
{
    private static CostReport Report => ReportJson.Parse<CostReport>(Repository.Read("docs/results/hapt-cost.json"));

    [Fact]
    public void The_run_file_is_of_the_weights_and_chips_in_the_code()
    {
        var report = Report;
        Assert.Equal($"{InstructionWeights.Default.Source} ({InstructionWeights.Default.Counted})", report.Weights);
        Assert.Equal(ChipTable.Default.Chips, report.Chips.Select(cost => cost.Chip));
        Assert.All(report.Chips, cost => Assert.Equal(ChipCost.Of(cost.Chip, report.PerSample, report.PerDecision, 64).Milliseconds, cost.Milliseconds));
    }

    [Fact]
    public void The_power_page_and_its_plot_are_those_of_the_run_files()
    {
        var (page, plot) = PowerPage.Of(Repository.Read("hardware/POWER.md"), Path.Combine(Repository.Root, "docs/results"));
        const string Again = "make it again with: haredge results --power hardware/POWER.md";
        Assert.True(page == Repository.Read("hardware/POWER.md"), "hardware/POWER.md is not that of docs/results; " + Again);
        Assert.True(plot == Repository.Read("hardware/battery.svg"), "hardware/battery.svg is not that of docs/results; " + Again);
    }

    [Fact]
    public void A_model_without_gyroscope_gets_its_row_and_its_bar()
    {
        using var folder = new TempFolder();
        File.Copy(Path.Combine(Repository.Root, "docs/results/hapt-cost.json"), folder.At("hapt-cost.json"));
        File.WriteAllText(folder.At("hapt-accel-cost.json"), ReportJson.Format(Report with { ModelId = "0123456789ab", SensorMilliamps = 0.5 }));
        var (page, plot) = PowerPage.Of(Repository.Read("hardware/POWER.md"), folder.Path);
        Assert.Contains("| accel (0123456789ab)", page, StringComparison.Ordinal);
        Assert.Contains("light sleep, accel", plot, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_a_place_for_tables_and_a_folder_without_runs_are_refused()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("page.md"), "# Power\n");
        CliRun.Of("results", "--runs", Path.Combine(Repository.Root, "docs/results"), "--power", folder.At("page.md")).AssertRefused(2, "no place");
        CliRun.Of("results", "--runs", folder.Path, "--power", Path.Combine(Repository.Root, "hardware/POWER.md")).AssertRefused(2, "hapt-cost.json");
        CliRun.Of("results", "--power", folder.At("none.md")).AssertRefused(2, "none.md");
    }

    [Fact]
    public void The_readme_has_its_times() => Assert.All(Report.Chips, cost => Assert.Contains(
        string.Create(CultureInfo.InvariantCulture, $"({cost.Milliseconds.Low:0} to {cost.Milliseconds.High:0})"),
        Repository.Read("README.md"),
        StringComparison.Ordinal));
}
