using System.Text.Json.Nodes;
using HarEdge.Trainer.Cost;

namespace HarEdge.Trainer.Tests.Cost;

public class ChipTests
{
    private static readonly StepCost Sample = StepCosts.OfTwiceAtWorst(100, []);
    private static readonly StepCost Decision = StepCosts.OfTwiceAtWorst(40_000, [new PartCost("still", 0.75, 1, 38_000), new PartCost("moving", 0.25, 1, 46_000)]);

    [Fact]
    public void Time_is_machine_instructions_times_cycles_over_clock()
    {
        var chip = Named("ESP32_REV3") with { MachineInstructionsPerWeight = 80, ClockMhz = 160, CyclesPerInstruction = new Interval(2, 3, 4) };
        var cost = ChipCost.Of(chip, Sample, Decision, 64);
        double instructions = 80 * (63 * 100 + 40_000);
        Assert.Equal(instructions, cost.MachineInstructions, 3);
        Assert.Equal(instructions * 3 / 160_000, cost.Milliseconds.Likely, 6);
        Assert.Equal(cost.Milliseconds.Likely * 2 / 3, cost.Milliseconds.Low, 6);
        Assert.Equal(cost.Milliseconds.Likely * 4 / 3, cost.Milliseconds.High, 6);
        Assert.Equal(2 * instructions, cost.WorstMachineInstructions, 3);
        Assert.Equal(cost.Milliseconds.Likely / 1280, cost.Load, 6);
    }

    [Fact]
    public void Energy_adds_up_to_the_currents_over_the_time_between_decisions()
    {
        var chip = Named("ESP32_C3") with { RunningMilliamps = 25, LightSleepMilliamps = 0.13 };
        var cost = ChipCost.Of(chip, Sample, Decision, 64);

        // Thirteen times a millisecond to wake, 768 bytes of nine bits at 400 kHz, 1100 bits at 921600 baud; sensor 3.8 mA.
        var awakeMs = 13 + 17.28 + cost.Milliseconds.Likely + 1100 / 921.6;
        var expected = 3.3 * (3.8 * 1280 + 25 * awakeMs + 0.13 * (1280 - awakeMs)) / 1000;
        Assert.Equal(expected, cost.Energy.Sum(part => part.Millijoules), 4);
        Assert.Equal(["sensor", "waking up", "reading the FIFO", "taking in samples", "stage still", "stage moving", "the line on the wire", "light sleep"], cost.Energy.Select(part => part.Name));
        Assert.Equal(0.75 * 38_000 / (0.25 * 46_000), cost.Energy[4].Millijoules / cost.Energy[5].Millijoules, 6);
    }

    [Fact]
    public void A_sensor_without_its_gyroscope_draws_what_is_said()
    {
        var chip = Named("ESP32_C3");
        Assert.Equal(3.3 * 0.5 * 1.28, ChipCost.Of(chip, Sample, Decision, 64, 0.5).Energy[0].Millijoules, 6);
        Assert.Equal(3.3 * 3.8 * 1.28, ChipCost.Of(chip, Sample, Decision, 64).Energy[0].Millijoules, 6);
    }

    [Fact]
    public void A_chip_too_slow_for_its_samples_never_sleeps()
    {
        var chip = Named("ESP32_C3") with { ClockMhz = 1 };
        var cost = ChipCost.Of(chip, Sample, Decision, 64);
        Assert.True(cost.Load > 1);
        Assert.Equal(0, cost.Energy[^1].Millijoules);
    }

    [Fact]
    public void The_known_chips_are_those_the_firmware_has_boards_for() => Assert.Equal(
        ["esp32", "esp32-c3", "esp32-s3"], ChipTable.Default.Chips.Select(chip => chip.Board).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("clockMhz", -160.0, "gives ESP32-S3 (ESP32_S3_QUAD, ESP32_S3_OCTAL) the clockMhz -160")]
    [InlineData("clockMhz", 0.0, "the clockMhz 0, which cannot be")]
    [InlineData("machineInstructionsPerWeight", -1.0, "the machineInstructionsPerWeight -1")]
    [InlineData("runningMilliamps", -40.0, "the runningMilliamps -40")]
    [InlineData("savedByFlashAt80Mhz", 1.0, "the savedByFlashAt80Mhz 1")]
    public void A_figure_that_cannot_be_is_named(string figure, double value, string message)
    {
        var file = Default();
        file["chips"]![0]![figure] = value;
        AssertRefused(message, file);
    }

    [Fact]
    public void An_interval_that_does_not_hold_its_likely_value_is_named()
    {
        var file = Default();
        file["chips"]![1]!["cyclesPerInstruction"]!["high"] = 0.5;
        AssertRefused("the cyclesPerInstruction.high 0.5", file);
    }

    [Theory]
    [InlineData("clockMhz", "clockMhz")]
    [InlineData("cyclesPerInstruction", "cyclesPerInstruction")]
    public void A_missing_figure_is_named(string figure, string message)
    {
        var file = Default();
        file["chips"]![0]!.AsObject().Remove(figure);
        AssertRefused(message, file);
    }

    [Fact]
    public void A_table_without_chips_is_refused()
    {
        var file = Default();
        file["chips"] = new JsonArray();
        AssertRefused("has no chips", file);
    }

    private static JsonNode Default() => JsonNode.Parse(InstructionWeights.EmbeddedText("chips.json"))!;

    private static Chip Named(string image) => ChipTable.Default.Chips.Single(chip => chip.Images.Split(", ").Contains(image));

    private static void AssertRefused(string message, JsonNode file)
    {
        var error = Assert.Throws<InputException>(() => ChipTable.Parse(file.ToJsonString(), "mine.json"));
        Assert.StartsWith("mine.json ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.ExitCode);
    }
}
