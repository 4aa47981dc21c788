using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>What the simulated chip does besides keeping registers, held against register maps and product specifications.</summary>
public class ChipTests
{
    /// <summary>RM-MPU-6000A §3, RM-MPU-6500A §3, and the cells of the table.</summary>
    [Theory]
    [InlineData(0x68, 0x6B, 0x40)]
    [InlineData(0x70, 0x6B, 0x01)]
    [InlineData(0x72, 0x6B, 0x01)]
    [InlineData(0x98, 0x6B, 0x40)]
    [InlineData(0x68, 0x1A, 0)]
    [InlineData(0x70, 0x1A, 0)]
    public void Power_up_leaves_the_maps_values(int identity, int register, int value) =>
        Assert.Equal(value, new ChipHost(identity).Read(register));

    [Fact]
    public void A_burst_stays_at_the_motion_processors_memory_and_never_reaches_the_FIFO_count()
    {
        var host = new ChipHost();
        host.Chip.Feel(new NoisyMotion(1));
        host.Start();
        host.Wait(1000);
        Assert.InRange(host.Count(), 590, 612);
        Assert.Equal([0x40, 0x01, 0x00], host.Read(0x6A, 3));
        Assert.Equal([0, 0], host.Read(0x6A, 10)[8..]);
    }

    [Fact]
    public void The_low_byte_of_the_count_is_as_old_as_the_last_read_of_the_high_byte()
    {
        var host = new ChipHost();
        host.Chip.Feel(new NoisyMotion(1));
        host.Start();
        host.Wait(105);
        Assert.Equal(60, host.Count());
        host.Wait(100);
        Assert.Equal(60, host.Read(0x73));
        Assert.Equal(120, host.Count());
        Assert.Equal(120, host.Read(0x73));
    }

    [Fact]
    public void A_count_may_fall_into_a_frame_that_is_complete_a_moment_later()
    {
        var host = new ChipHost(variant: ChipVariant.Usual with { FrameMicros = 2000 });
        host.Chip.Feel(new NoisyMotion(1));
        host.Start();
        host.Wait(100);
        var seen = Enumerable.Range(0, 250).Select(_ => host.Count()).ToList();
        Assert.Contains(seen, count => count % 12 != 0);
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(0, seen[^1] % 12);
    }

    [Fact]
    public void A_full_FIFO_loses_its_oldest_bytes_and_says_so_once()
    {
        var host = new ChipHost();
        host.Chip.Feel(new Counting());
        host.Start();
        host.Wait(2010);
        Assert.Equal(1024, host.Count());
        Assert.Equal(0x11, host.Read(0x3A));
        Assert.Equal(0x00, host.Read(0x3A));

        // 101 samples are 1,212 bytes; the oldest 188 are gone: 15 samples and eight bytes.
        var left = host.Read(0x74, 1024);
        Assert.Equal(Enumerable.Range(16, 85), Words(left[4..], 12));
    }

    [Theory]
    [InlineData(0x70, 0x43)]
    [InlineData(0x68, 0x03)]
    public void A_full_FIFO_that_refuses_keeps_the_oldest(int identity, byte configuration)
    {
        // The MPU6050 has no such bit; there it is a variant.
        var host = new ChipHost(identity, identity == 0x68 ? ChipVariant.Usual with { LosesNewest = true } : null);
        host.Chip.Feel(new Counting());
        host.Start();
        host.Write(0x1A, configuration);
        host.Write(0x6A, 0x00);
        host.Write(0x6A, 0x04);
        host.Write(0x6A, 0x40);
        host.Wait(2010);
        var count = host.Count();
        Assert.Equal(identity == 0x68 ? 1024 : 512, count);
        Assert.Equal(Enumerable.Range(0, count / 12), Words(host.Read(0x74, count), 12));
    }

    [Theory]
    [InlineData(0x00, 512)]
    [InlineData(0x40, 1024)]
    [InlineData(0x80, 2048)]
    [InlineData(0xC0, 4096)]
    public void Bits_of_0x1D_size_the_FIFO_of_0x98(byte bits, int size)
    {
        var host = new ChipHost(0x98);
        host.Chip.Feel(new Counting());
        host.Start();
        host.Write(0x1D, (byte)(bits | 3));
        Assert.Equal(bits | 3, host.Read(0x1D));
        host.Wait(10_000);
        Assert.Equal(size, host.Count());
    }

    [Fact]
    public void Above_448_bytes_the_variant_spoils_what_it_takes()
    {
        var host = new ChipHost(0x70, ChipVariant.Usual with { SpoilsAbove448 = true });
        host.Chip.Feel(new Counting());
        host.Start();
        host.Wait(805);
        var words = Words(host.Read(0x74, 480), 12);
        Assert.Equal(Enumerable.Range(0, 37), words[..37]);
        Assert.NotEqual(39, words[39]);
    }

