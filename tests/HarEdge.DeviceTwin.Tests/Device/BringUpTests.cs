using System.Device.I2c;
using HarEdge.DeviceTwin.Simulation;
using Iot.Device.Imu;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>
/// The bring-up program on the simulated chip, read through the transfers of the stock class: what a newcomer may have wired or bought, and what the program then says.
/// </summary>
public class BringUpTests
{
    private const int AxisUp = 8192;
    private const int ClassicClockPin = 22;

    private readonly List<string> lines = [];

    [Fact]
    public void A_genuine_chip_wired_right_is_good_in_every_check()
    {
        Run(Board(), 6);
        Assert.StartsWith("BRING-UP START ESP32-DevKit | SDA at GPIO 21, SCL at GPIO 22", lines[0], StringComparison.Ordinal);
        Assert.Equal(["sensor: it answers at 0x68", "WHO_AM_I: 0x68, an MPU6050", "gravity: 1 g at rest", "gyroscope: less than 20 deg/s at rest", "axes: X points up, as it is worn"], Said("GOOD"));
        Assert.Empty(Said("NOTE").Concat(Said("BAD")));
        Assert.Equal(6, Said("DATA").Count);
        Assert.Matches(@"^25\.0 C, 1\.00 -?0\.00 -?0\.00 g, \S+ \S+ \S+ deg/s$", Said("DATA")[^1]);
    }

