using System.Globalization;
using System.Text;
using System.Text.Json;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Tables;

public sealed class TableVerbTests : IDisposable
{
    private static readonly string[] Classes = ["walk", "run", "sit"];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_student_trains_predicts_and_learns_how_often_it_was_right()
    {
        Write("train.csv", people: 4);
        Write("test.csv", people: 2, seed: 2);
        var run = CliRun.Of("train", "--data", folder.At("train.csv"), "--label", "label", "--out", folder.At("run")).AssertDone();
        Assert.Contains("people never learned from: each of 4 people left out once", run.Out, StringComparison.Ordinal);
        Assert.Contains("not the result: a split by random rows would pretend", run.Out, StringComparison.Ordinal);
        Assert.Equal(["log.txt", "metrics.json", "report.html", "table-model.json"], Directory.GetFiles(folder.At("run")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var predicted = CliRun.Of("predict", "--model", folder.At("run"), "--data", folder.At("test.csv"), "--out", folder.At("p.csv")).AssertDone();
        Assert.Contains("100.0 % were predicted right", predicted.Error, StringComparison.Ordinal);
        Assert.Equal("row,label", File.ReadLines(folder.At("p.csv")).First());
        Assert.Contains("labelled rows", CliRun.Of("evaluate", "--model", folder.At("run"), "--data", folder.At("test.csv")).AssertDone().Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_table_and_seed_give_the_same_model()
    {
        Write("train.csv", people: 3);
        foreach (var name in new[] { "a", "b" })
        {
            CliRun.Of("train", "--data", folder.At("train.csv"), "--label", "label", "--out", folder.At(name)).AssertDone();
        }

        Assert.Equal(File.ReadAllBytes(folder.At("a/table-model.json")), File.ReadAllBytes(folder.At("b/table-model.json")));
    }

    [Fact]
    public void Columns_in_another_order_are_matched_by_name_and_unknown_ones_are_told()
    {
        Train();
        var lines = File.ReadAllLines(folder.At("train.csv")).Select(line => line.Split(','));
        File.WriteAllLines(folder.At("other.csv"), lines.Select((cells, i) => string.Join(',', [i == 0 ? "battery" : "97", .. cells.Reverse()])));
        var run = CliRun.Of("predict", "--model", folder.At("run"), "--data", folder.At("other.csv"), "--out", folder.At("p.csv")).AssertDone();
        Assert.Contains("unknown to the model: battery", run.Error, StringComparison.Ordinal);
        Assert.Contains("100.0 % were predicted right", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_lacks_a_column_is_refused_by_name_unless_told_and_nothing_is_written()
    {
        Train();
        File.WriteAllText(folder.At("lacks.csv"), File.ReadAllText(folder.At("train.csv")).Replace("feature 1", "feature1", StringComparison.Ordinal));
        string[] command = ["predict", "--model", folder.At("run"), "--data", folder.At("lacks.csv"), "--out", folder.At("p.csv")];
        var run = CliRun.Of(command).AssertRefused(1, "feature 1");
        Assert.Contains("'feature1' is new: did you mean 'feature 1'?", run.Remedy, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("p.csv")));
        Assert.Contains("count as missing values", CliRun.Of([.. command, "--missing", "model"]).AssertDone().Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("window,label\nw2,\nw0,\n", "window,label\nw2,sit\nw0,walk\n")]
    [InlineData("window,answer\nw1,walk\nw0,walk\n", "window,answer\nw1,run\nw0,walk\n")]
    [InlineData("w2\nw0\n", "w2,sit\nw0,walk\n")]
    [InlineData("w2,x\nw1,x\n", "w2,sit\nw1,run\n")]
    [InlineData("window;person;label\nw2;p1;\nw0;p1;\n", "window;person;label\nw2;p1;sit\nw0;p1;walk\n")]
    public void A_sample_gives_ids_order_and_columns(string like, string wanted)
    {
        Train(ids: true);
        File.WriteAllText(folder.At("like.csv"), like);
        CliRun.Of("predict", "--model", folder.At("run"), "--data", folder.At("train.csv"), "--id", "window", "--like", folder.At("like.csv"), "--out", folder.At("p.csv")).AssertDone();
        Assert.Equal(wanted, File.ReadAllText(folder.At("p.csv")));
    }

    [Fact]
    public void A_column_a_class_is_filled_with_probabilities_that_add_up()
    {
        Train(ids: true);
        File.WriteAllText(folder.At("like.csv"), "window,sit,walk,run\nw2,0,0,0\nw0,0,0,0\n");
        CliRun.Of("predict", "--model", folder.At("run"), "--data", folder.At("train.csv"), "--like", folder.At("like.csv"), "--out", folder.At("p.csv")).AssertDone();
        var lines = File.ReadAllLines(folder.At("p.csv"));
        Assert.Equal("window,sit,walk,run", lines[0]);
        var rows = lines.Skip(1).Select(line => line.Split(',').Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToList();
        Assert.All(rows, row => Assert.Equal(1, row.Sum(), 6));
        Assert.All(rows, row => Assert.All(row, value => Assert.InRange(value, 1e-6, 1 - 1e-6)));
        Assert.True(rows[0][0] > 0.8 && rows[1][1] > 0.8);
    }

    [Fact]
    public void A_sample_with_an_id_that_is_not_there_or_with_two_columns_to_fill_is_refused()
    {
        Train(ids: true);
        string[] command = ["predict", "--model", folder.At("run"), "--data", folder.At("train.csv"), "--id", "window", "--like", folder.At("like.csv"), "--out", folder.At("p.csv")];
        File.WriteAllText(folder.At("like.csv"), "window,label\nw0,\nw999,\n");
        CliRun.Of(command).AssertRefused(1, "w999");
        File.WriteAllText(folder.At("like.csv"), "window,first,second\nw0,,\n");
        CliRun.Of(command).AssertRefused(1, "cannot be decided", "first, second");
    }

    [Fact]
    public void A_model_that_was_edited_cut_or_is_missing_is_refused()
    {
        Train();
        var file = folder.At("run/table-model.json");
        var text = File.ReadAllText(file);
        string[] command = ["predict", "--model", folder.At("run"), "--data", folder.At("train.csv")];
        File.WriteAllText(file, text.Replace("\"walk\"", "\"Walk\"", StringComparison.Ordinal));
        CliRun.Of(command).AssertRefused(1, "changed after it was written");
        File.WriteAllText(file, text[..(text.Length / 2)]);
        CliRun.Of(command).AssertRefused(1, "damaged");
        File.WriteAllText(file, text.Replace("\"version\": 1", "\"version\": 9", StringComparison.Ordinal));
        CliRun.Of(command).AssertRefused(1, "version 9");
        CliRun.Of("predict", "--model", folder.At("nothing"), "--data", folder.At("train.csv")).AssertRefused(2, "holds no model");
    }

    [Fact]
    public void Learners_are_compared_on_the_same_people()
    {
        Write("train.csv", people: 6, windows: 4);
        var run = CliRun.Of("teachers", "--data", folder.At("train.csv"), "--label", "label", "--json").AssertDone();
        using var json = JsonDocument.Parse(run.Out);
        var learners = json.RootElement.GetProperty("learners").EnumerateArray().ToList();
        Assert.Equal(8, learners.Count);
        Assert.Single(learners, learner => learner.GetProperty("pairedP").ValueKind == JsonValueKind.Null);
        Assert.All(learners, learner => Assert.InRange(learner.GetProperty("accuracy").GetDouble(), 0.8, 1));
    }

    [Fact]
    public void A_search_goes_on_where_it_stopped_and_its_best_trial_is_trained()
    {
        Write("train.csv", people: 3, windows: 4);
        string[] data = ["--data", folder.At("train.csv"), "--label", "label"];
        CliRun.Of(["search", .. data, "--trials", "2", "--out", folder.At("s")]).AssertDone();
        var first = File.ReadAllLines(folder.At("s/table-trials.jsonl"));
        CliRun.Of(["search", .. data, "--trials", "4", "--out", folder.At("s")]).AssertDone();
        CliRun.Of(["search", .. data, "--trials", "4", "--out", folder.At("s2")]).AssertDone();
        var all = File.ReadAllLines(folder.At("s/table-trials.jsonl"));
        Assert.Equal(first, all.Take(3));
        Assert.Equal(all, File.ReadAllLines(folder.At("s2/table-trials.jsonl")));
        CliRun.Of(["search", .. data, "--seed", "2", "--out", folder.At("s")]).AssertRefused(2, "another search");
        CliRun.Of(["train", .. data, "--search", folder.At("s"), "--out", folder.At("run")]).AssertDone();
    }

    [Fact]
    public void An_exploration_tells_how_the_table_was_read_and_keeps_every_contradicted_row()
    {
        Write("train.csv", people: 4);
        var lines = File.ReadAllLines(folder.At("train.csv"));
        lines[0] += ",battery";
        File.WriteAllLines(folder.At("train.csv"), lines.Select((line, i) => i == 0 ? line : (i == 5 ? line.Replace("run", "sit", StringComparison.Ordinal) : line) + ",97"));
        var run = CliRun.Of("explore", folder.At("train.csv"), "--label", "label", "--out", folder.At("e")).AssertDone();
        Assert.Matches(@"\| rows +\| 72 ", run.Out);
        Assert.Matches(@"never changes +\| +1 \| battery", run.Out);
        var contradicted = File.ReadAllLines(folder.At("e/suspicious.csv"));
        Assert.Equal("row,line,id,person,label,likely,probability,of_label,confident", contradicted[0]);
        Assert.StartsWith("4,6,,p0,sit,run,", contradicted[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_dropping_rows_leaves_is_told_before_anything_is_learned_from_it()
    {
        // Ten sequences of three steps; seven have a gap in every row.
        var rows = Enumerable.Range(0, 30).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"s{i / 3},{i % 3},{(i / 3 >= 6 && i / 3 != 8 ? "" : 1.5 * (i / 3 % 2))},{(i * 7) % 5},{(i / 3 % 2 == 0 ? "walk" : "sit")}"));
        File.WriteAllLines(folder.At("t.csv"), rows.Prepend("id,t,a,b,label"));
        var run = CliRun.Of("train", "--data", folder.At("t.csv"), "--label", "label", "--sequence", "id", "--step", "t", "--missing", "drop", "--teacher", "linear", "--out", folder.At("run")).AssertDone();
        var note = run.Error.IndexOf("21 of 30 rows and 7 of 10 sequences", StringComparison.Ordinal);
        Assert.InRange(note, 0, run.Error.IndexOf("learning", StringComparison.Ordinal));
        using var metrics = JsonDocument.Parse(File.ReadAllText(folder.At("run/metrics.json")));
        Assert.Equal(7, metrics.RootElement.GetProperty("rows").GetInt32());
    }

    [Fact]
    public void A_teacher_of_raw_windows_and_a_table_without_a_label_are_refused()
    {
        Write("train.csv", people: 2);
        CliRun.Of("train", "--data", folder.At("train.csv"), "--label", "label", "--teacher", "rocket", "--out", folder.At("run")).AssertRefused(2, "rocket");
        File.WriteAllText(folder.At("x.csv"), "a,b,c\n1.5,2,3\n3,1,2.5\n");
        CliRun.Of("train", "--data", folder.At("x.csv"), "--group", "a", "--out", folder.At("run")).AssertRefused(2, "named like a label");
        CliRun.Of("train", "--label", "label", "--out", folder.At("run")).AssertRefused(2, "no table");
    }

    private void Train(bool ids = false)
    {
        Write("train.csv", people: 3, ids: ids);
        CliRun.Of("train", "--data", folder.At("train.csv"), "--label", "label", "--teacher", "linear", "--out", folder.At("run")).AssertDone();
    }

    private void Write(string name, int people, int windows = 6, int seed = 1, bool ids = false)
    {
        var random = new Random(seed);
        var text = new StringBuilder(ids ? "window," : "").Append("feature 0,feature 1,feature 2,feature 3,person,label\n");
        var row = 0;
        for (var person = 0; person < people; person++)
        {
            for (var window = 0; window < windows * Classes.Length; window++)
            {
                var c = window % Classes.Length;
                text.Append(ids ? $"w{row++}," : "");
                for (var f = 0; f < 4; f++)
                {
                    text.Append(string.Create(CultureInfo.InvariantCulture, $"{(f % 3 == c ? 3 : 0) + random.NextDouble():0.0000},"));
                }

                text.Append($"p{person},{Classes[c]}\n");
            }
        }

        File.WriteAllText(folder.At(name), text.ToString());
    }
}
