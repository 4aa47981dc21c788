using HarEdge.Firmware;

namespace HarEdge.DeviceTwin.Tests;

public class FaultTests
{
    [Theory]
    [InlineData(DeviceFault.Detached, nameof(SensorStatus.NotAcknowledged))]
    [InlineData(DeviceFault.ShortedBus, nameof(SensorStatus.BusTimeout))]
    [InlineData(DeviceFault.BrownOut, nameof(SensorStatus.SensorReset))]
    [InlineData(DeviceFault.LateWake, nameof(SensorStatus.FifoOverflow))]
    [InlineData(DeviceFault.FrozenAxis, nameof(SensorStatus.FrozenChannel))]
    [InlineData(DeviceFault.FastClock, nameof(SensorStatus.RateOff))]
    [InlineData(DeviceFault.SlowClock, nameof(SensorStatus.RateOff))]
    public void Each_fault_is_called_by_its_name(DeviceFault fault, string name)
    {
        var status = Enum.Parse<SensorStatus>(name);
        var wearable = new Wearable();
        wearable.Run(20);
        wearable.Device.Inject(fault, TimeSpan.FromSeconds(80), 3);
        wearable.Run(140);
        Assert.Equal((int)status, wearable.Events("GAP")[0].Detail);
        Assert.True(wearable.Device.Loop.Acquisition.Faults.Of(status) > 0);
    }

    [Fact]
    public void A_wire_that_is_off_for_a_minute_is_one_gap_and_no_flood()
    {
        var wearable = new Wearable();
        wearable.Run(20);
        wearable.Lines.Clear();
        wearable.Device.Inject(DeviceFault.Detached, TimeSpan.FromMinutes(1), 1);
        wearable.Run(70);
        Assert.Equal((int)SensorStatus.NotAcknowledged, wearable.Event("GAP").Detail);
        Assert.Equal((int)SensorStatus.NotAcknowledged, wearable.Event("NO_SENSOR").Detail);
        Assert.Equal(0x68, wearable.Event("SENSOR").Detail);
        Assert.InRange(wearable.Lines.Count, 5, 20);
    }

    [Fact]
    public void A_bus_that_hangs_in_a_byte_is_clocked_free()
    {
        var wearable = new Wearable();
        wearable.Run(20);
        wearable.Decisions.Clear();
        wearable.Device.Inject(DeviceFault.HungBus, TimeSpan.FromHours(1), 1);
        wearable.Run(10);
        Assert.Equal((int)SensorStatus.BusTimeout, wearable.Event("GAP").Detail);
        Assert.NotEmpty(wearable.Decisions);
    }

    [Theory]
    [InlineData(DeviceFault.FastClock)]
    [InlineData(DeviceFault.SlowClock)]
    public void A_clock_that_is_off_gets_a_better_divider(DeviceFault fault)
    {
        var wearable = new Wearable();
        wearable.Device.Inject(fault, TimeSpan.FromHours(1), 1);
        wearable.Run(300);
        Assert.Single(wearable.Events("RATE"));
        Assert.Single(wearable.Events("GAP"));
        Assert.InRange(wearable.Device.Loop.Acquisition.Rate.RateMilliHz, 48_500, 51_500);
    }

    [Fact]
    public void A_single_refused_transfer_is_repeated_and_costs_nothing()
    {
        var wearable = new Wearable();
        wearable.Device.Inject(DeviceFault.Nack, TimeSpan.FromSeconds(60), 4);
        wearable.Run(60);
        Assert.True(wearable.Device.Loop.Acquisition.Faults.Gaps < 8);
        Assert.NotEmpty(wearable.Decisions);
    }

    [Fact]
    public void An_exception_nobody_expected_is_a_gap_and_the_loop_goes_on()
    {
        var wearable = new Wearable();
        wearable.Run(20);
        wearable.Decisions.Clear();
        wearable.Device.Machine.Run(wearable.Device.Loop.NoteUnexpected);
        wearable.Run(5);
        Assert.Equal((int)SensorStatus.Unexpected, wearable.Event("GAP").Detail);
        Assert.NotEmpty(wearable.Decisions);
    }

    [Fact]
    public void Health_counts_what_happened()
    {
        var wearable = new Wearable();
        wearable.Run(20);
        wearable.Device.Inject(DeviceFault.BrownOut, TimeSpan.Zero, 1);
        wearable.Run(45);
        var health = wearable.Records('H')[0];
        Assert.Equal("1", health[4]);
        Assert.Equal("2", health[5]);
        Assert.Equal("1", health[8 + (int)SensorStatus.SensorReset - 1]);
        Assert.Equal(1, health[8..].Count(count => count != "0"));
    }

