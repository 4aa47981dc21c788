using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Tests.Comparison;

public sealed class ReplaySessionTests
{
    private static readonly DataSet One = DirectDevice.Wearer with { Recordings = [Holed(DirectDevice.Wearer.Recordings[1])] };

    [Fact]
    public void Replayed_recordings_give_the_trainers_answers_and_the_same_accuracy()
    {
        var report = Replay(new DirectDevice(DirectDevice.Motion));
        Assert.Equal(1, report.Recordings);
        Assert.Equal(0, report.Divergences);
        Assert.Equal(0, report.LostDecisions + report.Resent);
        Assert.Equal(One.Recordings[0].Runs.Sum(run => run.Length), report.Samples);
        Assert.Equal(One.Recordings[0].Runs.Sum(run => ((run.Length - 128) / 64) + 1), report.Windows);
        Assert.Equal(report.Desktop!.Windows.Confusion, report.Device!.Windows.Confusion);
        Assert.Equal(report.Windows, report.Decision!.Count);
        Assert.NotNull(report.Echo);
    }

    [Fact]
    public void A_block_lost_on_the_way_is_sent_again_and_stepped_once()
    {
        var report = Replay(new DirectDevice(DirectDevice.Motion) { LosesBlock = 150 });
        Assert.InRange(report.Resent, 1, 4);
        Assert.Equal(0, report.Divergences);
        Assert.Equal(One.Recordings[0].Runs.Sum(run => ((run.Length - 128) / 64) + 1), report.Windows);
    }

    [Fact]
    public void A_lost_acknowledgement_does_not_step_a_block_twice_and_a_lost_decision_is_no_divergence()
    {
        var report = Replay(new DirectDevice(DirectDevice.Motion) { LosesLine = 151 });
        Assert.Equal(0, report.Divergences);
        Assert.Equal(One.Recordings[0].Runs.Sum(run => ((run.Length - 128) / 64) + 1), report.Windows + report.LostDecisions);
    }

    [Fact]
    public void A_block_whose_answer_is_late_is_not_sent_again()
    {
        // Longer than two questions take.
        var report = Replay(new DirectDevice(DirectDevice.Motion) { StallsAfterBlocks = 120, StallMs = 500 });
        Assert.Equal(0, report.Divergences + report.LostDecisions + report.Resent);
        Assert.Equal(One.Recordings[0].Runs.Sum(run => ((run.Length - 128) / 64) + 1), report.Windows);
    }

    [Fact]
    public void A_device_without_second_uart_is_told_from_its_silence()
    {
        var refused = Assert.Throws<InputException>(() => Replay(new DirectDevice(DirectDevice.Motion) { IsDeaf = true }));
        Assert.Contains("HasCommandPort", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_left_in_replay_mode_can_be_asked_again()
    {
        var device = new DirectDevice(DirectDevice.Motion);
        new DeviceCommands(device).Send("REPLAY");
        Assert.Equal(0, Replay(device).Divergences);
    }

    // Two runs, the second not a whole number of blocks.
    private static Recording Holed(Recording recording)
    {
        var run = recording.Runs[0];
        return recording with { Runs = [new Run(run.Start, run.Start + 1000), new Run(run.Start + 1100, Math.Min(run.End, run.Start + 3107))] };
    }

    private static ReplayReport Replay(DirectDevice device) => new ReplaySession(
        new DeviceListener(device), new DeviceCommands(device), ConsoleOfTwin.Model) { Patience = TimeSpan.FromMilliseconds(200) }.Run([One], null, CancellationToken.None);
}
