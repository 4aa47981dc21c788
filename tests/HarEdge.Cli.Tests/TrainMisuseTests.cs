using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>Training options that cannot be meant: exit code 2 before any work.</summary>
public sealed class TrainMisuseTests
{
    [Theory]
    [InlineData("--seed", "x")]
    [InlineData("--seed", "-1")]
    [InlineData("--window", "100")]
    [InlineData("--hop", "3")]
    [InlineData("--max-bytes", "0")]
    [InlineData("--max-instructions", "lots")]
    [InlineData("--trial", "soon")]
    [InlineData("--student", "bush")]
    [InlineData("--accel-range", "3")]
    public void A_value_outside_the_choices_is_named_with_its_option(string option, string value)
    {
        CliRun.Of("train", option, value).AssertRefused(2, value);
    }

    [Fact]
    public void A_count_of_IL_instructions_is_refused_with_what_it_is_in_machine_instructions() =>
        CliRun.Of("train", "--max-instructions", "50000").AssertRefused(2, "50000 IL instructions, as it took once, are about 2350000");

    [Fact]
    public void A_trial_without_its_search_is_refused() => CliRun.Of("train", "--trial", "3").AssertRefused(2, "--search");

    [Fact]
    public void A_page_that_is_no_HTML_file_is_refused() => CliRun.Of("evaluate", "--report", "page.pdf").AssertRefused(2, ".html", "page.pdf");

    [Fact]
    public void A_hop_longer_than_the_window_is_refused()
    {
        CliRun.Of("train", "--window", "64", "--hop", "128").AssertRefused(2, "--hop 128", "--window 64");
    }

    [Fact]
    public void A_wearer_without_a_personal_model_is_refused() => CliRun.Of("train", "--wearer", "p01").AssertRefused(2, "--personal");

    [Fact]
    public void A_personal_model_needs_to_know_whose()
    {
        var run = CliRun.Of("train", "--personal").AssertRefused(2, "wearer");
        Assert.Contains("--wearer", run.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_nobody_does_is_named()
    {
        using var folder = new TempFolder();
        CliRun.Of("train", "--classes", "FLYING", "--out", folder.At("run")).AssertRefused(2, "FLYING");
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public void A_test_person_who_is_not_there_is_named()
    {
        using var folder = new TempFolder();
        CliRun.Of("train", "--test-subjects", "p77", "--out", folder.At("run")).AssertRefused(2, "p77");
        Assert.Empty(folder.Entries);
    }
}