    [Fact]
    public void A_FIFO_that_is_off_gives_nothing_and_takes_nothing()
    {
        var host = new ChipHost();
        host.Chip.Feel(new Counting());
        host.Start();
        host.Wait(205);
        host.Write(0x6A, 0x00);
        host.Wait(200);
        host.Read(0x74, 24);
        host.Write(0x6A, 0x40);
        Assert.Equal(120, host.Count());
        Assert.Equal(Enumerable.Range(0, 10), Words(host.Read(0x74, 120), 12));
    }

    [Fact]
    public void An_empty_FIFO_repeats_its_last_byte()
    {
        var host = new ChipHost();
        host.Chip.Feel(new Counting());
        host.Start();
        host.Wait(45);
        var bytes = host.Read(0x74, 30);
        Assert.All(bytes[24..], value => Assert.Equal(bytes[23], value));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(105)]
    public void The_reset_bit_stays_up_until_the_reset_is_done(int resetMs)
    {
        var host = new ChipHost(variant: ChipVariant.Usual with { ResetMs = resetMs });
        host.Write(0x6B, 0x80);
        host.Wait(resetMs - 1);
        Assert.Equal(0x80, host.Read(0x6B) & 0x80);
        host.Write(0x6B, 0x01);
        host.Wait(1);
        Assert.Equal(0x40, host.Read(0x6B));
    }

    [Fact]
    public void Wake_writes_shortly_after_a_reset_may_be_lost()
    {
        var host = new ChipHost(variant: ChipVariant.Usual with { WakeIgnoredMs = 12 });
        host.Write(0x6B, 0x80);
        host.Wait(10);
        host.Write(0x6B, 0x01);
        Assert.Equal(0x40, host.Read(0x6B));
        host.Wait(10);
        host.Write(0x6B, 0x01);
        Assert.Equal(0x01, host.Read(0x6B));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 19)]
    public void Settings_written_asleep_are_kept_or_not(bool ignores, int kept)
    {
        var host = new ChipHost(variant: ChipVariant.Usual with { IgnoresSettingsAsleep = ignores });
        host.Write(0x19, 19);
        Assert.Equal(kept, host.Read(0x19));
    }

    [Fact]
    public void Asleep_it_measures_nothing()
    {
        var host = new ChipHost();
        host.Chip.Feel(new NoisyMotion(1));
        host.Wait(500);
        Assert.Equal(0, host.Read(0x3A));
        Assert.All(host.Read(0x3B, 6), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(0x68, 0, 19, 400)]
    [InlineData(0x68, 3, 19, 50)]
    [InlineData(0x70, 0, 19, 8000)]
    [InlineData(0x70, 3, 19, 50)]
    public void Filter_and_divider_make_the_rate(int identity, byte filter, byte divider, int hz)
    {
        var host = new ChipHost(identity);
        host.Start();
        host.Write(0x19, divider);
        host.Write(0x1A, filter);
        host.Write(0x38, 0x01);
        var before = ((SimulatedMpu6050)host.Chip).InterruptEdges;
        host.Wait(1000);
        Assert.InRange(((SimulatedMpu6050)host.Chip).InterruptEdges - before, hz - 1, hz + 1);
    }

    [Theory]
    [InlineData(0x68, false, 3)]
    [InlineData(0x98, false, 3)]
    [InlineData(0x98, true, 22)]
    public void The_gyroscope_starts_late_and_settles(int identity, bool brownOut, double leftDps)
    {
        var host = new ChipHost(identity);
        host.Chip.Feel(new Counting());
        if (brownOut)
        {
            host.Chip.BrownOut();
            host.Wait(20);
        }

        host.Write(0x6B, 0x01);
        host.Write(0x1A, 3);
        host.Wait(30);
        Assert.Equal(0, host.ReadWord(0x43));
        host.Wait(6);
        Assert.InRange(host.ReadWord(0x43) / 131.0, leftDps * 0.8, leftDps);
        host.Wait(70);
        Assert.Equal(0, host.ReadWord(0x43));
    }

    private static List<int> Words(byte[] bytes, int stride) =>
        [.. Enumerable.Range(0, bytes.Length / stride).Select(i => (int)ChipHost.Word(bytes, i * stride))];

    /// <summary>ax and az are the sample's number; the rest is still.</summary>
    private sealed class Counting : IMotionSource
    {
        public bool TryRead(long index, Span<short> counts)
        {
            counts.Clear();
            counts[0] = (short)index;
            counts[2] = (short)index;
            return true;
        }
    }
}
