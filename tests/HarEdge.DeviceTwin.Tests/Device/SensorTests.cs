using HarEdge.DeviceTwin.Simulation;
using HarEdge.Firmware;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>The driver against the chip's registers.</summary>
public class SensorTests
{
    private readonly TwinMachine machine = new("ESP32_REV3", _ => { });
    private readonly SimulatedMpu6050 chip;

    public SensorTests()
    {
        chip = new SimulatedMpu6050(machine.Clock, 0x68);
        machine.Bus.Sensor = chip;
    }

    [Theory]
    [InlineData(2, 250)]
    [InlineData(4, 500)]
    [InlineData(8, 1000)]
    [InlineData(16, 2000)]
    public void Ranges_are_set_on_the_chip_and_counts_come_back_in_them(int accelRangeG, int gyroRangeDps) => Run(sensor =>
    {
        short[] felt = [4096, -4096, 1, 6550, -6550, 2];
        chip.Feel(new Constant(felt));
        Assert.Equal(SensorStatus.Ok, Start(sensor, accelRangeG, gyroRangeDps));
        machine.Clock.AdvanceMs(210);
        Assert.Equal(SensorStatus.Ok, Read(sensor));
        Assert.InRange(sensor.SampleCount, 9, 11);
        for (var channel = 0; channel < 6; channel++)
        {
            var range = channel < 3 ? 4.0 / accelRangeG : 500.0 / gyroRangeDps;
            Assert.Equal(Math.Round(felt[channel] * range), sensor.Counts(5, channel));
        }
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(short.MaxValue)]
    [InlineData(short.MinValue)]
    [InlineData(255)]
    [InlineData(-256)]
    public void Every_kind_of_count_survives_the_wire(short counts) => Run(sensor =>
    {
        chip.Feel(new Constant([counts, 5, counts, 6, counts, 7]));
        Start(sensor, 4, 500);
        machine.Clock.AdvanceMs(100);
        Assert.Equal(SensorStatus.Ok, Read(sensor));
        Assert.Equal([counts, (short)5, counts, (short)6, counts, (short)7], Enumerable.Range(0, 6).Select(c => sensor.Counts(0, c)));
    });

    [Fact]
    public void Fifty_samples_come_in_a_second_and_none_twice() => Run(sensor =>
    {
        chip.Feel(new NoisyMotion(2));
        Start(sensor, 4, 500);
        var read = new List<short>();
        for (var second = 0; second < 10; second++)
        {
            machine.Clock.AdvanceMs(1000);
            Assert.Equal(SensorStatus.Ok, Read(sensor));
            read.AddRange(Enumerable.Range(0, sensor.SampleCount).Select(i => sensor.Counts(i, 0)));
        }

        // Ten seconds, and ten bursts of 12 ms.
        Assert.InRange(read.Count, 503, 507);
        var expected = new short[6];
        for (var i = 0; i < read.Count; i++)
        {
            NoisyMotion.SampleAt(2, i, expected);
            Assert.Equal(expected[0], read[i]);
        }
    });

    // Standby of the gyroscope's axes, the chip's own clock, and the accelerometer's FIFO bit: register map §4.29, §4.28, §4.6.
    [Theory]
    [InlineData(0x6C, 0x07)]
    [InlineData(0x6B, 0x00)]
    [InlineData(0x23, 0x08)]
    public void A_gyroscope_that_nobody_reads_rests(int register, byte value) => Run(usesGyroscope: false, sensor =>
    {
        Start(sensor, 4, 500);
        Assert.Equal(value, chip.Read(ref register));
    });

    [Fact]
    public void An_accelerometer_alone_gives_its_samples_and_zeros_for_the_gyroscope() => Run(usesGyroscope: false, sensor =>
    {
        chip.Feel(new NoisyMotion(2));
        Start(sensor, 4, 500);
        var expected = new short[6];
        var read = 0;
        for (var second = 0; second < 5; second++)
        {
            machine.Clock.AdvanceMs(1000);
            Assert.Equal(SensorStatus.Ok, Read(sensor));
            for (var i = 0; i < sensor.SampleCount; i++, read++)
            {
                NoisyMotion.SampleAt(2, read, expected);
                Assert.Equal([.. expected[..3], 0, 0, 0], Enumerable.Range(0, 6).Select(channel => sensor.Counts(i, channel)));
            }
        }

        Assert.InRange(read, 250, 255);
    });

    [Fact]
    public void A_chip_whose_gyroscope_rested_is_found_asleep_after_it_lost_power() => Run(usesGyroscope: false, sensor =>
    {
        chip.Feel(new NoisyMotion(2));
        Start(sensor, 4, 500);
        machine.Clock.AdvanceMs(500);
        chip.BrownOut();
        machine.Clock.AdvanceMs(500);
        Assert.Equal(SensorStatus.SensorReset, Read(sensor));
    });

    [Fact]
    public void A_FIFO_left_alone_for_two_seconds_has_overflowed() => Run(sensor =>
    {
        chip.Feel(new NoisyMotion(2));
        Start(sensor, 4, 500);
        machine.Clock.AdvanceMs(2000);
        Assert.Equal(SensorStatus.FifoOverflow, Read(sensor));
        Assert.Equal(0, sensor.SampleCount);
    });

    [Fact]
    public void Half_a_sample_in_the_FIFO_is_not_read() => Run(sensor =>
    {
        Start(sensor, 4, 500);
        chip.Fifo.Push(1, 0);
        Assert.Equal(SensorStatus.FifoMisaligned, Read(sensor));
    });

    [Fact]
    public void A_chip_that_lost_power_is_found_asleep() => Run(sensor =>
    {
        chip.Feel(new NoisyMotion(2));
        Start(sensor, 4, 500);
        machine.Clock.AdvanceMs(500);
        chip.BrownOut();
        machine.Clock.AdvanceMs(500);
        Assert.Equal(SensorStatus.SensorReset, Read(sensor));
    });

    [Fact]
    public void A_closed_bus_is_an_error_not_an_exception() => machine.Run(() =>
    {
        var bus = new RegisterBus(Board.Esp32DevKit());
        Assert.Equal(SensorStatus.BusError, bus.Read(0x75, new byte[1], 1));
        Assert.Equal(SensorStatus.BusError, bus.Write(0x6B, 0));
        Assert.Equal(0x6B, bus.FaultRegister);
    });

    [Fact]
    public void Trim_is_that_of_the_register_map_for_every_code()
    {
        for (var code = 0; code < 32; code++)
        {
            byte[] codes = [(byte)(((code >> 2) << 5) | code), (byte)(((code >> 2) << 5) | code), (byte)(((code >> 2) << 5) | code), (byte)((code & 3) * 21)];
            var trim = MpuSelfTest.TrimFrom(codes);
            var accel = code == 0 ? 0 : 4096 * 0.34 * Math.Pow(0.92 / 0.34, (code - 1) / 30.0);
            var gyro = code == 0 ? 0 : 25 * 131 * Math.Pow(1.046, code - 1);
            double[] expected = [accel, accel, accel, gyro, -gyro, gyro];
            Assert.All(expected.Zip(trim), pair => Assert.Equal(pair.First, pair.Second, 2.0));
        }
    }

    [Fact]
    public void A_reset_chip_has_the_register_maps_values()
    {
        chip.Write(0x19, 7);
        chip.Write(0x6B, 0x80);
        machine.Clock.AdvanceMs(10);
        for (var register = 0x19; register < 0x76; register++)
        {
            var at = register;
            var expected = register switch { 0x6B => 0x40, 0x75 => 0x68, _ => 0 };
            Assert.Equal(expected, chip.Read(ref at));
        }
    }

    private static SensorStatus Read(MotionSensor sensor)
    {
        var status = sensor.CountWaiting();
        return status == SensorStatus.Ok ? sensor.ReadWaiting() : status;
    }

    private static SensorStatus Start(MotionSensor sensor, int accelRangeG, int gyroRangeDps)
    {
        Assert.Equal(SensorStatus.Ok, sensor.CheckIdentity());
        Assert.Equal(SensorStatus.Ok, sensor.Reset());
        Assert.Equal(SensorStatus.Ok, sensor.Configure(accelRangeG, gyroRangeDps));
        return sensor.RestartFifo();
    }

    private void Run(Action<MotionSensor> test) => Run(usesGyroscope: true, test);

    private void Run(bool usesGyroscope, Action<MotionSensor> test) => machine.Run(() =>
    {
        var bus = new RegisterBus(Board.Esp32DevKit());
        Assert.True(bus.Open(MpuSetup.BusAddress));
        test(new MpuSensor(bus, usesGyroscope));
    });

    private sealed class Constant(short[] felt) : IMotionSource
    {
        public bool TryRead(long index, Span<short> counts)
        {
            felt.CopyTo(counts);
            return true;
        }
    }
}
