using System.Text.Json;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

public sealed class TeachersTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_teacher_gets_a_line_and_the_file_has_the_numbers_of_the_output()
    {
        var data = new SmallHapt(3).WriteZip(folder);
        var run = CliRun.Of("teachers", "--data", data, "--json", "--out", folder.At("teachers.json")).AssertDone();
        Assert.Equal(run.Out, File.ReadAllText(folder.At("teachers.json")));
        using var json = JsonDocument.Parse(run.Out);
        var teachers = json.RootElement.GetProperty("teachers").EnumerateArray().ToList();
        Assert.Equal(12, teachers.Count);
        Assert.Single(teachers, teacher => teacher.GetProperty("pairedP").ValueKind == JsonValueKind.Null);
        Assert.StartsWith("blend", teachers[^1].GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.All(teachers, teacher =>
        {
            Assert.InRange(teacher.GetProperty("testAccuracy").GetDouble(), 0.3, 1);
            Assert.InRange(teacher.GetProperty("crossValidatedAccuracy").GetDouble(), 0.3, 1);
            Assert.InRange(teacher.GetProperty("testCalibrationError").GetDouble(), 0, 1);
            Assert.True(teacher.GetProperty("testLogLoss").GetDouble() >= 0);
        });
    }

    [Fact]
    public void A_name_that_is_no_teacher_is_refused_with_the_names_there_are()
    {
        var run = CliRun.Of("train", "--teacher", "nonsense", "--out", folder.At("run")).AssertRefused(2, "no teacher", "nonsense");
        Assert.Contains("rocket", run.Remedy, StringComparison.Ordinal);
        CliRun.Of("teachers", "--teacher", "forest").AssertRefused(2, "no .onnx file");
    }

    [Fact]
    public void A_missing_file_and_a_single_unit_are_refused_before_any_work()
    {
        CliRun.Of("train", "--teacher", folder.At("absent.onnx"), "--out", folder.At("run")).AssertRefused(1, "cannot be read");
        CliRun.Of("train", "--teacher", folder.At("absent.onnx"), "--teacher-units", "g", "--out", folder.At("run")).AssertRefused(2, "two units");
        Assert.False(Directory.Exists(folder.At("run")));
    }

    [Fact]
    public void A_table_goes_into_a_file_of_its_kind() => CliRun.Of("teachers", "--out", folder.At("table.txt")).AssertRefused(2, ".md");

    [Fact]
    public void A_real_deep_model_teaches_and_is_not_said_to_be_cross_validated()
    {
        var data = Environment.GetEnvironmentVariable("HAREDGE_DATA");
        var models = Environment.GetEnvironmentVariable("HAREDGE_MODELS") ?? (string.IsNullOrEmpty(data) ? "" : Path.Combine(data, "../models"));
        var model = Path.Combine(models, "hapt-cnn-lstm.onnx");
        if (string.IsNullOrEmpty(data) || !File.Exists(model))
        {
            Assert.Skip("HAREDGE_DATA is not set, or neither HAREDGE_MODELS nor a folder models beside it holds hapt-cnn-lstm.onnx.");
        }

        var run = CliRun.Of(
            "train", "--data", Path.Combine(data, "hapt.zip"), "--teacher", model, "--student", "linear", "--profile", "tiny", "--versions", "0", "--hop", "128", "--out", folder.At("run"), "--json").AssertDone();
        Assert.Contains("not cross-fitted", run.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Out);
        Assert.InRange(json.RootElement.GetProperty("teacher").GetProperty("accuracy").GetDouble(), 0.92, 0.94);
        Assert.DoesNotContain(json.RootElement.GetProperty("crossValidation").EnumerateObject(), tried => tried.Name == "teacher");
    }
}
