using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>Transfers that public drivers make on real chips, taken from their sources, and what those drivers expect for an answer.</summary>
public class PublicDriverTests
{
    /// <summary>jrowberg/i2cdevlib, MPU6050::initialize and testConnection.</summary>
    [Fact]
    public void I2cdevlib_initializes_the_chip_and_finds_its_device_id()
    {
        var host = new ChipHost();
        host.WriteBits(0x6B, 2, 3, 1);
        host.WriteBits(0x1B, 4, 2, 0);
        host.WriteBits(0x1C, 4, 2, 0);
        host.WriteBits(0x6B, 6, 1, 0);
        Assert.Equal(0x01, host.Read(0x6B));
        Assert.Equal(0x34, (host.Read(0x75) >> 1) & 0x3F);
    }

    /// <summary>jrowberg/i2cdevlib, MPU6050::writeMemoryBlock with verification: chunks of 16 bytes by one burst into and out of 0x6F, bank by bank.</summary>
    [Fact]
    public void I2cdevlib_writes_the_motion_processors_program_and_reads_it_back()
    {
        var host = new ChipHost();
        host.Write(0x6B, 0x01);
        var program = Enumerable.Range(0, 1929).Select(i => (byte)((i * 7) ^ (i >> 8))).ToArray();
        for (var at = 0; at < program.Length; at += 16)
        {
            var chunk = program.AsSpan(at, Math.Min(16, program.Length - at)).ToArray();
            host.Write(0x6D, (byte)(at >> 8));
            host.Write(0x6E, (byte)at);
            host.Write(0x6F, chunk);
            host.Write(0x6D, (byte)(at >> 8));
            host.Write(0x6E, (byte)at);
            Assert.Equal(chunk, host.Read(0x6F, chunk.Length));
        }
    }

    /// <summary>dotnet/nanoFramework.IoT.Device, devices/Mpu9250: the register in a write of its own, then a read after a stop.</summary>
    [Fact]
    public void The_stock_class_reads_after_a_stop_where_it_wrote_the_register()
    {
        var host = new ChipHost();
        host.Write(0x75);
        Assert.Equal([0x68], host.ReadOn(1));
        host.Write(0x19, 4);
        host.Write(0x19);
        Assert.Equal([4, 0], host.ReadOn(2));
    }

    /// <summary>jrowberg/i2cdevlib, MPU6050::resetFIFO: the bit is set in a FIFO that runs, and people's programs go on afterwards.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_running_FIFO_is_reset_or_not_as_the_source_has_it(bool needsFifoOff)
    {
        var host = new ChipHost(variant: ChipVariant.Usual with { FifoResetNeedsFifoOff = needsFifoOff });
        host.Chip.Feel(new NoisyMotion(1));
        host.Start();
        host.Wait(105);
        host.WriteBits(0x6A, 2, 1, 1);
        Assert.Equal(0x40, host.Read(0x6A));
        Assert.Equal(needsFifoOff ? 60 : 0, host.Count());
    }

    /// <summary>Klipper3d/klipper, klippy/extras/mpu9250.py and src/sensor_mpu9250.c: start, then blocks of 48 bytes as the count allows.</summary>
    [Theory]
    [InlineData(0x68)]
    [InlineData(0x70)]
    public void Klipper_reads_blocks_of_eight_accelerometer_samples(int identity)
    {
        var host = new ChipHost(identity);
        host.Chip.Feel(new NoisyMotion(5));
        host.Write(0x6B, 0x00);
        host.Write(0x6C, 0x07);
        Assert.Equal(identity, host.Read(0x75));
        host.Wait(20);
        host.Write(0x19, 0);
        host.Write(0x1A, 1);
        host.Write(0x1C, 0x10);
        host.Write(0x1D, 8);
        host.Write(0x23, 0);
        host.Write(0x6A, 0x04);
        host.Write(0x6A, 0x40);
        host.Read(0x3A);
        host.Write(0x23, 0x08);
        var samples = new List<short>();
        for (var query = 0; query < 100; query++)
        {
            host.Wait(4);
            if (host.Count() >= 48)
            {
                var block = host.Read(0x74, 48);
                samples.AddRange(Enumerable.Range(0, 8).Select(i => ChipHost.Word(block, 6 * i)));
            }
        }

        Assert.Equal(0, host.Read(0x3A) & 0x10);
        Assert.InRange(samples.Count, 350, 500);
        var truth = new short[6];
        for (var i = 0; i < samples.Count; i++)
        {
            NoisyMotion.SampleAt(5, i, truth);
            Assert.Equal(Math.Round(truth[0] / 2.0), samples[i]);
        }
    }

