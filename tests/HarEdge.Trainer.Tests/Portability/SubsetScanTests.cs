using HarEdge.Trainer.Portability;

namespace HarEdge.Trainer.Tests.Portability;

public class SubsetScanTests
{
    [Fact]
    public void Core_with_the_committed_model_keeps_to_the_subset() => Assert.Empty(SubsetScan.Run(CompiledCore.ImageWithModel, DeviceMembers.Listed));

    [Fact]
    public void The_firmware_keeps_to_the_subset() => Assert.Empty(SubsetScan.Run(FirmwareImage, DeviceMembers.Listed));

    [Fact]
    public void The_scan_sees_all_of_core_and_firmware()
    {
        Assert.Contains(DeviceCode.Read(CompiledCore.ImageWithModel).Types, type => type.FullName == "HarEdge.Core.Generated.ActivityModel");
        var firmware = DeviceCode.Read(FirmwareImage);
        Assert.Contains(firmware.Types, type => type.Name == "DeviceLoop");
        Assert.Contains(firmware.Types, type => type.Name == "Program");
        Assert.DoesNotContain(firmware.Types, type => type.Name == "Console");
    }

    [Theory]
    [InlineData("generics", "public class Box<T> { public T Value; }")]
    [InlineData("generics", "public static class P { public static T Same<T>(T value) { return value; } }")]
    [InlineData("generics", "public static class P { public static int? Maybe; }")]
    [InlineData("generics", "public static class P { public static int Sum(System.Collections.Generic.List<int> list) { return list.Count; } }")]
    [InlineData("generics", "public static class P { public static int[] Empty() { return System.Array.Empty<int>(); } }")]
    [InlineData("generics", "public static class P { public static (int, int) Pair() { return (1, 2); } }")]
    [InlineData("multi-dimensional array", "public static class P { public static int[,] Grid = new int[2, 2]; }")]
    [InlineData("multi-dimensional array", "public static class P { public static int At(int[,] grid) { return grid[0, 1]; } }")]
    [InlineData("stackalloc", "public static unsafe class P { public static int F() { int* p = stackalloc int[4]; p[1] = 2; return p[1]; } }")]
    [InlineData("function pointer", "public static unsafe class P { public static int F(delegate*<int, int> f) { return f(1); } }")]
    [InlineData("default interface method", "public interface I { int F() { return 1; } }")]
    [InlineData("volatile", "public static class P { public static volatile int Flag; public static int F() { return Flag; } }")]
    [InlineData("unsigned", "public static class P { public static int F(int a) { uint u = (uint)a; if (a > 3) { u = u * 3; } return (int)u >> 4; } }")]
    [InlineData("unsigned", "public static class P { public static ulong Wide; }")]
    [InlineData("unsigned", "public static class P { public static int F(ushort[] data) { return data[0]; } }")]
    [InlineData("unsigned", "public static class P { public static int F(int a, int b) { return (int)((uint)a / (uint)b); } }")]
    [InlineData("unsigned", "public static class P { public static bool F(int a, int b) { return (uint)a < (uint)b; } }")]
    [InlineData("unsigned", "public static class P { public static int F(int a) { return a >>> 3; } }")]
    [InlineData("unsigned", "public static class P { public static int F(int a) { return (int)System.Convert.ToUInt32(a) >> 4; } }")]
    [InlineData("float", "public static class P { public static int F(int a) { return (int)(a * 1.5); } }")]
    [InlineData("float", "public static class P { public static float Half; }")]
    [InlineData("float", "public static class P { public static decimal F(decimal a) { return a; } }")]
    [InlineData("struct", "public struct Vector { public int X; }")]
    [InlineData("struct", "public static class P { public static long F(System.TimeSpan time) { return time.Ticks; } }")]
    [InlineData("struct", "public static class P { public static int F() { var d = System.DateTime.UtcNow; return d.Year; } }")]
    [InlineData("external member", "public static class P { public static int F(int a) { return System.Math.Clamp(a, 0, 9); } }")]
    [InlineData("external member", "public static class P { public static string F(string a) { return a.Trim(); } }")]
    public void A_planted_offender_is_caught(string rule, string code) =>
        Assert.Contains(SubsetScan.Run(PlantedCode.Compile(code), DeviceMembers.Listed), finding => finding.Rule == rule);

