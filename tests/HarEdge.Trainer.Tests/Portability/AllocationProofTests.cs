using HarEdge.Core;

namespace HarEdge.Trainer.Tests.Portability;

public class AllocationProofTests
{
    [Fact]
    public void No_path_from_a_step_of_the_pipeline_allocates()
    {
        var report = AllocationProof.Of(CompiledCore.ImageWithModel);
        Assert.Empty(report.Findings);
        Assert.Contains("HarEdge.Core.Generated.ActivityModel.Classify", report.Methods);
        Assert.Contains("HarEdge.Core.SampleWindow.Forget", report.Methods);
        Assert.Contains("HarEdge.Core.Generated.ActivityModel.PredictInto", report.Methods);
        Assert.Contains("HarEdge.Core.Generated.ActivityModel.FillCoarse", report.Methods);
        Assert.DoesNotContain("HarEdge.Core.SampleWindow..ctor", report.Methods);
    }

    [Fact]
    public void No_kernel_allocates_whether_the_model_uses_it_or_not()
    {
        var layout = new FeatureLayout(128, upright: 1);
        var kernels = Enumerable.Range(0, layout.Count).Select(i => layout[i].Kernel.Method).Distinct().ToList();
        Assert.True(kernels.Count >= 15);
        Assert.All(kernels, kernel =>
            Assert.Empty(AllocationProof.Of(CompiledCore.Image, kernel.DeclaringType!.FullName!, kernel.Name).Findings));
    }

    [Theory]
    [InlineData("makes an object", "public static int Run(int[] a) { return new object().GetHashCode(); }")]
    [InlineData("makes an array", "public static int Run(int[] a) { int[] b = new int[a[0]]; return b.Length; }")]
    [InlineData("boxes", "public static object Kept; public static int Run(int[] a) { Kept = a[0]; return 0; }")]
    [InlineData("loads a string", "public static string Kept; public static int Run(int[] a) { Kept = \"x\"; return 0; }")]
    [InlineData("throws", "public static int Run(int[] a) { if (a[0] < 0) { throw new System.Exception(); } return 0; }")]
    [InlineData("of which nothing is proven", "public static int Run(int[] a) { return a.Clone() == null ? 1 : 0; }")]
    [InlineData("calls a delegate", "public static System.Action Do; public static int Run(int[] a) { Do(); return 0; }")]
    [InlineData("ldftn", "public static System.Action Do; public static int Run(int[] a) { Do = Idle; return 0; } static void Idle() { }")]
    [InlineData("a struct", "public struct V { public int X; } static V Make(int x) { V v; v.X = x; return v; } public static int Run(int[] a) { return Make(a[0]).X; }")]
    [InlineData("makes an array", "static int Sum(params int[] values) { return values.Length; } public static int Run(int[] a) { return Sum(a[0], a[1]); }")]
    [InlineData("copies a struct", "public struct V { public int X; } public static V[] All; public static int Run(int[] a) { All[0] = default(V); return 0; }")]
    public void A_planted_allocation_is_found(string reason, string body)
    {
        var report = AllocationProof.Of(PlantedCode.Compile("public static class P { " + body + " }"), "HarEdge.Core.P", "Run");
        Assert.Contains(report.Findings, finding => finding.Detail.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void An_allocation_behind_a_virtual_call_is_found_in_any_override()
    {
        const string Code = """
            public abstract class Shape { public abstract int Area(); }
            public sealed class Flat : Shape { public override int Area() { return 0; } }
            public sealed class Deep : Shape { public override int Area() { return Measure(); } static int Measure() { return new int[3].Length; } }
            public static class P { public static int Run(Shape shape) { return shape.Area(); } }
            """;
        var report = AllocationProof.Of(PlantedCode.Compile(Code), "HarEdge.Core.P", "Run");
        Assert.Contains("HarEdge.Core.Flat.Area", report.Methods);
        Assert.Equal("HarEdge.Core.Deep.Measure", Assert.Single(report.Findings).Place);
    }

    [Fact]
    public void A_call_nothing_implements_is_no_proof()
    {
        const string Code = "public interface IShape { int Area(); } public static class P { public static int Run(IShape shape) { return shape.Area(); } }";
        Assert.Contains("nothing here implements", Assert.Single(AllocationProof.Of(PlantedCode.Compile(Code), "HarEdge.Core.P", "Run").Findings).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Arithmetic_loops_and_calls_are_proven()
    {
        const string Code = """
            public static class P
            {
                public static int Run(int[] a) { int n = 0; foreach (int x in a) { n += Twice(x) + (n > 3 ? 1 : 2); } System.Array.Clear(a, 0, 2); return n; }
                static int Twice(int x) { return x * 2; }
            }
            """;
        Assert.Empty(AllocationProof.Of(PlantedCode.Compile(Code), "HarEdge.Core.P", "Run").Findings);
    }
}
