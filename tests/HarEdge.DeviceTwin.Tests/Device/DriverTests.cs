using System.Device.I2c;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>The firmware's driver against every chip and every doubt about them.</summary>
public class DriverTests
{
    private static readonly int[] Identities = [0x68, 0x70, 0x71, 0x72, 0x73, 0x98, 0x19, 0x6A];

    public static TheoryData<int, string> Chips()
    {
        var data = new TheoryData<int, string>();
        foreach (var identity in Identities)
        {
            foreach (var variant in ChipVariant.All)
            {
                data.Add(identity, variant.Name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Every_chip_decides_for_minutes_without_a_gap(int identity, string variant)
    {
        var wearable = Worn(identity, variant);
        wearable.Run(300);
        Assert.Empty(wearable.Events("GAP"));
        Assert.Empty(wearable.Events("NO_SENSOR"));
        Assert.InRange(wearable.Decisions.Count, 230, 235);
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Every_chip_is_found_again_after_a_dip_of_its_supply_and_the_dip_is_named(int identity, string variant)
    {
        var wearable = Worn(identity, variant);
        wearable.Run(20);
        wearable.Device.Inject(DeviceFault.BrownOut, TimeSpan.Zero, 1);
        wearable.Run(20);
        var gap = wearable.Event("GAP");
        Assert.Equal(Firmware.SensorStatus.SensorReset, (Firmware.SensorStatus)gap.Detail);
        Assert.InRange(wearable.Decisions.Count, 24, 30);
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void No_chip_fails_its_self_test_because_it_is_worn_and_moves(int identity, string variant)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var walk = new Walk(seed);
            var wearable = Worn(identity, variant, walk);
            walk.Clock = wearable.Device.Machine.Clock;
            wearable.Run(2);
            Assert.NotEqual("FAIL", wearable.Records('K')[1][1]);
        }
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void A_chip_at_rest_passes_its_self_test_where_the_factory_left_codes(int identity, string variant)
    {
        var wearable = Worn(identity, variant, new SteadyMotion([8192, 0, 0, 10, 10, 10]));
        wearable.Run(2);
        Assert.Equal(identity == 0x6A || ChipVariant.All.Single(v => v.Name == variant).HasSelfTestCodes ? "PASS" : "SKIP", wearable.Records('K')[1][1]);
    }

    [Theory]
    [InlineData(0x70, -600, "FAIL")]
    [InlineData(0x72, 700, "FAIL")]
    [InlineData(0x98, -300, "PASS")]
    [InlineData(0x98, 400, "PASS")]
    [InlineData(0x68, -200, "FAIL")]
    public void A_clone_may_be_off_by_half_the_chip_itself_by_a_seventh(int identity, int perMille, string outcome)
    {
        var wearable = new Wearable(options: new TwinOptions { SensorIdentity = identity }, motion: new SteadyMotion([8192, 0, 0, 10, 10, 10]));
        wearable.Device.Sensor.Signal.DeviationPerMille[4] = perMille;
        wearable.Run(3);
        Assert.Equal(outcome, wearable.Records('K')[1][1]);
    }

    [Theory]
    [InlineData(0x70)]
    [InlineData(0x72)]
    [InlineData(0x98)]
    [InlineData(0x19)]
    public void A_filter_that_was_changed_in_a_clone_ends_the_stretch(int identity)
    {
        var wearable = Worn(identity, "usual");
        wearable.Run(20);
        wearable.Device.Sensor.Write(0x1D, 0x00);
        wearable.Run(10);
        Assert.Equal(Firmware.SensorStatus.RegisterMismatch, (Firmware.SensorStatus)wearable.Event("GAP").Detail);
    }

    [Fact]
    public void Register_1D_of_the_chip_itself_is_never_written()
    {
        var wearable = Worn(0x68, "usual");
        wearable.Device.Machine.Bus.Observer = (written, _) => Assert.False(written.Length > 1 && written[0] == 0x1D);
        wearable.Run(60);
    }

    [Theory]
    [InlineData(32, nameof(I2cTransferStatus.ClockStretchTimeout))]
    [InlineData(32, nameof(I2cTransferStatus.UnknownError))]
    [InlineData(32, nameof(I2cTransferStatus.PartialTransfer))]
    [InlineData(32, nameof(I2cTransferStatus.FullTransfer))]
    [InlineData(63, nameof(I2cTransferStatus.ClockStretchTimeout))]
    [InlineData(132, nameof(I2cTransferStatus.ClockStretchTimeout))]
    [InlineData(132, nameof(I2cTransferStatus.FullTransfer))]
    public void Where_long_reads_fail_the_FIFO_is_read_in_short_ones(int longest, string status)
    {
        var wearable = Worn(0x68, "usual");
        wearable.Device.Machine.Bus.LongestRead = longest;
        wearable.Device.Machine.Bus.LongReadStatus = Enum.Parse<I2cTransferStatus>(status);
        wearable.Run(60);
        Assert.True(wearable.Device.Loop.Acquisition.Sensor.ReadsShort);
        Assert.InRange(wearable.Decisions.Count, 35, 46);
        var settled = wearable.Events("GAP").Count;
        wearable.Run(120);
        Assert.Equal(settled, wearable.Events("GAP").Count);
    }

    [Fact]
    public void Long_reads_are_tried_again_when_they_failed_for_a_while_only()
    {
        var wearable = Worn(0x68, "usual");
        wearable.Device.Machine.Bus.LongestRead = 32;
        wearable.Device.Machine.Bus.LongReadStatus = I2cTransferStatus.PartialTransfer;
        wearable.Run(60);
        Assert.True(wearable.Device.Loop.Acquisition.Sensor.ReadsShort);
        wearable.Device.Machine.Bus.LongestRead = int.MaxValue;
        wearable.Run(25 * 60);
        Assert.False(wearable.Device.Loop.Acquisition.Sensor.ReadsShort);
        Assert.Empty(wearable.Events("GAP"));
    }

    [Fact]
    public void Where_long_reads_always_fail_trying_them_again_costs_few_gaps()
    {
        var wearable = Worn(0x68, "usual");
        wearable.Device.Machine.Bus.LongestRead = 32;
        wearable.Device.Machine.Bus.LongReadStatus = I2cTransferStatus.PartialTransfer;
        wearable.Run(3 * 3600);
        Assert.InRange(wearable.Events("GAP").Count, 2, 4);
    }

    [Theory]
    [InlineData(1, "FAIL")]
    [InlineData(-1, "PASS")]
    [InlineData(2, "SKIP")]
    public void A_chip_has_failed_only_when_a_second_run_finds_the_same_axis(int axisOfSecondRun, string outcome)
    {
        var wearable = new Wearable(motion: new SteadyMotion([8192, 0, 0, 10, 10, 10]));
        var deviation = wearable.Device.Sensor.Signal.DeviationPerMille;
        deviation[1] = -300;
        var runs = 0;
        wearable.Device.Machine.Bus.Observer = (written, _) =>
        {
            runs += written is [0x1C, 0xF0] ? 1 : 0;
            if (runs == 2)
            {
                deviation[1] = axisOfSecondRun == 1 ? -300 : 0;
                deviation[2] = axisOfSecondRun == 2 ? -300 : 0;
            }
        };
        wearable.Run(4);
        Assert.Equal(2, runs);
        Assert.Equal(outcome, wearable.Records('K')[1][1]);
    }

    [Theory]
    [InlineData(0x68)]
    [InlineData(0x70)]
    [InlineData(0x72)]
    [InlineData(0x98)]
    [InlineData(0x19)]
    [InlineData(0x6A)]
    public void A_watching_sensor_can_be_looked_at_without_waking_it(int identity)
    {
        // Still for 20 s, then shaken for good.
        var wearable = Worn(identity, "usual", new SteadyMotion([8192, 0, 0, 10, 10, 10], 20 * 50));
        wearable.Run(6);
        var device = wearable.Device;
        device.Machine.Run(() =>
        {
            var acquisition = device.Loop.Acquisition;
            Assert.Equal(Firmware.SensorStatus.Ok, acquisition.ArmWakeOnMotion());
            device.Machine.Clock.AdvanceMs(2000);
            Assert.Equal(Firmware.SensorStatus.Ok, acquisition.CheckWakeOnMotion());
            Assert.False(acquisition.Sensor.HasMoved);
            Assert.False(device.Sensor.IsInterruptHigh);
            device.Machine.Clock.AdvanceMs(60000);
            Assert.True(device.Sensor.IsInterruptHigh);
            Assert.Equal(Firmware.SensorStatus.Ok, acquisition.CheckWakeOnMotion());
            Assert.True(acquisition.Sensor.HasMoved);
            device.Sensor.BrownOut();
            device.Machine.Clock.AdvanceMs(200);
            Assert.Equal(Firmware.SensorStatus.SensorReset, acquisition.CheckWakeOnMotion());
        });
    }

    [Theory]
    [InlineData(0x68)]
    [InlineData(0x70)]
    [InlineData(0x72)]
    [InlineData(0x98)]
    [InlineData(0x19)]
    [InlineData(0x6A)]
    public void A_board_at_rest_does_not_wake_for_an_hour(int identity)
    {
        var wearable = Worn(identity, "usual", new SteadyMotion([8192, 0, 0, 10, 10, 10]));
        wearable.Run(6);
        var device = wearable.Device;
        device.Machine.Run(() => Assert.Equal(Firmware.SensorStatus.Ok, device.Loop.Acquisition.ArmWakeOnMotion()));
        device.Machine.Clock.AdvanceMs(3600 * 1000);
        Assert.False(device.Sensor.IsInterruptHigh);
    }

    [Theory]
    [InlineData(0x68)]
    [InlineData(0x98)]
    [InlineData(0x19)]
    [InlineData(0x6A)]
    public void INT_tells_of_the_next_sample_when_asked_to(int identity)
    {
        var wearable = Worn(identity, "usual");
        wearable.Run(6);
        var device = wearable.Device;
        device.Machine.Run(() =>
        {
            var setup = device.Loop.Acquisition.Sensor;
            Assert.False(device.Sensor.IsInterruptHigh);
            Assert.Equal(Firmware.SensorStatus.Ok, setup.SignalDataReady(true));
            device.Machine.Clock.AdvanceMs(40);
            Assert.True(device.Sensor.IsInterruptHigh);
            Assert.Equal(Firmware.SensorStatus.Ok, setup.SignalDataReady(false));
            Assert.False(device.Sensor.IsInterruptHigh);
        });
    }

    [Fact]
    public void Trim_of_a_clone_is_that_of_its_application_note_for_every_code()
    {
        Assert.Equal(0, Firmware.MpuSelfTest.TrimOfOthers(0));
        for (var code = 1; code < 256; code++)
        {
            Assert.Equal(2620 * Math.Pow(1.01, code - 1), Firmware.MpuSelfTest.TrimOfOthers(code), 2.0);
        }
    }

    private static Wearable Worn(int identity, string variant, IMotionSource? motion = null) => new(
        options: new TwinOptions { SensorIdentity = identity, SensorVariant = ChipVariant.All.Single(v => v.Name == variant) },
        motion: motion ?? new NoisyMotion(identity));

    // 0.5 g and 150 °/s at two steps a second, at ±4 g and ±500 °/s; by the clock, for the self-test asks for no sample in turn.
    private sealed class Walk(int seed) : IMotionSource
    {
        public SimulatedClock? Clock { get; set; }

        public bool TryRead(long index, Span<short> counts)
        {
            for (var channel = 0; channel < 6; channel++)
            {
                var swing = (channel < 3 ? 4000 : 9800) * Math.Sin((4 * Math.PI * (Clock?.NowMicros ?? 0) / 1e6) + channel + seed);
                counts[channel] = (short)((channel == 0 ? 8192 : 0) + swing);
            }

            return true;
        }
    }
}
