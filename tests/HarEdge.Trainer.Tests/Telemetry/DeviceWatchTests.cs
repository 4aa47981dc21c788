using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>What a view shows, from records.</summary>
public sealed class DeviceWatchTests
{
    private readonly DeviceWatch watch = new();

    [Fact]
    public void A_healthy_device_raises_no_alarm_and_its_time_adds_up()
    {
        foreach (var record in DeviceLines.Read(DeviceLines.Plain(DeviceLines.OfTwin)).Records)
        {
            watch.Take(record);
        }

        Assert.Empty(watch.Alarms);
        Assert.True(watch.IsRecording);
        Assert.NotNull(watch.Health);
        Assert.InRange(watch.Decisions, 50, 56);
        Assert.Equal(watch.Decisions * watch.Banner!.HopSamples / 50.0, watch.Activities.Sum(activity => activity.Seconds), 6);
        Assert.All(watch.Timeline, decision => Assert.Equal(decision.Name, watch.ClassName(decision.Decision)));
    }

    [Fact]
    public void A_failed_model_test_is_a_parity_alarm_until_the_next_boot()
    {
        watch.Take(new SelfTestRecord(1, "MODEL", "FAIL", 6, 2, 0));
        Assert.Contains("Parity failed: at window 2 of 6", Assert.Single(watch.Alarms).What, StringComparison.Ordinal);
        watch.Take(new EventRecord(2, "HALTED", 0, 0));
        Assert.Single(watch.Alarms);
        watch.Take(new BannerRecord(0, 1, "0.1.0", "0123456789ab", "ESP32", 128, 64, 50, 4, 500, 6));
        Assert.Empty(watch.Alarms);
    }

    [Fact]
    public void A_failed_sensor_test_names_the_axis()
    {
        watch.Take(new SelfTestRecord(1, "SENSOR", "FAIL", 6, 3, 250));
        Assert.Contains("gx is off by 25.0 %", Assert.Single(watch.Alarms).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_sensor_is_an_alarm_until_it_is_back()
    {
        watch.Take(new EventRecord(1, "GAP", 300, 1));
        var alarm = Assert.Single(watch.Alarms);
        Assert.Contains("NotAcknowledged", alarm.What, StringComparison.Ordinal);
        Assert.Contains("wires", alarm.Remedy, StringComparison.Ordinal);
        watch.Take(new EventRecord(2, "SENSOR", 300, 0x68));
        Assert.Empty(watch.Alarms);
        Assert.Equal(1, watch.Gaps);
    }

    [Fact]
    public void A_wrong_rate_is_an_alarm_until_health_shows_a_right_one()
    {
        watch.Take(new EventRecord(1, "RATE", 3000, 52500));
        Assert.Contains("52.50", Assert.Single(watch.Alarms).What, StringComparison.Ordinal);
        watch.Take(new HealthRecord(2, 60, 3000, 40, 50010, 0, 1, 0, 60000, new int[15]));
        Assert.Empty(watch.Alarms);
    }

    [Fact]
    public void Memory_is_bounded_whatever_a_device_says()
    {
        for (var i = 0; i < 5000; i++)
        {
            watch.Take(new DecisionRecord(i % 10000, i, 0, 0, 50, 0, 0, 0, 0, "NAME" + i));
            watch.Take(new EventRecord(i % 10000, "CODE" + i, i, 0));
            watch.Take(new SelfTestRecord(i % 10000, "TEST" + i, "PASS", 1, -1, 0));
            watch.Take(new ClassNameRecord(i % 10000, i, "NAME" + i));
        }

        Assert.Equal(DeviceWatch.TimelineLength, watch.Timeline.Count);
        Assert.Equal(DeviceWatch.TimelineLength, watch.Activities.Count());
        Assert.Equal(DeviceWatch.EventsKept, watch.Events.Count);
        Assert.Equal(8, watch.SelfTests.Count);
        Assert.Equal("NAME4999", Assert.Single(watch.ClassNames).Value);
    }

    [Fact]
    public void Before_the_banner_names_and_the_hop_are_those_of_the_decisions()
    {
        watch.Take(new DecisionRecord(7, 1128, 3, 3, 90, 0, 0, 0, 0, "SITTING"));
        Assert.Equal(64, watch.HopSamples);
        watch.Take(new DecisionRecord(8, 1160, -1, 3, 90, 0, 0, 0, 0, "UNKNOWN"));
        Assert.Equal(32, watch.HopSamples);
        Assert.Equal("SITTING", watch.ClassName(3));
        Assert.Equal("class 2", watch.ClassName(2));
        Assert.Equal([3, -1], watch.Activities.Select(activity => activity.Class));
    }

    [Fact]
    public void Every_fault_of_the_wire_format_has_its_words()
    {
        var rows = File.ReadLines(Path.Combine(DeviceLines.RepositoryRoot(), "docs/SPEC.md"))
            .SkipWhile(line => line != "## Faults").Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => char.IsAsciiDigit(line[2])).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.Equal(HealthRecord.FaultKinds, rows.Count);
        Assert.All(rows, row => Assert.Equal(row[2], FaultTable.Of(int.Parse(row[1])).Name));
    }
}
