using HarEdge.Cli.Output;
using HarEdge.Trainer;

namespace HarEdge.Cli.Tests;

/// <summary>What a pipe or a log shows of a long run.</summary>
public sealed class ProgressTests
{
    [Fact]
    public void A_step_is_told_once_with_the_time_it_begins()
    {
        var time = new ManualTime();
        var text = Lines(time, ("features", 0, 0), ("features", 0.5, 3), ("teacher", 0, 65));
        Assert.Equal("[0:00] features …\n[1:08] teacher …\n", text);
    }

    [Fact]
    public void A_long_step_tells_its_share_and_the_time_left_every_quarter_of_a_minute()
    {
        var time = new ManualTime();
        var text = Lines(time, ("loso", 0, 0), ("loso", 0.1, 10), ("loso", 0.2, 10), ("loso", 0.25, 5), ("loso", 0.5, 15));
        Assert.Equal("[0:00] loso …\n[0:20] loso, 20 %, about 1:20 left\n[0:40] loso, 50 %, about 0:40 left\n", text);
    }

    [Fact]
    public void A_step_of_a_counted_run_bears_its_number()
    {
        var writer = new StringWriter { NewLine = "\n" };
        var time = new ManualTime();
        var lines = new ProgressLines(writer, time);
        var run = new RunProgress(lines, 2);
        run.BeginStep();
        run.Report(new StepProgress("features", 0));
        run.BeginStep();
        run.Report(new StepProgress("teacher", 0));
        time.Now += TimeSpan.FromSeconds(15);
        run.Report(new StepProgress("teacher", 0.75));
        Assert.Equal("[0:00] Step 1 of 2: features …\n[0:00] Step 2 of 2: teacher …\n[0:15] Step 2 of 2: teacher, 75 %, about 0:05 left\n", writer.ToString());
    }

    private static string Lines(ManualTime time, params (string Step, double Fraction, int AfterSeconds)[] reports)
    {
        var writer = new StringWriter { NewLine = "\n" };
        var lines = new ProgressLines(writer, time);
        foreach (var (step, fraction, afterSeconds) in reports)
        {
            time.Now += TimeSpan.FromSeconds(afterSeconds);
            lines.Report(new StepProgress(step, fraction));
        }

        return writer.ToString();
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
