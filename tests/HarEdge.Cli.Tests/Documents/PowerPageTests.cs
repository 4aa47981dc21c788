using System.Globalization;
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
    public void The_power_page_has_its_times()
    {
        var page = Repository.Read("hardware/POWER.md");
        Assert.All(Report.Chips, cost => Assert.Contains(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {cost.Chip.Name} | {cost.Chip.Images} | {cost.Chip.ClockMhz} MHz | {cost.MachineInstructions / 1e6:0.00} M | {cost.Milliseconds.Likely:0.0} ms | {cost.Milliseconds.Low:0} to {cost.Milliseconds.High:0} ms | {cost.WorstMilliseconds.Likely:0.0} ms |"),
            page,
            StringComparison.Ordinal));
    }

    [Fact]
    public void The_power_page_has_its_energies()
    {
        var page = Repository.Read("hardware/POWER.md");
        var chips = Report.Chips;
        Assert.All(chips[0].Energy.Select((part, i) => Row(part.Name, chips.Select(cost => cost.Energy[i].Millijoules))), row => Assert.Contains(row, page, StringComparison.Ordinal));
        Assert.Contains(Row("together", chips.Select(cost => cost.Energy.Sum(part => part.Millijoules))), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_has_its_times() => Assert.All(Report.Chips, cost => Assert.Contains(
        string.Create(CultureInfo.InvariantCulture, $"({cost.Milliseconds.Low:0} to {cost.Milliseconds.High:0})"),
        Repository.Read("README.md"),
        StringComparison.Ordinal));

    private static string Row(string name, IEnumerable<double> millijoules) =>
        $"| {name} | {string.Join(" | ", millijoules.Select(value => value.ToString("0.0", CultureInfo.InvariantCulture)))} |";
}
