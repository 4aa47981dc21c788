using HarEdge.Cli.Output;
using HarEdge.Trainer;

namespace HarEdge.Cli.Tests;

/// <summary>What a pipe, a log and a terminal show of a long run.</summary>
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
        Assert.Equal("[0:00] loso …\n[0:20] loso, 20 %, about 80 s left\n[0:40] loso, 50 %, about 40 s left\n", text);
    }

    [Fact]
    public void A_step_that_reports_nothing_is_said_to_be_at_work()
    {
        var writer = new StringWriter { NewLine = "\n" };
        var time = new ManualTime();
        using var lines = new ProgressLines(writer, time);
        lines.Report(new StepProgress("teacher", 0));
        time.Now += TimeSpan.FromSeconds(14);
        lines.Remind();
        time.Now += TimeSpan.FromSeconds(1);
        lines.Remind();
        Assert.Equal("[0:00] teacher …\n[0:15] teacher, still at work\n", writer.ToString());
    }

    [Fact]
    public void A_step_of_a_counted_run_bears_its_number()
    {
        var writer = new StringWriter { NewLine = "\n" };
        var time = new ManualTime();
        using var lines = new ProgressLines(writer, time);
        var run = new RunProgress(lines, 2);
        run.BeginStep();
        run.Report(new StepProgress("features", 0));
        run.BeginStep();
        run.Report(new StepProgress("teacher", 0));
        time.Now += TimeSpan.FromSeconds(15);
        run.Report(new StepProgress("teacher", 0.75));
        run.Reached(0.971);
        run.Reached(0.94);
        time.Now += TimeSpan.FromSeconds(15);
        run.Report(new StepProgress("teacher", 0.75));
        Assert.Equal(
            "[0:00] Step 1 of 2: features …\n[0:00] Step 2 of 2: teacher …\n[0:15] Step 2 of 2: teacher, 75 %, about 5 s left\n"
            + "[0:30] Step 2 of 2: teacher, 75 %, best so far 97.1 %\n",
            writer.ToString());
    }

    [Fact]
    public void Parts_of_a_step_fill_it_one_after_another_and_the_next_step_ends_it()
    {
        var reports = new Reports();
        var run = new RunProgress(reports, 2);
        run.BeginStep(2);
        run.Report(new StepProgress("linear", 0.5));
        run.Report(new StepProgress("linear", 1));
        run.Report(new StepProgress("trees", 0.5));
        run.Report(new StepProgress("trees", 1));
        Assert.Equal([0.25, 0.5, 0.75, 0.99], reports.All.Select(report => report.Fraction));
        Assert.All(reports.All, report => Assert.Equal((1, 2), (report.Number, report.Count)));
    }

    [Fact]
    public void Steps_that_come_after_a_run_are_counted_from_its_beginning()
    {
        var reports = new Reports();
        var longer = new LongerRun(reports, 1);
        var run = new RunProgress(longer, 1);
        run.BeginStep();
        run.Reached(0.9);
        run.Report(new StepProgress("student", 0));
        var rest = longer.Rest();
        rest.BeginStep();
        rest.Report(new StepProgress("cost", 0));
        Assert.Equal(["Step 1 of 2: student", "Step 2 of 2: cost"], reports.All.Select(report => report.Title));
        Assert.All(reports.All, report => Assert.Equal(0.9, report.Best));
    }

    [Fact]
    public void A_job_moves_the_step_it_belongs_to()
    {
        var reports = new Reports();
        var job = new JobProgress(reports, new StepProgress("search", 0.5, "trial 3 of 4"), 0.25);
        var run = new RunProgress(job, 2);
        run.BeginStep();
        run.Report(new StepProgress("features", 0));
        run.BeginStep();
        run.Report(new StepProgress("teacher", 0.5));
        Assert.Equal(
            [new StepProgress("search", 0.5, "trial 3 of 4: features"), new StepProgress("search", 0.6875, "trial 3 of 4: teacher")],
            reports.All);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(50)]
    public void At_a_terminal_clocks_of_finished_steps_stand_and_the_one_under_way_says_all_that_is_known(int width)
    {
        var time = new ManualTime();
        using var bars = new ProgressBars(TextWriter.Null, () => (width, 24), time);
        var run = new RunProgress(bars, 9);
        run.BeginStep();
        run.Report(new StepProgress("features", 0));
        time.Now += TimeSpan.FromSeconds(4);
        run.Report(new StepProgress("features", 1));
        run.BeginStep();
        run.Report(new StepProgress("student: linear, cross-validation", 0));
        time.Now += TimeSpan.FromSeconds(36);
        var unknown = bars.Lines(width, 24);
        Assert.DoesNotContain(unknown, line => line.Contains('%', StringComparison.Ordinal));
        run.Reached(0.971);
        run.Report(new StepProgress("student: linear, cross-validation", 0.75));
        var lines = bars.Lines(width, 24);
        Assert.Equal("✓ Step 1 of 9: features  0:04", lines[0]);
        var now = string.Join(' ', lines.Skip(1));
        Assert.Contains("Step 2 of 9: student: linear, cross-validation", now, StringComparison.Ordinal);
        Assert.Contains("0:36  75 %, about 12 s left, best so far 97.1 %", now, StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length < width, line));
    }

    [Fact]
    public void A_counted_step_that_changes_its_name_stays_one_line_and_what_runs_side_by_side_never_falls_back()
    {
        using var bars = new ProgressBars(TextWriter.Null, () => (80, 24), new ManualTime());
        var run = new RunProgress(bars, 1);
        run.BeginStep(2);
        run.Report(new StepProgress("teacher: linear", 0.8));
        run.Report(new StepProgress("teacher: linear", 0.6));
        Assert.Contains("40 %", Assert.Single(bars.Lines(80, 24)), StringComparison.Ordinal);
        run.Report(new StepProgress("teacher: boosting", 0));
        Assert.Contains("teacher: boosting", Assert.Single(bars.Lines(80, 24)), StringComparison.Ordinal);
    }

    [Fact]
    public void People_left_out_side_by_side_count_with_the_share_of_their_training()
    {
        var reports = new Reports();
        var people = new Trainer.Experiments.PeopleLeftOut(reports, 4, 1);
        people.Begin("a/1").Report(new StepProgress("teacher", 0.5) { Number = 2, Count = 3 });
        people.Begin("a/2").Report(new StepProgress("features", 0) { Number = 1, Count = 3 });
        Assert.Equal((1 + 0.5) / 4, reports.All[^1].Fraction, 6);
        people.End("a/1", new Trainer.Evaluation.SubjectScore(10, 9));
        Assert.Equal((0.5, "2 of 4 done, 90.0 % right so far; a/1: done"), (reports.All[^1].Fraction, reports.All[^1].Detail));
    }

    private static string Lines(ManualTime time, params (string Step, double Fraction, int AfterSeconds)[] reports)
    {
        var writer = new StringWriter { NewLine = "\n" };
        using var lines = new ProgressLines(writer, time);
        foreach (var (step, fraction, afterSeconds) in reports)
        {
            time.Now += TimeSpan.FromSeconds(afterSeconds);
            lines.Report(new StepProgress(step, fraction));
        }

        return writer.ToString();
    }

    private sealed class Reports : IProgress<StepProgress>
    {
        public List<StepProgress> All { get; } = [];

        public void Report(StepProgress value) => All.Add(value);
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
