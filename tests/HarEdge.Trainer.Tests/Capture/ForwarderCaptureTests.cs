using System.Text;
using HarEdge.Trainer.Capture;

namespace HarEdge.Trainer.Tests.Capture;

/// <summary>Lines of numbers to samples.</summary>
public sealed class ForwarderCaptureTests
{
    [Theory]
    [InlineData("0.5,-1,9.81,1e1,2,3\n")]
    [InlineData("0.5\t-1\t9.81\t10\t2\t3\r\n")]
    [InlineData(" 0.5, -1, 9.81, 10, 2, 3\n")]
    public void Commas_and_tabs_separate(string line)
    {
        var captured = Read(new ForwarderCapture(100, joinsMidLine: false), [(line, -1)]);
        Assert.Equal([0.5, -1, 9.81, 10, 2, 3], Assert.Single(captured.Samples).Values);
    }

    [Fact]
    public void A_stated_rate_is_the_clock()
    {
        var captured = Read(new ForwarderCapture(62.5, joinsMidLine: false), [("1,2,3,4,5,6\n1,2,3,4,5,6\n1,2,3,4,5,6", -1)]);
        Assert.Equal([0, 16, 32], captured.Samples.Select(sample => sample.TimeMs));
    }

    [Fact]
    public void A_sensor_that_dies_is_told_once_for_each_stretch_and_its_noise_never()
    {
        var capture = new ForwarderCapture(50, joinsMidLine: false);
        List<double> told = [];
        capture.SensorDied += sample => told.Add(sample.TimeMs);
        string Line(int i) => i is (>= 100 and < 300) or (>= 400 and < 500) ? "0,0,0,0,0,0\n" : $"{i % 7},2,3,4,5,6\n";
        Read(capture, [.. Enumerable.Range(0, 600).Select(i => (Line(i), -1L))]);
        Assert.Equal([3000, 9000], told);
    }

    [Fact]
    public void Without_a_stated_rate_arrival_is_the_clock()
    {
        var capture = new ForwarderCapture(null, joinsMidLine: true);
        var captured = Read(capture, [.. Enumerable.Range(0, 500).Select(i => ("1,2,3,4,5,6\n", 1000L + (i * 20)))]);
        Assert.Equal(499, captured.Samples.Count);
        Assert.Equal([0, 20, 40], captured.Samples.Take(3).Select(sample => sample.TimeMs));
        Assert.Equal(50, capture.RateHz!.Value, 1);
    }

    [Fact]
    public void A_port_may_be_joined_in_the_middle_of_a_line()
    {
        var captured = Read(new ForwarderCapture(null, joinsMidLine: true), [("7,8,9,10,11,12\n1,2,3,4,5,6\n", 0)]);
        Assert.Equal(1, Assert.Single(captured.Samples).Values[0]);
    }

    [Fact]
    public void A_line_that_cannot_be_read_is_a_gap_in_its_place()
    {
        var capture = new ForwarderCapture(50, joinsMidLine: false);
        var captured = Read(capture, [("1,2,3,4,5,6\n1,2,3,4\n1,2,3,4,5,6\n", -1)]);
        var (after, gap) = Assert.Single(captured.Gaps);
        Assert.Equal((1, 1, 20.0), (after, gap.MissingSamples, gap.TimeMs));
        Assert.Equal(40, captured.Samples[1].TimeMs);
        Assert.Equal(1, capture.Lines.Damaged);
    }

    [Theory]
    [InlineData("Temp: 27.1 C\n")]
    [InlineData("OK\n")]
    [InlineData("battery 3.91 V, 78 %\n")]
    [InlineData("[1234] wifi: reconnecting, attempt 2\n")]
    public void A_line_of_words_between_samples_takes_no_samples_place(string line)
    {
        var capture = new ForwarderCapture(50, joinsMidLine: false);
        var captured = Read(capture, [("1,2,3,4,5,6\n" + line + "1,2,3,4,5,6\n", -1)]);
        Assert.Empty(captured.Gaps);
        Assert.Equal([0, 20], captured.Samples.Select(sample => sample.TimeMs));
        Assert.Equal(1, capture.Lines.Damaged);
    }

    [Fact]
    public void A_clock_that_a_serial_monitor_puts_in_front_is_passed_over()
    {
        var captured = Read(new ForwarderCapture(50, joinsMidLine: false), [("09:45:02.820 -> 1,2,3,4,5,6\n09:45:02.840 -> -1,2,3,4,5,6\n", -1)]);
        Assert.Equal([1, -1], captured.Samples.Select(sample => sample.Values[0]));
    }

    [Fact]
    public void A_capture_in_utf16_as_PowerShell_writes_it_is_read()
    {
        var text = Encoding.Latin1.GetString([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("1,2,3,4,5,6\r\n-1,2,3,4,5,6\r\n")]);
        var captured = Read(new ForwarderCapture(50, joinsMidLine: false), [(text, -1)]);
        Assert.Equal([1, -1], captured.Samples.Select(sample => sample.Values[0]));
    }

    [Fact]
    public void A_board_with_three_axes_is_refused_with_what_it_should_print()
    {
        var refused = Assert.Throws<InputException>(() => Read(new ForwarderCapture(50, joinsMidLine: false), [(string.Concat(Enumerable.Repeat("1,2,3\n", 12)), -1)]));
        Assert.Contains("1,2,3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("gz", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_without_a_clock_needs_a_rate() =>
        Assert.Equal(2, Assert.Throws<InputException>(() => Read(new ForwarderCapture(null, joinsMidLine: false), [("1", -1)])).ExitCode);

    [Fact]
    public void A_megabyte_without_a_line_end_is_one_bad_line()
    {
        var capture = new ForwarderCapture(50, joinsMidLine: false);
        Read(capture, [(new string('1', 1 << 20) + "\n", -1)]);
        Assert.Equal(1, capture.Lines.Damaged);
    }

    private static Captured Read(ForwarderCapture capture, IEnumerable<(string Text, long AtMs)> portions)
    {
        var captured = new Captured(capture);
        foreach (var (text, atMs) in portions)
        {
            capture.Read(Encoding.Latin1.GetBytes(text), atMs);
        }

        capture.Finish();
        return captured;
    }
}