    /// <summary>PX4-Autopilot, icm20689/ICM20689.cpp: after a reset PWR_MGMT_1 must become 0x40; RM-MPU-6500A §3: 0x01 there.</summary>
    [Theory]
    [InlineData(0x68, 0x40)]
    [InlineData(0x98, 0x40)]
    [InlineData(0x70, 0x01)]
    public void A_reset_is_over_when_power_management_has_its_reset_value(int identity, int value)
    {
        var host = new ChipHost(identity);
        host.Write(0x6B, 0x01);
        host.Write(0x19, 7);
        host.Write(0x6B, 0x80);
        Assert.Equal(0x80, host.Read(0x6B) & 0x80);
        host.Wait(100);
        Assert.Equal(value, host.Read(0x6B));
        Assert.Equal(identity, host.Read(0x75));
        Assert.Equal(0, host.Read(0x19));
    }

    /// <summary>InvenSense motion driver, mpu_lp_motion_interrupt for the MPU-6500, with the bits of RM-MPU-6500A §4.32: 100 mg at 15.6 Hz.</summary>
    [Theory]
    [InlineData(0x70, 0x40)]
    [InlineData(0x98, 0xE0)]
    public void The_motion_drivers_wake_on_motion_rises_when_it_is_shaken(int identity, int motionBits)
    {
        var host = new ChipHost(identity);
        host.Chip.Feel(new SteadyMotion([8192, 0, 0, 0, 0, 0]));
        host.Write(0x6B, 0x00);
        host.Write(0x38, 0);
        host.Write(0x6A, 0, 0, 0x07);
        host.Write(0x1F, 25);
        host.Write(0x1E, 6);
        host.Write(0x69, 0xC0);
        host.Write(0x37, 0x20);
        host.Write(0x6B, 0x20);
        host.Write(0x38, (byte)motionBits);
        host.Wait(200);
        host.Read(0x3A);
        host.Wait(60_000);
        Assert.False(host.Chip.IsInterruptHigh);
        host.Chip.Feel(new SteadyMotion([2000, 7000, 0, 0, 0, 0]));
        host.Wait(200);
        Assert.True(host.Chip.IsInterruptHigh);
        Assert.NotEqual(0, host.Read(0x3A) & motionBits);
        Assert.False(host.Chip.IsInterruptHigh);
    }

    /// <summary>
    /// InvenSense motion driver (self-test of the MPU-6500: 200 ms, ±2 g and ±250 °/s, codes by 2620 · 1.01^(code − 1)): the response is the noted one.
    /// </summary>
    [Theory]
    [InlineData(0x70)]
    [InlineData(0x72)]
    [InlineData(0x98)]
    public void A_clones_self_test_answers_as_its_codes_say(int identity)
    {
        var host = new ChipHost(identity);
        host.Chip.Feel(new SteadyMotion([100, 200, 8192, 1, 2, 3]));
        host.Write(0x6B, 0x01);
        host.Write(0x1A, 2);
        host.Write(0x1B, 0x00);
        host.Write(0x1C, 0x00);
        host.Wait(300);
        var idle = Measure(host);
        host.Write(0x1B, 0xE0);
        host.Write(0x1C, 0xE0);
        host.Wait(200);
        var pushed = Measure(host);
        for (var channel = 0; channel < 6; channel++)
        {
            var code = host.Read(channel < 3 ? 0x0D + channel : channel - 3);
            var noted = 2620 * Math.Pow(1.01, code - 1);
            Assert.InRange((pushed[channel] - idle[channel]) / noted, 0.98, 1.02);
        }
    }

    /// <summary>kriswiner/MPU6050, MPU6050SelfTest: ±8 g and ±250 °/s, 250 ms; five-bit codes by the formulas of RM-MPU-6000A §4.1.</summary>
    [Fact]
    public void The_genuine_chips_self_test_answers_as_its_codes_say()
    {
        var host = new ChipHost();
        host.Chip.Feel(new SteadyMotion([100, 200, 8192, 1, 2, 3]));
        host.Write(0x6B, 0x00);
        host.Write(0x1C, 0x10);
        host.Write(0x1B, 0x00);
        host.Wait(250);
        var idle = Measure(host);
        host.Write(0x1C, 0xF0);
        host.Write(0x1B, 0xE0);
        host.Wait(250);
        var pushed = Measure(host);
        var codes = host.Read(0x0D, 4);
        for (var axis = 0; axis < 3; axis++)
        {
            var accel = ((codes[axis] >> 3) & 0x1C) | ((codes[3] >> (4 - (2 * axis))) & 3);
            var noted = 4096 * 0.34 * Math.Pow(0.92 / 0.34, (accel - 1) / 30.0);
            Assert.InRange((pushed[axis] - idle[axis]) / noted, 0.98, 1.02);
            noted = (axis == 1 ? -25 : 25) * 131 * Math.Pow(1.046, (codes[axis] & 0x1F) - 1);
            Assert.InRange((pushed[3 + axis] - idle[3 + axis]) / noted, 0.98, 1.02);
        }
    }

    private static double[] Measure(ChipHost host)
    {
        var sums = new double[6];
        for (var i = 0; i < 20; i++)
        {
            host.Wait(2);
            var bytes = host.Read(0x3B, 14);
            for (var channel = 0; channel < 6; channel++)
            {
                sums[channel] += ChipHost.Word(bytes, (2 * channel) + (channel < 3 ? 0 : 2)) / 20.0;
            }
        }

        return sums;
    }
}
