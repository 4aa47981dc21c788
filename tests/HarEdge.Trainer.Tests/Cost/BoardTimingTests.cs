using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Tests.Telemetry;

namespace HarEdge.Trainer.Tests.Cost;

public sealed class BoardTimingTests : IDisposable
{
    private const string Model = "a6a1d8c094fc";
    private static readonly StepCost Sample = StepCosts.Of(100, []);
    private static readonly StepCost Decision = StepCosts.Of(40_000, [new PartCost("only", 1, 1, 40_000)]);

    private static readonly double Timed = StepCost.OfHop(Sample, Decision, 64).Mean;

    private readonly string folder = Directory.CreateTempSubdirectory("haredge-timing-").FullName;

    [Fact]
    public void The_measured_image_takes_the_place_of_its_estimate_and_others_keep_theirs()
    {
        var table = BoardTiming.Of("board.log", [Banner("ESP32_REV0"), Times(40, 30_000, 31_000), Times(40, 34_000, 52_500)])
            .ApplyTo(ChipTable.Default, Model, Timed);
        Assert.Equal(ChipTable.Default.Chips.Count + 1, table.Chips.Count);
        var measured = table.Chips[^1];
        Assert.Equal("ESP32_REV0", measured.Images);
        Assert.Equal("ESP32_BLE_REV3", table.Chips.Single(chip => chip.Name == "ESP32" && chip.ClockMhz == 240 && chip.MeasuredBy is null).Images);
        Assert.Equal("board.log, runtime 1.16.0.1: 80 decisions, at most 52.5 ms", measured.MeasuredBy);
        var hop = measured.Milliseconds(Timed);
        Assert.Equal((30.0, 32.0, 34.0), (Math.Round(hop.Low, 6), Math.Round(hop.Likely, 6), Math.Round(hop.High, 6)));

        // What is timed is what is priced.
        Assert.Equal(32.0, ChipCost.Of(measured, Sample, Decision, 64).Milliseconds.Likely, 6);
    }

    [Fact]
    public void An_only_image_leaves_no_row_of_estimates()
    {
        var table = BoardTiming.Of("board.log", [Banner("ESP32_REV3"), Times(10, 60_000, 61_000)]).ApplyTo(ChipTable.Default, Model, Timed);
        Assert.Equal(ChipTable.Default.Chips.Count, table.Chips.Count);
        Assert.Single(table.Chips, chip => chip.Images == "ESP32_REV3");
    }

    [Theory]
    [InlineData("ESP32_S3_NEW", "ESP32-S3")]
    [InlineData("ESP32_PICO", "ESP32")]
    public void An_image_that_is_not_in_the_table_gets_the_currents_of_its_chip(string image, string chip)
    {
        var measured = BoardTiming.Of("board.log", [Banner(image), Times(10, 60_000, 61_000)]).ApplyTo(ChipTable.Default, Model, Timed).Chips[^1];
        Assert.Equal((chip, image), (measured.Name, measured.Images));
        Assert.Equal(60, measured.Milliseconds(Timed).Likely, 6);
    }

    [Fact]
    public void A_log_of_the_devices_own_lines_is_read_from_a_file()
    {
        var path = Path.Combine(folder, "board.log");
        File.WriteAllBytes(path, DeviceLines.Plain(
        [
            DeviceLines.Make('B', line =>
            {
                Array.ForEach([2], line.Add);
                Array.ForEach(["0.1.0", Model, "ESP32-S3-DevKit"], line.Add);
                Array.ForEach([128, 64, 50, 4, 500, 6], line.Add);
                Array.ForEach(["POWER", "ESP32_S3_QUAD", "1.16.0.1"], line.Add);
            }),
            DeviceLines.Make('T', line => Array.ForEach([46, 29_500, 33_000], line.Add), 1),
        ]));
        using var log = FileSource.Open(path);
        var timing = BoardTiming.Read(log);
        Assert.Equal(("ESP32_S3_QUAD", 46, 29.5, 33.0), (timing.Target, timing.Decisions, timing.Milliseconds.Likely, timing.WorstMilliseconds));
    }

    [Fact]
    public void A_log_of_another_model_is_refused() => AssertRefused(
        "board.log is of model a6a1d8c094fc, not of 000000000000",
        () => BoardTiming.Of("board.log", [Banner("ESP32_REV3"), Times(10, 60_000, 61_000)]).ApplyTo(ChipTable.Default, "000000000000", Timed));

    [Fact]
    public void A_chip_nobody_knows_is_named() => AssertRefused(
        "the image ESP32_P4",
        () => BoardTiming.Of("board.log", [Banner("ESP32_P4"), Times(10, 60_000, 61_000)]).ApplyTo(ChipTable.Default, Model, Timed));

    [Fact]
    public void A_simulated_board_that_takes_no_time_is_refused() =>
        AssertRefused("holds no time of a decision", () => BoardTiming.Of("board.log", [Banner("ESP32_REV3"), Times(0, 0, 0)]));

    [Fact]
    public void A_log_without_the_runtimes_image_is_refused() =>
        AssertRefused("no banner that names the runtime's image", () => BoardTiming.Of("board.log", [Banner(""), Times(10, 60_000, 61_000)]));

    [Fact]
    public void A_log_of_two_boards_is_refused() => AssertRefused(
        "is of several boards, runtimes or models: ESP32_REV3 1.16.0.1 a6a1d8c094fc; ESP32_C3 1.16.0.1 a6a1d8c094fc",
        () => BoardTiming.Of("board.log", [Banner("ESP32_REV3"), Times(10, 60_000, 61_000), Banner("ESP32_C3")]));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static BannerRecord Banner(string target) =>
        new(0, 2, "0.1.0", Model, "ESP32-DevKit", 128, 64, 50, 4, 500, 6) { Start = "POWER", Target = target, Runtime = "1.16.0.1" };

    private static TimingRecord Times(int decisions, int mean, int worst) => new(1, decisions, mean, worst);

    private static void AssertRefused(string message, Action action)
    {
        var error = Assert.Throws<InputException>(action);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }
}
