using System.Device.I2c;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>The simulated chip's INT pin: samples, motion, and silence after a brown-out.</summary>
public class ChipInterruptTests
{
    [Fact]
    public void INT_gives_a_pulse_of_50_microseconds_for_each_sample()
    {
        var host = new ChipHost();
        host.Start();
        host.Write(0x38, 0x01);
        var edges = ((SimulatedMpu6050)host.Chip).InterruptEdges;
        while (((SimulatedMpu6050)host.Chip).InterruptEdges == edges)
        {
            host.Wait(0.001);
        }

        Assert.True(host.Chip.IsInterruptHigh);
        host.Wait(0.047);
        Assert.True(host.Chip.IsInterruptHigh);
        host.Wait(0.004);
        Assert.False(host.Chip.IsInterruptHigh);
    }

    [Theory]
    [InlineData(0x20, true)]
    [InlineData(0xA0, false)]
    public void A_latched_INT_holds_its_level_until_the_status_is_read(byte configuration, bool level)
    {
        var host = new ChipHost();
        host.Start();
        host.Write(0x37, configuration);
        host.Write(0x38, 0x01);
        host.Wait(50);
        Assert.Equal(level, host.Chip.IsInterruptHigh);
        host.Read(0x75);
        Assert.Equal(level, host.Chip.IsInterruptHigh);
        Assert.Equal(0x01, host.Read(0x3A) & 0x01);
        Assert.Equal(!level, host.Chip.IsInterruptHigh);
    }

    [Fact]
    public void Any_read_clears_the_status_when_INT_PIN_CFG_says_so()
    {
        var host = new ChipHost();
        host.Start();
        host.Write(0x37, 0x30);
        host.Write(0x38, 0x01);
        host.Wait(50);
        host.Read(0x75);
        Assert.False(host.Chip.IsInterruptHigh);
    }

    [Theory]
    [InlineData(0x68)]
    [InlineData(0x98)]
    public void A_brown_out_in_deep_sleep_is_never_told(int identity)
    {
        var host = new ChipHost(identity);
        host.Start();
        host.Write(0x37, 0x20);
        host.Write(0x38, 0xE0);
        host.Chip.BrownOut();
        var edges = ((SimulatedMpu6050)host.Chip).InterruptEdges;
        host.Chip.Feel(new NoisyMotion(1));
        Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, host.TryWrite(0x6B, 0x01));
        host.Wait(60_000);
        Assert.False(host.Chip.IsInterruptHigh);
        Assert.Equal(edges, ((SimulatedMpu6050)host.Chip).InterruptEdges);
        Assert.Equal(0x40, host.Read(0x6B));
    }

    /// <summary>RM-MPU-6000A r3.2, registers 28 and 31: what is held is compared with in steps of 32 mg; i2cdevlib says 2 mg.</summary>
    [Theory]
    [InlineData(32, 64, false)]
    [InlineData(32, 128, true)]
    [InlineData(2, 32, true)]
    public void The_MPU6050_compares_with_the_sample_it_holds(int stepMg, int turnMg, bool wakes)
    {
        var host = new ChipHost(variant: ChipVariant.Usual with { MotionStepMg = stepMg });
        host.Chip.Feel(new SteadyMotion([8192, 0, 0, 0, 0, 0]));
        host.Write(0x6B, 0x01);
        host.Write(0x1A, 3);
        host.Write(0x1C, 0x08);
        host.Wait(100);
        host.Write(0x37, 0x20);
        host.Write(0x1F, 3);
        host.Write(0x20, 1);
        host.Write(0x1C, 0x0F);
        host.Write(0x38, 0x40);
        host.Wait(1000);
        Assert.False(host.Chip.IsInterruptHigh);
        host.Chip.Feel(new SteadyMotion([8192, (short)(turnMg * 8.192), 0, 0, 0, 0]));
        host.Wait(1000);
        Assert.Equal(wakes, host.Chip.IsInterruptHigh);
    }

    /// <summary>At rest the MPU-6500's low-power samples differ by their noise: 12 mg wake at once, 64 mg within ten minutes, 100 mg not in an hour.</summary>
    [Theory]
    [InlineData(3, 0, 2)]
    [InlineData(16, 1, 600)]
    [InlineData(25, 3600, int.MaxValue)]
    public void A_clones_noise_wakes_it_below_100_mg(byte threshold, int notBeforeS, int notAfterS)
    {
        var host = new ChipHost(0x70);
        host.Chip.Feel(new SteadyMotion([8192, 0, 0, 0, 0, 0]));
        host.Write(0x6B, 0x00);
        host.Write(0x6C, 0x07);
        host.Write(0x1F, threshold);
        host.Write(0x1E, 7);
        host.Write(0x69, 0xC0);
        host.Write(0x37, 0x20);
        host.Write(0x6B, 0x20);
        host.Wait(100);
        host.Write(0x38, 0x40);
        host.Read(0x3A);
        var seconds = 0;
        for (; seconds < 3600 && !host.Chip.IsInterruptHigh; seconds++)
        {
            host.Wait(1000);
        }

        Assert.InRange(seconds, notBeforeS, notAfterS);
    }
}
