namespace HarEdge.DeviceTwin.Tests;

public class BootTests
{
    [Fact]
    public void Known_answers_that_agree_let_the_device_work()
    {
        var wearable = new Wearable(answers: new EnergyAnswers());
        wearable.Run(10);
        Assert.Equal(["MODEL", "PASS", "3", "-1", "0"], wearable.Records('K')[0]);
        Assert.NotEmpty(wearable.Decisions);
    }

    [Theory]
    [InlineData("Samples")]
    [InlineData("Features")]
    [InlineData("Scores")]
    [InlineData("Stage")]
    [InlineData("WindowClass")]
    public void One_wrong_answer_and_the_device_reports_no_activity(string spoilt)
    {
        var wearable = new Wearable(answers: new EnergyAnswers(spoilt));
        wearable.Run(200);
        Assert.Equal(["MODEL", "FAIL", "3", "2", "0"], Assert.Single(wearable.Records('K')));
        Assert.True(wearable.Device.IsHalted);
        Assert.Empty(wearable.Decisions);
        Assert.InRange(wearable.Events("HALTED").Count, 3, 4);
    }

    [Fact]
    public void The_committed_model_agrees_with_its_known_answers_and_decides()
    {
        var wearable = new Wearable(new HarEdge.Core.Generated.ActivityModel(), new HarEdge.Core.Generated.KnownAnswers());
        wearable.Run(10);
        Assert.Equal("PASS", wearable.Records('K')[0][1]);
        Assert.InRange(wearable.Decisions.Count, 4, 7);
    }

    [Fact]
    public void The_banner_names_model_board_and_classes()
    {
        var wearable = new Wearable();
        Assert.Equal(["2", "0.1.0", "0123456789ab", "ESP32-DevKit", "128", "64", "50", "4", "500", "2", "POWER", "ESP32_REV3", "0.0.0.0"], wearable.Records('B')[0]);
        Assert.Equal([["0", "REST"], ["1", "MOTION"]], wearable.Records('N').Take(2));
    }

    [Fact]
    public void Whoever_joins_late_learns_everything_within_a_minute()
    {
        var wearable = new Wearable();
        wearable.Run(10);
        wearable.Lines.Clear();
        wearable.Run(62);
        Assert.Single(wearable.Records('B'));
        Assert.Single(wearable.Records('H'));
        Assert.Single(wearable.Records('C'));

        // No time passes in the twin while it computes: it says so instead of making up a figure.
        Assert.Equal(["0", "0", "0"], Assert.Single(wearable.Records('T')));
        Assert.Equal(2, wearable.Records('N').Count);
    }

    [Fact]
    public void A_sound_chip_passes_its_own_test()
    {
        var wearable = new Wearable();
        wearable.Run(5);
        var test = wearable.Records('K')[1];
        Assert.Equal(["SENSOR", "PASS", "6", "-1"], test[..4]);
        Assert.InRange(int.Parse(test[4], System.Globalization.CultureInfo.InvariantCulture), 0, 10);
    }

    [Theory]
    [InlineData(0, 150)]
    [InlineData(2, -150)]
    [InlineData(3, -200)]
    [InlineData(4, 200)]
    public void A_chip_off_by_more_than_14_percent_is_named_and_used(int axis, int perMille)
    {
        var wearable = new Wearable();
        wearable.Device.Sensor.Signal.DeviationPerMille[axis] = perMille;
        wearable.Run(5);
        Assert.Equal(["SENSOR", "FAIL", "6", $"{axis}"], wearable.Records('K')[1][..4]);
        Assert.NotEmpty(wearable.Decisions);
    }

    [Theory]
    [InlineData(0x70)]
    [InlineData(0x72)]
    [InlineData(0x71)]
    [InlineData(0x73)]
    [InlineData(0x98)]
    public void Clones_are_accepted_with_a_notice_although_their_FIFO_is_half_as_large(int identity)
    {
        var wearable = new Wearable(options: new TwinOptions { SensorIdentity = identity });
        wearable.Run(60);
        Assert.Equal((0, identity), wearable.Event("CLONE"));
        Assert.Equal("PASS", wearable.Records('K')[1][1]);
        Assert.Empty(wearable.Events("GAP"));
        Assert.InRange(wearable.Decisions.Count, 42, 47);
    }

    [Theory]
    [InlineData(0x74)]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void Any_other_chip_is_refused(int identity)
    {
        var wearable = new Wearable(options: new TwinOptions { SensorIdentity = identity });
        wearable.Run(20);
        Assert.Equal((0, 5), wearable.Event("NO_SENSOR"));
        Assert.Empty(wearable.Decisions);
    }

    [Theory]
    [InlineData(false, "POWER")]
    [InlineData(true, "TIMER")]
    public void A_runtime_that_does_not_tell_what_ended_a_deep_sleep_is_no_obstacle(bool hasSlept, string start)
    {
        var wearable = new Wearable(options: new TwinOptions { TargetName = "ESP32_C3" });
        wearable.Device.Machine.ReportsWakeupCause = false;
        wearable.Device.Boot();
        wearable.Run(60);
        if (hasSlept)
        {
            // Without a sensor for so long the timer alone wakes the board.
            wearable.Device.SensorAttached = false;
            wearable.Run(16 * 60);
            Assert.True(wearable.Device.IsAsleep);
            wearable.Device.SensorAttached = true;
            wearable.Run(31 * 60);
        }

        Assert.Equal(start, wearable.Records('B').Last(banner => banner[10] != "POWER" || !hasSlept)[10]);
        Assert.False(wearable.Device.IsAsleep);
        Assert.NotEmpty(wearable.Decisions);
    }
}
