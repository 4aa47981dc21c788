using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>Command lines that cannot be meant: exit code 2, one sentence, one remedy.</summary>
public sealed class MisuseTests
{
    [Fact]
    public void A_misspelled_verb_is_named_and_the_near_one_offered()
    {
        var run = CliRun.Of("evalute").AssertRefused(2, "'evalute'");
        Assert.Contains("Did you mean evaluate?", run.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelled_option_is_named_and_the_near_one_offered()
    {
        var run = CliRun.Of("evaluate", "--dta", "x.zip").AssertRefused(2, "'--dta'", "haredge evaluate");
        Assert.Contains("Did you mean --data?", run.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sensors", "train", "--data", "x.zip", "--sensors", "accel")]
    [InlineData("-q", "train", "--data", "x.zip", "-q")]
    [InlineData("--secnds", "monitor", "--secnds", "5")]
    [InlineData("--foo", "train", "--classes", "A", "--foo", "--help-me")]
    public void An_option_of_no_verb_is_never_taken_for_a_value(string option, params string[] args)
    {
        CliRun.Of(args).AssertRefused(2, $"haredge {args[0]} does not know '{option}'");
    }

    [Theory]
    [InlineData("--profile", "tinny", "tiny", "train")]
    [InlineData("--student", "lineer", "linear", "train")]
    [InlineData("--fault", "Detachd", "Detached", "twin")]
    [InlineData("--show", "decision", "decisions", "simulate")]
    public void A_misspelled_choice_is_named_with_its_option_and_the_near_one(string option, string word, string near, string verb)
    {
        CliRun.Of(verb, option, word).AssertRefused(2, option, $"'{word}'", $"did you mean {near}?");
    }

    [Fact]
    public void A_misspelled_class_is_named_and_the_near_one_offered()
    {
        var run = CliRun.Of("train", "--classes", "WALKNG", "SITTING").AssertRefused(2, "WALKNG");
        Assert.Contains("Did you mean WALKING?", run.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_nobody_knows_is_refused_with_the_option_that_named_it()
    {
        var run = CliRun.Of("personal", "--people", "99").AssertRefused(2, "99");
        Assert.Contains("--people", run.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_before_its_verb_is_sent_behind_it()
    {
        var run = CliRun.Of("--json", "cost").AssertRefused(2, "'--json' stands before haredge cost");
        Assert.Contains("haredge cost --json", run.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help")]
    [InlineData("help", "train")]
    [InlineData("help", "data", "check")]
    public void Help_is_found_as_a_word_too(params string[] words)
    {
        Assert.Contains(words.Length == 1 ? "Start with: haredge demo" : $"haredge {string.Join(' ', words[1..])}", CliRun.Of(words).AssertDone().Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_is_like_none_gets_no_other_one_offered()
    {
        var run = CliRun.Of("search", "--model", "x").AssertRefused(2, "'--model'");
        Assert.DoesNotContain("Did you mean", run.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("people.csv", "people.csv")]
    [InlineData("people.csv", "./people.csv")]
    public void Data_named_twice_is_refused(string first, string second) =>
        CliRun.Of("train", "--data", first, second).AssertRefused(2, second, "twice");

    [Theory]
    [InlineData("{}", "lacks")]
    [InlineData("[]", "of another kind")]
    [InlineData("", "is empty")]
    [InlineData("ax,ay,az\n1,2,3\n", "not JSON")]
    [InlineData("{\"id\": \"a\", \"classes\": [\"A\"", "ends in the middle")]
    [InlineData("{\"colour\": 1}", "'colour' does not belong there")]
    public void A_file_that_is_no_model_is_refused_without_the_names_of_types(string text, string words)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("model.json"), text);
        var run = CliRun.Of("evaluate", "--model", folder.At("model.json")).AssertRefused(1, "model.json", words);
        Assert.DoesNotMatch(@"HarEdge\.|System\.|\.NET|converted", run.Message);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named_without_the_name_of_a_probe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is a place of Linux");
        var run = CliRun.Of("train", "--out", "/proc/run").AssertRefused(1, "/proc/run");
        Assert.DoesNotContain("probe", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_is_no_option_of_monitor_is_named()
    {
        CliRun.Of("monitor", "walk.log").AssertRefused(2, "'walk.log'");
    }

    [Theory]
    [InlineData("monitor", "--port")]
    [InlineData("record", "--file")]
    [InlineData("train", "--wearer")]
    [InlineData("compare", "--command-port")]
    [InlineData("evaluate", "--model")]
    public void An_option_without_its_value_is_named(string verb, string option)
    {
        CliRun.Of(verb, option).AssertRefused(2, option);
    }

    [Fact]
    public void A_verb_without_its_sub_verb_lists_them()
    {
        CliRun.Of("data").AssertRefused(2, "check");
    }

    [Fact]
    public void An_unknown_unit_lists_the_known_ones()
    {
        var run = CliRun.Of("data", "check", "synthetic", "--accel-unit", "furlong").AssertRefused(2, "furlong");
        Assert.Contains("m/s2", run.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rate", "fast")]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "NaN")]
    public void A_rate_that_is_no_positive_number_is_refused(string option, string value)
    {
        CliRun.Of("data", "check", "synthetic", option, value).AssertRefused(2, option, value);
    }

    [Theory]
    [InlineData("SEATED")]
    [InlineData("=SITTING")]
    [InlineData("SEATED=")]
    [InlineData("A=B=C")]
    public void A_class_mapping_without_two_sides_is_refused(string mapping)
    {
        CliRun.Of("evaluate", "--model", Models.Small, "--map", mapping).AssertRefused(2, mapping);
    }

    [Fact]
    public void A_class_mapping_of_a_class_the_data_lacks_lists_the_classes_it_has()
    {
        var run = CliRun.Of("evaluate", "--model", Models.Small, "--map", "SEATED=SITTING").AssertRefused(2, "SEATED");
        Assert.Contains("LAYING", run.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_is_not_there_is_named()
    {
        CliRun.Of("data", "check", "no-such.zip").AssertRefused(2, "no-such.zip");
    }

    [Fact]
    public void A_model_that_is_not_there_is_named()
    {
        CliRun.Of("evaluate", "--model", "no-such-model.json").AssertRefused(1, "no-such-model.json");
    }
}
