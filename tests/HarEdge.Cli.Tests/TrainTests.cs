using System.Text.Json;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>What a training run prints and leaves behind.</summary>
public sealed class TrainTests(SmallRun run) : IClassFixture<SmallRun>
{
    [Fact]
    public void The_run_folder_holds_exactly_the_six_files_and_nothing_is_left_beside_it()
    {
        string[] expected = ["ActivityModel.g.cs", "KnownAnswers.g.cs", "log.txt", "metrics.json", "model.json", "report.html"];
        Assert.Equal(expected, Directory.GetFileSystemEntries(run.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Path.GetDirectoryName(run.Folder)!), entry => Path.GetFileName(entry).StartsWith('.'));
    }

    [Fact]
    public void Metrics_have_every_agreed_field()
    {
        Assert.Equal("small-hapt", run.Metrics.GetProperty("dataset").GetString());
        Assert.NotEmpty(run.Metrics.GetProperty("split").GetString()!);
        Assert.Equal(3, run.Metrics.GetProperty("seed").GetInt32());
        Assert.Equal(6, run.Metrics.GetProperty("classes").GetArrayLength());
        AssertShare(run.Metrics.GetProperty("teacher"), "accuracy");
        AssertShare(run.Metrics.GetProperty("teacher"), "macroF1");
        var student = run.Metrics.GetProperty("student");
        AssertShare(student, "accuracy");
        AssertShare(student, "macroF1");
        Assert.Equal("linear", student.GetProperty("kind").GetString());
        Assert.InRange(student.GetProperty("modelBytes").GetInt32(), 1, 4096);
        Assert.True(student.GetProperty("features").GetInt32() > 0);
        Assert.True(student.GetProperty("weights").GetInt32() > 0);
        Assert.True(student.GetProperty("nodes").GetInt32() >= 0);
        Assert.Equal(2, run.Metrics.GetProperty("formatVersion").GetInt32());
        Assert.Equal(64, run.Metrics.GetProperty("dataSha256")[0].GetString()!.Length);
        Assert.Equal(6, run.Metrics.GetProperty("perClass").EnumerateObject().Count());
    }

    [Fact]
    public void Every_step_of_the_run_is_announced_with_its_number()
    {
        var numbers = System.Text.RegularExpressions.Regex.Matches(run.Result.Error, @"^\[\d+:\d\d\] Step (\d) of 9: .* …", System.Text.RegularExpressions.RegexOptions.Multiline)
            .Select(line => int.Parse(line.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(1, 9), numbers.Distinct());
        Assert.Equal(numbers.Order(), numbers);
    }

    [Fact]
    public void Confusion_people_and_windows_tell_the_same_story()
    {
        var windows = run.Metrics.GetProperty("confusion").EnumerateArray().Sum(row => row.EnumerateArray().Sum(cell => cell.GetInt32()));
        var people = run.Metrics.GetProperty("perSubject").EnumerateObject().Sum(person => person.Value.GetProperty("windows").GetInt32());
        Assert.True(windows > 0);
        Assert.Equal(windows, people);
        Assert.Equal(
            run.Metrics.GetProperty("testSubjects").GetArrayLength(), run.Metrics.GetProperty("perSubject").EnumerateObject().Count());
    }

    [Fact]
    public void Nobody_is_both_trained_on_and_tested_on()
    {
        var trained = run.Metrics.GetProperty("trainSubjects").EnumerateArray().Select(name => name.GetString()).ToList();
        var tested = run.Metrics.GetProperty("testSubjects").EnumerateArray().Select(name => name.GetString()).ToList();
        Assert.NotEmpty(trained);
        Assert.Empty(trained.Intersect(tested));
    }

    [Fact]
    public void Trainer_generated_code_and_twin_agree_on_all_test_windows()
    {
        var parity = run.Metrics.GetProperty("parity");
        Assert.True(parity.GetProperty("windows").GetInt32() > 0);
        foreach (var kind in new[] { "featureMismatches", "scoreMismatches", "labelMismatches" })
        {
            Assert.Equal(0, parity.GetProperty(kind).GetInt32());
        }

        Assert.Contains("Parity: 0 mismatches", run.Result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        run.Train("again").AssertDone();
        foreach (var name in new[] { "model.json", "ActivityModel.g.cs", "KnownAnswers.g.cs", "log.txt", "report.html", "metrics.json" })
        {
            Assert.Equal(File.ReadAllBytes(run.FileOf(name)), File.ReadAllBytes(Path.Combine(run.Beside("again"), name)));
        }
    }

    [Fact]
    public void Nothing_in_the_run_folder_names_a_path_of_this_machine()
    {
        foreach (var file in Directory.GetFiles(run.Folder))
        {
            Assert.DoesNotContain(Path.GetTempPath(), File.ReadAllText(file), StringComparison.Ordinal);
        }

        Assert.Equal("haredge train --data small-hapt.zip --student linear --seed 3", run.Metrics.GetProperty("command").GetString());
    }

    [Fact]
    public void The_tables_name_the_worst_person_and_the_last_line_what_to_do_next()
    {
        Assert.Matches(@"\| worst person +\| .*\(small-hapt/\d+\)", run.Result.Out);
        Assert.StartsWith("Next: haredge simulate --model ", run.Result.Error.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_run_can_be_evaluated_and_says_which_people_it_knows_already()
    {
        var evaluated = CliRun.Of("evaluate", "--model", run.Folder, "--data", run.Data).AssertDone();
        Assert.Contains("was trained on", evaluated.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluating_on_unseen_people_gives_the_accuracy_of_the_run()
    {
        var evaluated = CliRun.Of("evaluate", "--model", run.Folder, "--data", run.Data, "--unseen", "--json").AssertDone();
        using var json = JsonDocument.Parse(evaluated.Out);
        Assert.Equal(run.Metrics.GetProperty("student").GetProperty("accuracy").GetDouble(), json.RootElement.GetProperty("windows").GetProperty("accuracy").GetDouble());
        Assert.DoesNotContain("was trained on", evaluated.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Generating_from_the_run_gives_the_files_of_the_run()
    {
        CliRun.Of("generate", "--model", run.Folder, "--out", run.Beside("generated")).AssertDone();
        foreach (var name in new[] { "model.json", "ActivityModel.g.cs", "KnownAnswers.g.cs" })
        {
            Assert.Equal(File.ReadAllText(run.FileOf(name)), File.ReadAllText(Path.Combine(run.Beside("generated"), name)));
        }
    }

    private static void AssertShare(JsonElement of, string name) => Assert.InRange(of.GetProperty(name).GetDouble(), 0, 1);
}