    [Theory]
    [InlineData(0x70)]
    [InlineData(0x72)]
    [InlineData(0x71)]
    [InlineData(0x73)]
    [InlineData(0x98)]
    public void A_clone_is_explained_and_measured_by_its_registers(int identity)
    {
        Run(Board(identity), 6);
        Assert.Contains($"0x{identity:X2}, a clone", Assert.Single(Said("NOTE")), StringComparison.Ordinal);
        Assert.Empty(Said("BAD"));
        Assert.Contains("gravity: 1 g at rest", Said("GOOD"));
        Assert.StartsWith("25.0 C, 1.00", Said("DATA")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_MPU6886_is_good_and_measured_by_its_registers()
    {
        Run(Board(0x19), 6);
        Assert.Contains("WHO_AM_I: 0x19, an MPU6886", Said("GOOD"));
        Assert.Empty(Said("NOTE").Concat(Said("BAD")));
        Assert.StartsWith("25.0 C, 1.00", Said("DATA")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_LSM6DS3TR_C_is_left_to_the_firmware()
    {
        Run(Board(0x6A), 3);
        Assert.StartsWith("sensor: a chip answers at 0x6A", Assert.Single(Said("NOTE")), StringComparison.Ordinal);
        Assert.Empty(Said("BAD").Concat(Said("DATA")));
    }

    [Fact]
    public void Another_chip_is_named_by_its_identity()
    {
        Run(Board(0x12), 3);
        Assert.Contains("0x12 is neither an MPU6050 nor a known clone", Assert.Single(Said("BAD")), StringComparison.Ordinal);
        Assert.Empty(Said("DATA"));
    }

    [Fact]
    public void Without_a_sensor_nobody_answers_and_the_remedy_names_the_pins()
    {
        var board = Board();
        board.Machine.Bus.SensorAttached = false;
        Run(board, 3);
        Assert.StartsWith("sensor: nobody answers at 0x68 or 0x69 | Check VCC at 3.3 V, GND, SDA at GPIO 21, SCL at GPIO 22", Assert.Single(Said("BAD")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x68)]
    [InlineData(0x69)]
    public void Exchanged_wires_are_told_from_wires_that_are_off(int address)
    {
        var board = Board();
        board.Machine.Bus.DataWirePin = ClassicClockPin;
        board.Machine.Bus.SensorAddress = address;
        Run(board, 3);
        Assert.StartsWith("sensor: SDA and SCL are exchanged | Exchange the two wires: SDA at GPIO 21", Assert.Single(Said("BAD")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sensor_whose_AD0_is_high_is_found_and_still_measured()
    {
        var board = Board();
        board.Machine.Bus.SensorAddress = 0x69;
        Run(board, 6);
        Assert.Contains("AD0 is high | Connect AD0 to GND", Assert.Single(Said("BAD")), StringComparison.Ordinal);
        Assert.Contains("gravity: 1 g at rest", Said("GOOD"));
    }

    [Fact]
    public void A_line_held_low_is_a_short_circuit()
    {
        var board = Board();
        board.Machine.Bus.HoldData(60_000_000, freesWhenClocked: false);
        Run(board, 2);
        Assert.Contains("an I2C line is held low", Assert.Single(Said("BAD")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new short[] { -AxisUp, 0, 0, 9, 9, 9 }, "BAD", "X points down: the sensor is upside down")]
    [InlineData(new short[] { 0, 0, AxisUp, 9, 9, 9 }, "NOTE", "Z points up: the board lies")]
    [InlineData(new short[] { 0, -AxisUp, 0, 9, 9, 9 }, "NOTE", "Y points down: the board lies")]
    [InlineData(new short[] { 5000, 4600, 4600, 9, 9, 9 }, "NOTE", "none points straight up")]
    [InlineData(new short[] { AxisUp * 14 / 10, 0, 0, 9, 9, 9 }, "BAD", "1.4 g at rest instead of 1")]
    [InlineData(new short[] { AxisUp, 0, 0, 0, 0, 0 }, "BAD", "gyroscope: nothing but 0")]
    [InlineData(new short[] { AxisUp, 0, 0, 0, 2000, 0 }, "BAD", "more than 20 deg/s at rest")]
    public void What_lies_still_is_judged(short[] rest, string state, string finding)
    {
        Run(Board(motion: new Rest(rest)), 6);
        Assert.Contains(Said(state), said => said.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void A_sensor_that_moves_is_not_judged()
    {
        Run(Board(motion: new Swing()), 8);
        Assert.Equal(8, Said("DATA").Count);
        Assert.DoesNotContain(Said("GOOD").Concat(Said("BAD")).Concat(Said("NOTE")), said => said.StartsWith("gravity", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sensor_unplugged_while_it_runs_is_lost_and_found_again()
    {
        var board = Board();
        Run(board, 5);
        board.Machine.Bus.SensorAttached = false;
        board.Run(2);
        Assert.Equal(["sensor: it does not answer any more", "sensor: nobody answers at 0x68 or 0x69"], Said("BAD").Select(said => said.Split(" | ")[0]));
        board.Machine.Bus.SensorAttached = true;
        lines.Clear();
        board.Run(2);
        Assert.Equal("sensor: it answers at 0x68", Said("GOOD")[0]);
        Assert.StartsWith("25.0 C, 1.00", Said("DATA")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_dip_of_the_supply_is_noticed_by_the_chip_that_sleeps_again()
    {
        var board = Board();
        Run(board, 3);
        board.Sensor.BrownOut();
        board.Machine.Clock.AdvanceMs(200);
        board.Run(2);
        Assert.StartsWith("supply: the sensor lost its power for a moment", Assert.Single(Said("BAD")), StringComparison.Ordinal);
        Assert.StartsWith("25.0 C", Said("DATA")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_listens_later_hears_the_verdicts_again()
    {
        var board = Board();
        Run(board, 9);
        lines.Clear();
        board.Run(10);
        Assert.Equal(5, Said("GOOD").Count);
    }

    [Fact]
    public void The_stock_class_talks_to_the_chip_as_its_source_does()
    {
        var board = Board();
        var transfers = new List<string>();
        board.Machine.Bus.Observer = (written, read) => transfers.Add($"{Convert.ToHexString(written)}:{Convert.ToHexString(read)}");
        Run(board, 1);
        string[] expected =
        [
            "75:68", // our own look at the identity
            "6B80:", "6B01:", "75:", ":68", // reset, wake, identity: register and value in two transfers
            "1B00:", "1A00:", "1B:", ":00", "1A:", ":00", // gyroscope bandwidth: the range unshifted, then the filter
            "1B00:", "1B:", ":00", // gyroscope range
            "1D00:", "1D:", ":00", // a register this chip does not have
            "1C00:", "1C:", ":00", // accelerometer range
            "41:F0B0", // our own look at the temperature: -3920 is 25 degrees
            "3B:", ":......", "19:", ":00", // acceleration, and the divider its scale is divided by
            "43:", ":......", "19:", ":00", // rate of turn, and the same
        ];
        Assert.Equal(expected.Select(line => line.Replace("......", "")), transfers.Select(line => line.Length == 13 ? ":" : line));
    }

    [Fact]
    public void The_stock_class_divides_its_scale_by_the_sample_rates_divider_and_refuses_a_clone()
    {
        var board = Board();
        board.Machine.Clock.AdvanceMs(200);
        board.Machine.Run(() =>
        {
            using var imu = new Mpu6050(I2cDevice.Create(new I2cConnectionSettings(1, 0x68, I2cBusSpeed.FastMode)));
            board.Machine.Clock.AdvanceMs(10);
            Assert.Equal(9.807f, imu.GetAccelerometer().X, 0.01f);
            imu.SampleRateDivider = 19;
            board.Machine.Clock.AdvanceMs(30);
            Assert.Equal(0.49f, imu.GetAccelerometer().X, 0.01f);
        });
        var clone = Board(0x98);
        clone.Machine.Run(() => Assert.Throws<IOException>(() => new Mpu6050(I2cDevice.Create(new I2cConnectionSettings(1, 0x68, I2cBusSpeed.FastMode)))));
    }

    private SimulatedBringUp Board(int identity = 0x68, IMotionSource? motion = null)
    {
        var board = new SimulatedBringUp(new TwinOptions { SensorIdentity = identity }, lines.Add);
        board.Sensor.Feel(motion ?? new Rest([AxisUp, 0, 0, 20, -30, 10]));
        return board;
    }

    private static void Run(SimulatedBringUp board, int turns)
    {
        board.Boot();
        board.Run(turns);
    }

    private List<string> Said(string kind) => [.. lines.Where(line => line.StartsWith("BRING-UP " + kind, StringComparison.Ordinal)).Select(line => line[(10 + kind.Length)..])];

    private sealed class Rest(short[] counts) : IMotionSource
    {
        public bool TryRead(long index, Span<short> sample)
        {
            counts.CopyTo(sample);
            return true;
        }
    }

    private sealed class Swing : IMotionSource
    {
        private int reads;

        public bool TryRead(long index, Span<short> sample)
        {
            sample.Clear();
            sample[0] = (short)(reads++ % 2 == 0 ? AxisUp : AxisUp / 2);
            return true;
        }
    }
}
