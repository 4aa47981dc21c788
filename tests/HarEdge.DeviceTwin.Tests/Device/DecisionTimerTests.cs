using HarEdge.Firmware;

namespace HarEdge.DeviceTwin.Tests;

public class DecisionTimerTests
{
    [Theory]
    [InlineData(0x68)]
    [InlineData(0x70)]
    public void No_sample_is_pushed_while_the_clock_stands_and_it_stands_between_bursts(int identity)
    {
        var wearable = new Wearable(options: new TwinOptions { SensorIdentity = identity });
        wearable.Run(20);
        var missing = new List<int>();
        var times = new List<TimeSpan>();
        wearable.Device.Machine.ClockRead = () =>
        {
            missing.Add(wearable.Device.Loop.Pipeline.SamplesUntilDecision);
            times.Add(wearable.Device.Elapsed);
        };
        wearable.Run(25);
        Assert.InRange(missing.Count, 60, 160);
        for (var on = 2; on + 1 < missing.Count; on += 2)
        {
            Assert.Equal(missing[on - 1], missing[on]);
            Assert.Equal(times[on], times[on + 1]);
        }
    }

    [Fact]
    public void A_decision_takes_what_its_parts_took_and_a_first_window_does_not_count()
    {
        var wearable = new Wearable();
        wearable.Device.Machine.Run(() =>
        {
            var timer = new DecisionTimer();
            Work(timer, 100);
            timer.NoteDecision();
            Assert.Equal((0, 0, 0), (timer.Decisions, timer.MeanMicros, timer.WorstMicros));

            Work(timer, 30);
            Idle(1000);
            Work(timer, 12);
            timer.NoteDecision();
            Work(timer, 44);
            timer.NoteDecision();
            Assert.Equal((2, 43_000, 44_000), (timer.Decisions, timer.MeanMicros, timer.WorstMicros));

            Work(timer, 20);
            timer.Discard();
            Work(timer, 90);
            timer.NoteDecision();
            Assert.Equal(2, timer.Decisions);
            timer.Clear();
            Assert.Equal((0, 0, 0), (timer.Decisions, timer.MeanMicros, timer.WorstMicros));
        });

        void Work(DecisionTimer timer, int milliseconds)
        {
            timer.Switch();
            Idle(milliseconds);
            timer.Switch();
        }

        void Idle(int milliseconds) => wearable.Device.Machine.Clock.AdvanceMs(milliseconds);
    }
}
