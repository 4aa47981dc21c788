using System.Reflection;
using System.Text.Json.Nodes;
using HarEdge.Core;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Cost.WorstCase;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Portability;
using HarEdge.Trainer.Tests.CodeGeneration;

namespace HarEdge.Trainer.Tests.Cost;

/// <summary>
/// The weights against machine instructions counted on the interpreter itself, compiled for Xtensa and run in an emulator with a counter
/// (2026-11, by others than the author of this code). What is held to what: patterns 10 %, kernels 15 %, a whole decision 10 %.
/// </summary>
public sealed class InstructionWeightsTests
{
    private const double XtensaPerWeight = 84.5;
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    [Theory]
    [InlineData("return d[3];", 217)]
    [InlineData("return d[k + 1];", 344)]
    [InlineData("return h.Data[3];", 447)]
    [InlineData("return Holder.Shared[3];", 383)]
    [InlineData("return h.Number;", 289)]
    [InlineData("return h.Property;", 847)]
    [InlineData("Holder.Nothing(); return 0;", 513 + 34)]
    public void Patterns_weigh_what_was_counted(string body, int machineInstructions)
    {
        var source = "namespace HarEdge.Core { public sealed class Holder { public static readonly int[] Shared = new int[8]; "
            + "public int[] Data = new int[8]; public int Number; public int Property { get { return Number; } } public static void Nothing() { } } "
            + "public static class Planted { public static int Run(int[] d, int k, Holder h) { " + body + " } } }";
        using var code = new CountedAssembly(DeviceCompiler.CompileForDesktop(new DeviceSource("Planted.cs", source)));
        var holder = Activator.CreateInstance(code.CoreType("Holder"))!;
        var weight = new AbstractMachine(code.Assembly, code.Image, code.Weights.Of).Run(
            "HarEdge.Core.Planted",
            "Run",
            [AbstractValue.Reference(new int[8]), AbstractValue.Int(2), AbstractValue.Reference(holder)],
            AbstractHeap.AsConstructed(_ => false)).Cost;
        AssertNear(machineInstructions, weight, 0.10);
    }

    [Fact]
    public void Kernels_weigh_what_was_counted()
    {
        using var code = CompiledModel();
        var window = new CountedWindow(code, NoiseWindows.Make(5, 128)[4], 64);
        const int Channel = ChannelId.Coarse + ChannelId.Ax;
        window.Prepare([new SharedWork(SharedWorkKind.Channel, Channel)]);
        var first = (short[])Call(code, "SampleWindow", "Channel", window.Instance, 0)!;
        AssertNear(17_700, Weigh(code, () => window.Do(new SharedWork(SharedWorkKind.Sum, Channel))), 0.15);
        AssertNear(31_100, Weigh(code, () => window.Do(new SharedWork(SharedWorkKind.SquareSum, Channel))), 0.15);
        AssertNear(85_300, Weigh(code, () => Call(code, "DerivedChannels", "FillCoarse", null, new short[32], 0, first)), 0.15);
        AssertNear(34_000, Weigh(code, () => Call(code, "Kernels.Jerk", "AbsoluteSum", null, window.Instance, Channel, 0)), 0.15);
        AssertNear(25_400, Weigh(code, () => Call(code, "Kernels.Moments", "Minimum", null, window.Instance, Channel, 0)), 0.15);
    }

    [Fact]
    public void The_prediction_of_the_filter_and_the_way_in_weigh_what_was_counted()
    {
        using var code = CompiledModel();
        var pipeline = new CountedPipeline(code);
        var model = pipeline.Instance.GetType().GetField("model", Any)!.GetValue(pipeline.Instance)!;
        AssertNear(20_500, Weigh(code, () => model.GetType().GetMethod("PredictInto")!.Invoke(model, [new int[6], new int[6]])), 0.2);

        // Decoded straight into the channels: counted for a loop over samples, which now takes what a whole block leaves. Blocks save a seventh of it.
        var channels = NoiseWindows.Make(1, 64)[0];
        var nothing = Weigh(code, () => pipeline.Step(channels, 0, 0));
        AssertNear(517_000, 64 * (Weigh(code, () => pipeline.Step(channels, 0, 1)) - nothing), 0.15);
        AssertNear(517_000 * 6 / 7, Weigh(code, () => pipeline.Step(channels, 1, 63)) - nothing, 0.15);
    }

