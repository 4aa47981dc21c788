using HarEdge.Core;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Cost;

public class FeaturePricesTests
{
    private static readonly FeatureLayout Layout = new(128);
    private static readonly Lazy<FeaturePrices> Measured = new(() => FeaturePrices.Measure(new FeatureLayout(128), NoiseWindows.Make(4, 128), 64));

    private static FeaturePrices Prices => Measured.Value;

    [Fact]
    public void Every_feature_has_a_price() => Assert.All(
        Enumerable.Range(0, Layout.Count), feature => Assert.InRange(Prices.Alone[feature], FeaturePrices.GeneratedCall + 5, 60_000));

    [Fact]
    public void The_same_windows_give_the_same_prices()
    {
        var again = FeaturePrices.Measure(new FeatureLayout(128), NoiseWindows.Make(4, 128), 64);
        Assert.Equal(Prices.Alone, again.Alone);
        Assert.Equal(Prices.SharedPrices, again.SharedPrices);
    }

    [Fact]
    public void Shared_work_is_what_the_kernel_asks_the_window_for()
    {
        Assert.Empty(SharedNames("min.ax"));
        Assert.Equal(["sum of gy", "squares of gy"], SharedNames("var.gy"));
        Assert.Equal(["channel am"], SharedNames("jerk.am"));
        Assert.Equal(["channel am4", "channel ax4", "channel ay4", "channel az4"], SharedNames("max.am4").Order(StringComparer.Ordinal));
        Assert.Equal(
            ["channel gv", "sum of ax", "sum of ay", "sum of az", "sum of gv"], SharedNames("dev.gv").Order(StringComparer.Ordinal));
        Assert.Equal(["channel gz4", "sorted gz4"], SharedNames("quantile50.gz4").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_second_feature_of_the_same_channel_does_not_pay_for_the_channel_again()
    {
        var first = Layout.Find("var.am").Index;
        var second = Layout.Find("jerk.am").Index;
        Assert.Equal(Prices.Of([first]) + Prices.Alone[second], Prices.Of([first, second]));
        Assert.Equal(Prices.Alone[second], Prices.Marginal(second, [first]));
        Assert.Equal(Prices.Of([second]), Prices.Marginal(second, []));
    }

    [Fact]
    public void Coarse_copies_cost_about_a_quarter() => Assert.InRange(
        Prices.Alone[Layout.Find("bin3.ax4").Index] / Prices.Alone[Layout.Find("bin3.ax").Index], 0.2, 0.4);

    [Fact]
    public void The_price_of_a_set_is_what_computing_it_executes()
    {
        // Every tenth feature, on one window, computed one after the other by the counted code itself.
        var windows = NoiseWindows.Make(1, 128);
        var prices = FeaturePrices.Measure(new FeatureLayout(128), windows, 64);
        int[] set = [.. Enumerable.Range(0, Layout.Count).Where(i => i % 10 == 0 && Layout[i].Unit != "counts" || i % 40 == 1)];
        var executed = ExecutedInstructions(windows[0], set);
        Assert.Equal(executed, prices.Of(set) - FeaturePrices.GeneratedCall * set.Length);
    }

    [Fact]
    public void Windows_are_taken_evenly_from_the_runs_of_recordings()
    {
        var recording = new Recording
        {
            DataSet = "d",
            Name = "n",
            Subject = "s",
            Channels = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 1000).Select(i => (short)i).ToArray())],
            Labels = new short[1000],
            Runs = [new Run(10, 100), new Run(200, 720)],
        };
        var windows = SpreadWindows.Take([recording], 128, 2);
        Assert.Equal([200, 456], windows.Select(window => (int)window[0][0]));
        Assert.Equal(327, windows[0][5][127]);
        var error = Assert.Throws<InputException>(() => SpreadWindows.Take([recording with { Runs = [new Run(0, 127)] }], 128, 2));
        Assert.Contains("128", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> SharedNames(string feature) =>
        Prices.SharedOfFeature[Layout.Find(feature).Index].Select(item => Prices.Shared[item].Name);

    private static long ExecutedInstructions(short[][] channels, int[] set)
    {
        using var code = new CountedAssembly(Portability.CompiledCore.Image);
        var window = new CountedWindow(code, channels, 64);

        // The first round also runs static initializers, which a device runs once at start.
        ExtractInto(code, window, set);
        window.Prepare([]);
        return window.Count(() => ExtractInto(code, window, set));
    }

    private static void ExtractInto(CountedAssembly code, CountedWindow window, int[] set)
    {
        foreach (var feature in set.Select(index => Layout[index]))
        {
            code.Assembly.GetType(feature.Kernel.Method.DeclaringType!.FullName!)!.GetMethod(feature.Kernel.Method.Name)!
                .Invoke(null, [window.Instance, feature.Channel, feature.Parameter]);
        }
    }

    [Theory]
    [InlineData("tiny", "hapt-tiny", "hapt-still-tiny")]
    [InlineData("default", "hapt", "hapt-still", "hapt-accel", "hapt-accel-worn")]
    [InlineData("best", "hapt-best", "hapt-still-best")]
    public void A_budget_in_machine_instructions_is_about_what_its_models_take(string profile, params string[] runs)
    {
        var budget = HarEdge.Trainer.Experiments.Profile.Of(profile)!.Budget;
        Assert.Equal(budget.MostInstructions, MachinePrice.ToInstructions(budget.MostMachineInstructions));
        Assert.All(runs, run =>
        {
            using var cost = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(CodeGeneration.Golden.Repository(), "docs", "results", run + "-cost.json")));
            Assert.InRange(cost.RootElement.GetProperty("chips")[0].GetProperty("machineInstructions").GetDouble() / budget.MostMachineInstructions, 0.88, 1.12);
        });
    }
}
