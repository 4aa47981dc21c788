using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.Portability;

namespace HarEdge.Cli.Tests;

public sealed class CheckFirmwareTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void The_built_in_model_has_no_findings() =>
        Assert.Contains("Nothing was found", CliRun.Of("check-firmware").AssertDone().Out, StringComparison.Ordinal);

    [Theory]
    [InlineData("public static class Box { public static T Of<T>(T value) { return value; } }", "generics", "Somebody.Else.Box.Of")]
    [InlineData("public static class Shift { public static int Of(uint u) { return ((int)u) >> 4; } }", "unsigned", "Somebody.Else.Shift.Of")]
    public void Code_of_others_is_checked_wherever_its_types_are(string type, string rule, string place)
    {
        var file = Compile(type);
        var run = CliRun.Of("check-firmware", file);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(rule, run.Out, StringComparison.Ordinal);
        Assert.Contains(place, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_works_on_the_device_has_no_findings() =>
        CliRun.Of("check-firmware", Compile("public static class Sum { public static int Of(int[] a) { int s = 0; foreach (int x in a) { s += x; } return s; } }")).AssertDone();

    [Fact]
    public void What_is_in_no_list_of_members_is_found_where_lists_are_given()
    {
        var file = Compile("public static class Parse { public static int Of(string text) { return int.Parse(text) + text.Length; } }");
        File.WriteAllLines(folder.At("mscorlib.txt"), ["T:System.Object", "T:System.String", "P:System.String.Length"]);
        var run = CliRun.Of("check-firmware", file, "--api", folder.Path);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("Int32.Parse", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("String.Length", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_refused()
    {
        File.WriteAllText(folder.At("app.pe"), "NFMRK2");
        CliRun.Of("check-firmware", folder.At("app.pe")).AssertRefused(1, "app.pe", ".NET assembly");
    }

    public void Dispose() => folder.Dispose();

    private string Compile(string type)
    {
        var path = folder.At("Somebody.dll");
        File.WriteAllBytes(path, DeviceCompiler.Compile(
            [new DeviceSource("Somebody.cs", "namespace Somebody.Else { " + type + " }")], [typeof(object).Assembly.Location], "Somebody"));
        return path;
    }
}
