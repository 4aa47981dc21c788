using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>Where sources disagree or are silent the firmware works both ways: every variant of every identity.</summary>
public class ChipVariantTests
{
    public static TheoryData<int, string> Chips => [.. new[] { 0x68, 0x70, 0x72, 0x98, 0x19 }.SelectMany(id => ChipVariant.All.Select(v => (id, v.Name)))];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Ten_minutes_of_decisions_come_without_a_gap_each_that_of_its_samples(int identity, string name)
    {
        var wearable = new Wearable(new SixChannelModel(), options: Options(identity, name), motion: new NoisyMotion(6));
        wearable.Run(600);
        Assert.Empty(wearable.Events("GAP"));
        Assert.Empty(wearable.Events("NO_SENSOR"));
        Assert.DoesNotContain(wearable.Records('K'), k => k[1] == "FAIL");
        Assert.InRange(wearable.Decisions.Count, 463, 469);
        var truth = new DecisionTruth(new SixChannelModel(), new NoisyMotion(6));
        Assert.All(wearable.Decisions, decision => Assert.True(truth.Holds(decision, 0), $"the window from {decision.StartSample}"));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void After_a_brown_out_decisions_come_back_within_four_seconds(int identity, string name)
    {
        var wearable = new Wearable(new SixChannelModel(), options: Options(identity, name), motion: new NoisyMotion(6));
        var truth = new DecisionTruth(new SixChannelModel(), new NoisyMotion(6));
        for (var i = 0; i < 20; i++)
        {
            wearable.Run(7.31);
            wearable.Decisions.Clear();
            wearable.Device.Inject(DeviceFault.BrownOut, TimeSpan.Zero, i);
            wearable.Run(5.4);
            Assert.NotEmpty(wearable.Decisions);
            Assert.All(wearable.Decisions, decision => Assert.True(truth.Holds(decision, 0), $"the window from {decision.StartSample}"));
        }

        Assert.Equal(20, wearable.Events("GAP").Count);
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void At_rest_the_board_falls_asleep_and_stays_asleep_until_it_is_turned(int identity, string name)
    {
        var wearable = new Wearable(options: Options(identity, name) with { DeepSleepAfterMinutes = 1 }, motion: new SteadyMotion([8192, 0, 0, 10, 10, 10]));
        wearable.Run(80);
        Assert.NotEmpty(wearable.Events("DEEP_SLEEP"));
        if (name != "fine motion steps" || identity != 0x68)
        {
            // If a step were 2 mg, what 96 mg of 32 mg steps are would be less than the noise: such a chip wakes all the time, and sleeps again.
            wearable.Run(20 * 60);
            Assert.Single(wearable.Events("DEEP_SLEEP"));
            Assert.True(wearable.Device.IsAsleep);
        }

        wearable.Device.Wear(new SteadyMotion([0, 8192, 0, 10, 10, 10]));
        wearable.Decisions.Clear();
        wearable.Run(12);
        Assert.False(wearable.Device.IsAsleep);
        Assert.NotEmpty(wearable.Decisions);
    }

    private static TwinOptions Options(int identity, string name) =>
        new() { TracksGyroBias = false, SensorIdentity = identity, SensorVariant = ChipVariant.All.Single(v => v.Name == name) };
}
