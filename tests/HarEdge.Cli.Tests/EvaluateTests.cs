using System.Text.Json;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>What <c>evaluate</c> scores, what it leaves out, and that it says so.</summary>
public sealed class EvaluateTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly string data;

    public EvaluateTests() => data = new SmallHapt().WriteZip(folder);

    [Fact]
    public void Every_window_of_the_data_is_either_scored_or_counted_as_left_out()
    {
        var json = Evaluate();
        var scored = json.GetProperty("windows").GetProperty("windows").GetInt32();
        var outOfClass = json.GetProperty("notScored").EnumerateObject().Sum(activity => activity.Value.GetProperty("windows").GetInt32());
        var unlabelled = json.GetProperty("windowsWithoutOneLabel").GetInt32();
        Assert.True(scored > 0);
        Assert.Equal(WindowsCompared(), scored + outOfClass + unlabelled);
    }

    [Fact]
    public void Activities_the_model_does_not_know_are_named_and_not_scored()
    {
        var json = Evaluate();
        Assert.Equal(["WALKING", "SITTING", "STANDING", "LAYING"], json.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.True(json.GetProperty("notScored").GetProperty("WALKING_UPSTAIRS").GetProperty("windows").GetInt32() > 0);
    }

    [Fact]
    public void A_mapped_class_is_scored_as_the_class_it_is_mapped_to()
    {
        var plain = Evaluate();
        var mapped = Evaluate("--map", "WALKING_UPSTAIRS=WALKING");
        var moved = plain.GetProperty("notScored").GetProperty("WALKING_UPSTAIRS").GetProperty("windows").GetInt32();
        Assert.Equal(Scored(plain) + moved, Scored(mapped));
        Assert.False(mapped.GetProperty("notScored").TryGetProperty("WALKING_UPSTAIRS", out _));
    }

    [Fact]
    public void With_the_majority_rule_windows_across_a_change_are_scored_too()
    {
        var whole = Evaluate();
        var most = Evaluate("--majority");
        Assert.True(Scored(most) > Scored(whole));
        Assert.True(most.GetProperty("windowsWithoutOneLabel").GetInt32() < whole.GetProperty("windowsWithoutOneLabel").GetInt32());
    }

    [Fact]
    public void Decisions_are_scored_only_where_the_device_makes_one()
    {
        var json = Evaluate();
        var decided = json.GetProperty("decisions").GetProperty("windows").GetInt32();
        Assert.Equal(Scored(json), decided + json.GetProperty("unknownOfScored").GetInt32());
    }

    [Fact]
    public void Confidence_bands_cover_every_scored_window()
    {
        var json = Evaluate();
        Assert.Equal(Scored(json), json.GetProperty("confidence").EnumerateArray().Sum(band => band.GetProperty("windows").GetInt32()));
    }

    [Fact]
    public void Each_person_has_a_row_in_the_table()
    {
        var run = CliRun.Of("evaluate", "--model", Models.Small, "--data", data).AssertDone();
        Assert.Contains("| small-hapt/01 ", run.Out, StringComparison.Ordinal);
        Assert.Contains("| small-hapt/02 ", run.Out, StringComparison.Ordinal);
        Assert.Contains("worst", run.Out, StringComparison.Ordinal);
        Assert.Contains("Not scored", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_motion_in_other_units_scores_the_same()
    {
        var inG = SmallCsv.Write(folder, "g.csv", 50);
        File.WriteAllLines(folder.At("si.csv"), File.ReadLines(inG).Select(InSi));
        var first = Evaluate("g.csv", "g", "deg/s");
        var second = Evaluate("si.csv", "m/s2", "rad/s");
        Assert.Equal(Scored(first), Scored(second));
        Assert.Equal(Accuracy(first), Accuracy(second), 0.02);

        JsonElement Evaluate(string file, string accelUnit, string gyroUnit)
        {
            var run = CliRun.Of(
                "evaluate", "--model", Models.Small, "--data", folder.At(file), "--accel-unit", accelUnit, "--gyro-unit", gyroUnit, "--json").AssertDone();
            using var json = JsonDocument.Parse(run.Out);
            return json.RootElement.Clone();
        }

        static double Accuracy(JsonElement json) => json.GetProperty("windows").GetProperty("accuracy").GetDouble();

        static string InSi(string line, int index) => index == 0 ? line : string.Join(',', line.Split(',').Select((cell, column) => column switch
        {
            >= 1 and <= 3 => Text(cell, 9.80665),
            >= 4 and <= 6 => Text(cell, Math.PI / 180),
            _ => cell,
        }));

        static string Text(string cell, double factor) =>
            (double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture) * factor).ToString("0.########", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Data_without_any_of_the_models_classes_is_refused_with_the_way_to_map_them()
    {
        var run = CliRun.Of(
            "evaluate", "--model", Models.Small, "--data", data, "--map", "WALKING=A", "SITTING=B", "STANDING=C", "LAYING=D").AssertRefused(2, "WALKING");
        Assert.Contains("--map", run.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_model_is_refused()
    {
        var path = folder.At("model.json");
        File.WriteAllText(path, File.ReadAllText(Models.Small).Replace("1200", "1201", StringComparison.Ordinal));
        CliRun.Of("evaluate", "--model", path, "--data", data).AssertRefused(1, "model.json", "edited");
    }

    [Fact]
    public void A_model_that_is_no_JSON_is_refused_with_its_line()
    {
        var path = folder.At("model.json");
        File.WriteAllText(path, "{\n  \"format\": 1,\n  oops\n}");
        CliRun.Of("evaluate", "--model", path).AssertRefused(1, "model.json", "line 3");
    }

    public void Dispose() => folder.Dispose();

    private JsonElement Evaluate(params string[] more)
    {
        var run = CliRun.Of(["evaluate", "--model", Models.Small, "--data", data, "--json", .. more]).AssertDone();
        using var json = JsonDocument.Parse(run.Out);
        return json.RootElement.Clone();
    }

    private int WindowsCompared()
    {
        using var json = JsonDocument.Parse(CliRun.Of("compare", "--model", Models.Small, "--data", data, "--json").AssertDone().Out);
        return json.RootElement.GetProperty("parity").GetProperty("windows").GetInt32();
    }

    private static int Scored(JsonElement json) => json.GetProperty("windows").GetProperty("windows").GetInt32();
}
