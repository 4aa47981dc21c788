using HarEdge.Trainer.Capture;
using HarEdge.Trainer.Tests.Telemetry;

namespace HarEdge.Trainer.Tests.Capture;

/// <summary>Raw blocks to samples, with what is missing told.</summary>
public sealed class DeviceCaptureTests
{
    private readonly DeviceCapture capture = new();
    private readonly Captured captured;

    public DeviceCaptureTests() => captured = new Captured(capture);

    [Fact]
    public void Blocks_that_follow_each_other_are_one_stretch()
    {
        Read(-1, Captured.Block(0, 100), Captured.Block(1, 112));
        Assert.Equal(Enumerable.Range(100, 24), captured.Samples.Select(sample => sample.Number));
        Assert.Equal(Enumerable.Range(100, 24).Select(n => (double)n), captured.Samples.Select(sample => sample.Values[0]));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => i * 20.0), captured.Samples.Select(sample => sample.TimeMs));
        Assert.Empty(captured.Gaps);
    }

    [Fact]
    public void A_lost_block_is_a_gap_of_its_length()
    {
        Read(-1, Captured.Block(0, 1), Captured.Block(2, 25));
        var (after, gap) = Assert.Single(captured.Gaps);
        Assert.Equal((12, 12), (after, gap.MissingSamples));
        Assert.Equal(240, gap.TimeMs);
        Assert.Equal(480, captured.Samples[12].TimeMs);
    }

    [Fact]
    public void A_gap_of_the_device_has_an_unknown_length_though_the_numbers_go_on()
    {
        Read(-1, Captured.Block(0, 1), Captured.Event(1, "GAP", 12, 8), Captured.Block(2, 13));
        var (after, gap) = Assert.Single(captured.Gaps);
        Assert.Equal((12, null, "FifoOverflow"), (after, gap.MissingSamples, gap.Reason));
        Assert.True(captured.Samples[12].TimeMs - captured.Samples[11].TimeMs >= 1000);
    }

    [Fact]
    public void The_clock_of_the_port_measures_a_gap_of_unknown_length()
    {
        Read(5000, Captured.Block(0, 1));
        Read(5100, Captured.Event(1, "GAP", 12, 8));
        Read(9000, Captured.Block(2, 13));
        Assert.Equal(220 + 4000 - 220, captured.Samples[12].TimeMs - captured.Samples[0].TimeMs);
    }

    [Fact]
    public void A_lost_line_that_may_have_told_of_a_gap_is_one()
    {
        Read(-1, Captured.Block(0, 1), Captured.Block(2, 13));
        var (_, gap) = Assert.Single(captured.Gaps);
        Assert.Null(gap.MissingSamples);
        Assert.Equal(1, capture.Lines.Lost);
    }

    [Fact]
    public void A_device_that_starts_anew_leaves_a_gap_and_its_numbers_begin_again()
    {
        Read(-1, Captured.Block(500, 5000), Captured.Block(501, 5012), Banner(0), Captured.Block(1, 1), Captured.Block(2, 13));
        var (after, gap) = Assert.Single(captured.Gaps);
        Assert.Equal((24, null, "device started anew"), (after, gap.MissingSamples, gap.Reason));
        Assert.All(captured.Samples.Zip(captured.Samples.Skip(1)), pair => Assert.True(pair.Second.TimeMs > pair.First.TimeMs));
    }

    [Fact]
    public void A_pulled_cable_of_a_device_with_a_battery_costs_exactly_what_was_not_read()
    {
        Read(1000, Captured.Block(0, 1));
        capture.Lose();
        Read(3000, Captured.Block(9, 97));
        var (_, gap) = Assert.Single(captured.Gaps);
        Assert.Equal((84, "port gone"), (gap.MissingSamples, gap.Reason));
        Assert.Equal(96 * 20, captured.Samples[12].TimeMs);
    }

    [Fact]
    public void Samples_of_a_burst_have_been_taken_before_it_arrived()
    {
        Read(10000, Captured.Block(0, 1), Captured.Block(1, 13), Captured.Block(2, 25));
        Assert.Equal(10000, captured.Samples[^1].HostMs);
        Assert.Equal(10000 - (35 * 20), captured.Samples[0].HostMs);
        Read(10500, Captured.Block(3, 37));
        Assert.Equal(10000 + 240, captured.Samples[^1].HostMs);
    }

    [Fact]
    public void The_end_of_recording_mode_is_seen()
    {
        Read(-1, Captured.Block(0, 1));
        Assert.True(capture.IsRunning);
        Read(-1, Captured.Event(1, "RECORD_OFF", 12, 0));
        Assert.False(capture.IsRunning);
        Assert.True(capture.IsSwitchedOff);
    }

    [Fact]
    public void A_later_version_of_the_wire_format_is_said_and_what_is_known_of_it_recorded()
    {
        Read(-1, Banner(0, protocol: 3), Captured.Block(1, 1));
        Assert.Equal(12, captured.Samples.Count);
        Assert.Contains(capture.Explain(), sentence => sentence.Contains("version 3 of the wire format", StringComparison.Ordinal));
    }

    [Fact]
    public void Samples_from_before_the_port_was_looked_at_are_left_out()
    {
        var late = new DeviceCapture { StaleUntilMs = 300 };
        var taken = new Captured(late);
        late.Read(DeviceLines.Plain([Captured.Block(0, 1)]), 10);
        late.Read(DeviceLines.Plain([Captured.Block(1, 500)]), 300);
        Assert.Equal(500, taken.Samples[0].Number);
        Assert.Empty(taken.Gaps);
    }

    private void Read(long atMs, params string[] lines) => capture.Read(DeviceLines.Plain(lines), atMs);

    private static string Banner(int sequence, int protocol = 1) => DeviceLines.Make(
        'B',
        line =>
        {
            line.Add(protocol);
            line.Add("1.0");
            line.Add("abcdef");
            line.Add("board");
            foreach (var value in (int[])[128, 64, 50, 8, 1000, 6])
            {
                line.Add(value);
            }
        },
        sequence);
}