    [Theory]
    [InlineData(0x19, 18, nameof(SensorStatus.RegisterMismatch))]
    [InlineData(0x1A, 0, nameof(SensorStatus.FifoOverflow))]
    [InlineData(0x1B, 0, nameof(SensorStatus.RegisterMismatch))]
    [InlineData(0x1C, 0, nameof(SensorStatus.RegisterMismatch))]
    public void A_setting_that_a_noisy_wire_got_wrong_is_found_with_the_next_burst(int register, byte wrong, string name)
    {
        var wearable = new Wearable();
        wearable.Run(20);
        wearable.Lines.Clear();
        wearable.Device.Sensor.Write(register, wrong);
        wearable.Run(2);
        Assert.Equal((int)Enum.Parse<SensorStatus>(name), wearable.Event("GAP").Detail);
        wearable.Run(4);
        Assert.NotEmpty(wearable.Records('D'));
        Assert.NotEqual(wrong, wearable.Device.Sensor.Read(ref register));
    }

    /// <summary>Identities with reads of any length, and of 32 bytes at most.</summary>
    public static TheoryData<int, int> ChipsAndReads { get; } = new()
    {
        { 0x68, int.MaxValue }, { 0x70, int.MaxValue }, { 0x72, int.MaxValue }, { 0x98, int.MaxValue }, { 0x19, int.MaxValue }, { 0x6A, int.MaxValue },
        { 0x68, 32 }, { 0x70, 32 }, { 0x72, 32 }, { 0x98, 32 }, { 0x19, 32 }, { 0x6A, 32 },
    };

    [Theory]
    [MemberData(nameof(ChipsAndReads))]
    public void A_burst_or_a_part_of_it_that_was_read_at_a_wrong_address_is_never_taken_for_samples(int identity, int longestRead)
    {
        var fifo = identity == 0x6A ? 0x3E : 0x74;
        var motion = new NoisyMotion(5);
        var wearable = new Wearable(new SixChannelModel(), options: new TwinOptions { SensorIdentity = identity, TracksGyroBias = false }, motion: motion);
        var truth = new DecisionTruth(new SixChannelModel(), motion);
        wearable.Device.Decided += decision => Assert.True(truth.Holds(decision, wearable.Device.Loop.Samples, wearable.Device), $"at {wearable.Device.Elapsed}");
        wearable.Device.Machine.Bus.LongestRead = longestRead;
        wearable.Run(30);
        Assert.Equal(longestRead == 32, wearable.Device.Loop.Acquisition.Sensor.ReadsShort);
        wearable.Lines.Clear();
        var random = new Random(identity);
        for (var turned = 1; turned <= 64; turned++)
        {
            // Every bit of the address, in any part of a burst; but for the one between the two addresses of the LSM6DS3TR-C's FIFO.
            var bit = 1 << (identity == 0x6A ? 1 + (turned % 7) : turned % 8);
            var readsLeft = random.Next(longestRead == 32 ? 40 : 2);
            wearable.Device.Machine.Bus.ArrivingRegister = asked =>
            {
                var isTurned = asked == fifo && readsLeft-- == 0;
                return (byte)(isTurned ? asked ^ bit : asked);
            };
            wearable.Run(8);
            Assert.True(readsLeft < 0);
            Assert.Equal(turned, wearable.Events("GAP").Count);
        }
    }

    [Theory]
    [MemberData(nameof(ChipsAndReads))]
    public void No_decision_is_false_whichever_register_a_noisy_wire_makes_of_one(int identity, int longestRead)
    {
        var motion = new NoisyMotion(5);
        var wearable = new Wearable(new SixChannelModel(), options: new TwinOptions { SensorIdentity = identity, TracksGyroBias = false }, motion: motion);
        var truth = new DecisionTruth(new SixChannelModel(), motion);
        wearable.Device.Decided += decision => Assert.True(truth.Holds(decision, wearable.Device.Loop.Samples, wearable.Device), $"at {wearable.Device.Elapsed}");
        wearable.Device.Machine.Bus.LongestRead = longestRead;
        wearable.Run(30);

        // Not twice in a burst: two errors can hide each other.
        const int readsOfBurst = 16;
        var random = new Random(identity);
        var readsLeft = readsOfBurst;
        wearable.Device.Machine.Bus.ArrivingRegister = asked =>
        {
            readsLeft = readsLeft > 0 ? readsLeft - 1 : readsOfBurst + random.Next(60);
            return (byte)(readsLeft == 0 ? asked ^ (1 << random.Next(8)) : asked);
        };
        wearable.Run(1200);
        Assert.NotEmpty(wearable.Events("GAP"));
        wearable.Device.Machine.Bus.ArrivingRegister = null;
        wearable.Decisions.Clear();
        wearable.Run(10);
        Assert.NotEmpty(wearable.Decisions);
    }
}