    [Theory]
    [InlineData("locals")]
    [InlineData("arguments")]
    [InlineData("bytes of IL")]
    [InlineData("bytes of array initial values")]
    [InlineData("bytes of names and strings")]
    public void An_assembly_beyond_a_limit_is_caught(string what) => Assert.Contains(
        SubsetScan.Run(PlantedCode.Compile(Oversized(what)), DeviceMembers.Listed),
        finding => finding.Rule == "limits" && finding.Detail.Contains(what, StringComparison.Ordinal));

    [Theory]
    [InlineData("public static class P { public static char F(int digit) { return (char)('0' + digit); } }")]
    [InlineData("public static class P { public static bool F(object o) { return o != null; } }")]
    [InlineData("public static class P { public static int F(int[] a) { int n = 0; foreach (int x in a) { n += x; } return n; } }")]
    [InlineData("public static class P { public static byte F(int a) { return (byte)(a >> 8); } }")]
    [InlineData("public enum Kind { A, B } public static class P { public static Kind F(Kind k) { return k == Kind.A ? Kind.B : Kind.A; } }")]
    public void What_works_on_the_device_is_no_offence(string code) => Assert.Empty(SubsetScan.Run(PlantedCode.Compile(code), DeviceMembers.Listed));

    [Fact]
    public void An_unsigned_result_may_be_stored_but_not_computed_with()
    {
        const string Api = "public static class Api { public static int Kept; public static int Store() { Kept = (int)System.Convert.ToUInt32(5); return Kept; } }";
        Assert.DoesNotContain(SubsetScan.Run(PlantedCode.Compile(Api), DeviceMembers.Listed), finding => finding.Rule == "unsigned");
    }

    [Fact]
    public void Every_rule_has_a_planted_offender()
    {
        var planted = typeof(SubsetScanTests).GetMethod(nameof(A_planted_offender_is_caught))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Cast<InlineDataAttribute>().Select(data => (string)data.Data[0]!).ToHashSet();
        Assert.All(SubsetScan.Rules.Where(rule => rule is not LimitsRule), rule => Assert.Contains(rule.Name, planted));
    }

    private static byte[] FirmwareImage => File.ReadAllBytes(typeof(HarEdge.DeviceTwin.SimulatedDevice).Assembly.Location);

    private static string Oversized(string what)
    {
        string Many(int count, Func<int, string> text, string separator = "") => string.Join(separator, Enumerable.Range(0, count).Select(text));
        return what switch
        {
            "locals" => "public static class P { public static int F(int[] a) { "
                + Many(300, i => $"int v{i} = a[{i}]; ") + "for (int i = 0; i < 2; i++) { " + Many(300, i => $"v{i} += v{(i + 7) % 300}; ") + "} return "
                + Many(300, i => $"v{i}", "+") + "; } }",
            "arguments" => "public static class P { public static int F(" + Many(260, i => $"int a{i}", ",") + ") { return a0; } }",
            "bytes of IL" => "public static class P { " + Many(8, m => $"public static int F{m}(int[] a) {{ "
                + Many(1000, i => $"a[{i}] = a[{i + 1}] * {i + 1000}; ") + "return 0; } ") + "}",
            "bytes of array initial values" => "public static class P { public static int[] Table = { " + Many(9000, i => $"{i}", ",") + " }; }",
            _ => "public static class P { public static string F(int i) { switch (i) { " + Many(900, i => $"case {i}: return \"{new string('x', 60)}{i}\"; ")
                + "default: return null; } } }",
        };
    }
}
