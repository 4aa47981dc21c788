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
}
