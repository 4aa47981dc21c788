namespace HarEdge.DeviceTwin.Tests;

public class PowerTests
{
    private const int Minute = 50 * 60;

    [Fact]
    public void Minutes_without_motion_end_in_deep_sleep_and_motion_ends_it()
    {
        var motion = new SteadyMotion([8192, 0, 0, 10, 10, 10], 3 * Minute, 4 * Minute);
        var wearable = new Wearable(options: new TwinOptions { DeepSleepAfterMinutes = 2 }, motion: motion);
        wearable.Run(110);
        Assert.False(wearable.Device.IsAsleep);
        wearable.Run(30);
        Assert.True(wearable.Device.IsAsleep);
        Assert.InRange(wearable.Event("DEEP_SLEEP").Detail, 120, 123);
        Assert.Single(wearable.Lines, l => l.Contains(",MODEL,", StringComparison.Ordinal));

        // The sensor now samples 20 times a second: what is left of the third minute takes longer.
        wearable.Run(160);
        Assert.False(wearable.Device.IsAsleep);
        Assert.Equal(2, wearable.Lines.Count(l => l.Contains(",MODEL,", StringComparison.Ordinal)));
        Assert.NotEmpty(wearable.Decisions);
    }

    [Fact]
    public void Who_moves_now_and_then_is_never_put_to_sleep()
    {
        var wearable = new Wearable(options: new TwinOptions { DeepSleepAfterMinutes = 1 }, motion: new NoisyMotion(3));
        wearable.Run(600);
        Assert.Empty(wearable.Events("DEEP_SLEEP"));
    }

    [Fact]
    public void A_board_that_could_not_wake_does_not_sleep()
    {
        var options = new TwinOptions { DeepSleepAfterMinutes = 1, TargetName = "ESP32_C3" };
        var wearable = new Wearable(options: options, motion: new SteadyMotion([8192, 0, 0, 10, 10, 10]));
        wearable.Run(300);
        Assert.Empty(wearable.Events("DEEP_SLEEP"));
        Assert.InRange(wearable.Decisions.Count, 225, 240);
    }

    [Fact]
    public void Light_sleep_changes_no_decision_and_no_time()
    {
        var awake = new Wearable();
        var asleep = new Wearable(options: new TwinOptions { SleepsLightly = true });
        awake.Run(130);
        asleep.Run(130);
        Assert.Equal(awake.Decisions.Select(d => d.StartSample), asleep.Decisions.Select(d => d.StartSample));
        Assert.True(awake.Decisions.Zip(asleep.Decisions).All(p => p.First.Features.SequenceEqual(p.Second.Features)));
        Assert.Equal(awake.Records('H').Select(h => h[0]), asleep.Records('H').Select(h => h[0]));
    }

    [Fact]
    public void Where_light_sleep_is_refused_the_board_waits_awake()
    {
        var wearable = new Wearable(options: new TwinOptions { SleepsLightly = true });
        wearable.Device.Machine.AllowsLightSleep = false;
        wearable.Run(60);
        Assert.InRange(wearable.Decisions.Count, 42, 47);
        Assert.Empty(wearable.Events("GAP"));
    }

    [Fact]
    public void A_light_sleep_is_interrupted_ten_times_a_second_and_no_more()
    {
        var wearable = new Wearable(options: new TwinOptions { SleepsLightly = true });
        wearable.Run(60);
        var before = wearable.Device.Machine.LightSleeps;
        wearable.Run(60);
        Assert.InRange(wearable.Device.Machine.LightSleeps - before, 590, 630);
    }
}