    [Theory]
    [InlineData("d[{0}]", 9_900)]
    [InlineData("(long)(d[{0}] * d[{0}])", 22_100)]
    public void Straight_code_weighs_what_was_counted(string term, int machineInstructions)
    {
        var sum = string.Join(" + ", Enumerable.Range(0, 32).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, term, i)));
        var source = "namespace HarEdge.Core { public static class Planted { public static long Run(short[] d) { return " + sum + "; } } }";
        using var code = new CountedAssembly(DeviceCompiler.CompileForDesktop(new DeviceSource("Planted.cs", source)));
        AssertNear(machineInstructions, Weigh(code, () => code.CoreType("Planted").GetMethod("Run")!.Invoke(null, [new short[32]])), 0.15);
    }

    [Fact]
    public void A_whole_decision_by_Cores_kernels_weighs_what_was_counted()
    {
        var wearer = SyntheticWearer.Create(new SyntheticOptions { Seed = 1, Range = Committed.Signal.Range });
        AssertWholeDecision([wearer with { Recordings = [.. wearer.Recordings.Take(2)] }]);
    }

    [Fact]
    public void A_whole_decision_by_Cores_kernels_on_HAPT_weighs_what_was_counted()
    {
        var folder = Environment.GetEnvironmentVariable("HAREDGE_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "HAREDGE_DATA is not set: it names the folder that holds hapt.zip.");
        var hapt = DataSetReader.Open(Path.Combine(folder!, "hapt.zip"));
        AssertWholeDecision([hapt with { Recordings = [.. hapt.Recordings.Take(3)] }]);
    }

    [Fact]
    public void A_missing_class_is_named()
    {
        var file = Default();
        file["weights"]!.AsObject().Remove("storeElement");
        AssertRefused("mine.json has no weight of \"storeElement\".", file);
    }

    [Fact]
    public void A_negative_weight_is_named()
    {
        var file = Default();
        file["weights"]!["nativeCall"] = -10.7;
        AssertRefused("mine.json gives \"nativeCall\" the weight -10.7, which is not from 0 to 100,000.", file);
    }

    [Fact]
    public void A_class_that_does_not_exist_is_named()
    {
        var file = Default();
        file["weights"]!["loadElemnt"] = 1;
        AssertRefused("mine.json has a weight of \"loadElemnt\", which is no class of instructions.", file);
    }

    [Fact]
    public void Weights_without_their_source_are_refused()
    {
        var file = Default();
        file.AsObject().Remove("source");
        AssertRefused("mine.json has no \"source\".", file);
    }

    [Fact]
    public void A_file_that_is_no_JSON_and_one_that_is_not_there_are_refused()
    {
        Assert.Contains("is no weights file", Assert.Throws<InputException>(() => InstructionWeights.Parse("constant;0.4", "mine.csv")).Message, StringComparison.Ordinal);
        Assert.Contains("no-such.json cannot be read", Assert.Throws<InputException>(() => InstructionWeights.Read("no-such.json")).Message, StringComparison.Ordinal);
    }

    private static FixedPointModel Committed => ModelFile.Read(Path.Combine(Golden.Repository(), "firmware", "Core", "Generated", "model.json"));

    private static JsonNode Default() => JsonNode.Parse(InstructionWeights.EmbeddedText("instruction-weights.json"))!;

    private static CountedAssembly CompiledModel()
    {
        var code = new CountedAssembly(DeviceCompiler.CompileForDesktop(DeviceSource.CommittedModel));
        foreach (var type in code.Assembly.GetTypes())
        {
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        return code;
    }

    private static object? Call(CountedAssembly code, string type, string method, object? target, params object[] arguments) =>
        code.CoreType(type).GetMethod(method, Any)!.Invoke(target, arguments);

    private static long Weigh(CountedAssembly code, Action work)
    {
        code.Reset();
        work();
        return code.Weight();
    }

    private static void AssertNear(int machineInstructions, long thousandths, double tolerance)
    {
        var estimate = thousandths / 1000.0 * XtensaPerWeight;
        Assert.True(
            Math.Abs(estimate / machineInstructions - 1) <= tolerance,
            $"{machineInstructions} machine instructions were counted, {estimate:0} are estimated");
    }

    // 4.5 million on Xtensa and 4.9 million on RV32 were counted on 320 windows of HAPT, when kernels were calls of Core, and decoded samples went through a
    // table of channels and the filter through a method for each pair of classes: 611,000 of it for the samples and 136,000 for the filter. Both ways that took
    // their place were counted, too: 517,000 with the decoding, and 20,500.
    private static void AssertWholeDecision(IReadOnlyList<DataSet> data)
    {
        const double Gained = 115_500 + 611_000 - 517_000;
        var report = CostMeter.Measure(Committed, data, kernelBytes: 0);
        Assert.All(report.Chips, cost => Assert.InRange(
            cost.MachineInstructions / (cost.Chip.InstructionSet == "RV32" ? 4.9e6 - Gained * 4.9 / 4.5 : 4.5e6 - Gained), 0.9, 1.1));
    }

    private static void AssertRefused(string message, JsonNode file)
    {
        var error = Assert.Throws<InputException>(() => InstructionWeights.Parse(file.ToJsonString(), "mine.json"));
        Assert.Equal(message, error.Message);
        Assert.Equal(2, error.ExitCode);
    }
}
