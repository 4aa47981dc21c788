using System.Text.Json;
using HarEdge.Cli.Comparing;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Experiments;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Tests;

/// <summary>Who writes what where.</summary>
public sealed class OutputTests
{
    [Fact]
    public void Without_arguments_the_help_names_every_verb_and_the_exit_codes()
    {
        var run = CliRun.Of().AssertDone();
        foreach (var verb in Program.Verbs(new Terminal(TextWriter.Null, TextWriter.Null)).Subcommands)
        {
            Assert.Contains("\n  " + verb.Name, run.Out, StringComparison.Ordinal);
        }

        Assert.Contains("3 a parity check", run.Out, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Tables_in_a_pipe_are_Markdown_without_escape_sequences()
    {
        var run = CliRun.Of("data", "check").AssertDone();
        Assert.Contains("| person ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.DoesNotContain('\u001b', run.Error);
    }

    [Fact]
    public void Json_is_the_only_thing_on_the_data_stream()
    {
        var run = CliRun.Of("data", "check", "--json").AssertDone();
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("synthetic", json.RootElement.GetProperty("dataset").GetString());
        Assert.True(json.RootElement.GetProperty("synthetic").GetBoolean());
    }

    // What each verb prints with --json, of a model on data or of data alone.
    [Theory]
    [InlineData(typeof(TrainingMetrics), true)]
    [InlineData(typeof(TrialMetrics), true)]
    [InlineData(typeof(RobustnessMetrics), true)]
    [InlineData(typeof(CostReport), true)]
    [InlineData(typeof(ParityOfModel), true)]
    [InlineData(typeof(DeviceCompareMetrics), true)]
    [InlineData(typeof(PeopleMetrics), false)]
    [InlineData(typeof(PersonalStudyMetrics), false)]
    [InlineData(typeof(TeacherReport), false)]
    public void Every_report_names_model_and_data_alike(Type report, bool isOfAModel)
    {
        var names = report.GetProperties().Select(property => property.Name).ToList();
        Assert.Contains("Dataset", names);
        Assert.Contains("Synthetic", names);
        Assert.Equal(isOfAModel, names.Contains("ModelId"));
        Assert.Empty(names.Intersect(["Model", "Data", "DataSet", "IsSynthetic"]));
    }

    [Fact]
    public void Synthetic_data_is_called_synthetic_in_every_title()
    {
        var run = CliRun.Of("data", "check").AssertDone();
        var titles = run.Out.Split('\n').Where(line => line.Contains("synthetic", StringComparison.Ordinal) && !line.StartsWith('|')).ToList();
        Assert.Contains(titles, title => title.Contains("SYNTHETIC data", StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_line_says_what_to_do_next()
    {
        var run = CliRun.Of("data", "check").AssertDone();
        Assert.StartsWith("Next: ", run.Error.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_run_says_so_and_exits_with_130()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        CliRun.Of(stopped.Token, "data", "check").AssertRefused(130, "stopped");
    }

    [Fact]
    public void A_person_at_a_terminal_gets_boxes_instead_of_Markdown()
    {
        var run = CliRun.AtTerminal("data", "check").AssertDone();
        Assert.DoesNotContain("| ---", run.Out, StringComparison.Ordinal);
        Assert.Contains("p01", run.Out, StringComparison.Ordinal);
    }
}
