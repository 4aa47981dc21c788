using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.FixedPoint;
using Mono.Cecil;

namespace HarEdge.Trainer.Tests.CodeGeneration;

/// <summary>The straight code of every kernel against the kernel in Core, bit for bit.</summary>
public class KernelFormTests
{
    private const int FeaturesPerModel = 110;

    /// <summary>Features in random order, so many models of them; <c>HAREDGE_ALL_KERNELS=1</c> takes all.</summary>
    [Theory]
    [InlineData(128, 64, 1, 2)]
    [InlineData(128, 32, 2, 1)]
    [InlineData(128, 128, 3, 1)]
    [InlineData(64, 8, 4, 1)]
    [InlineData(256, 128, 5, 1)]
    public void Every_feature_in_straight_code_is_that_of_Core(int windowSamples, int hopSamples, int seed, int mostModels)
    {
        var layout = Layout(windowSamples);
        var random = new Random(seed);
        var models = Environment.GetEnvironmentVariable("HAREDGE_ALL_KERNELS") == "1" ? int.MaxValue : mostModels;
        var order = Enumerable.Range(0, layout.Count).ToArray();
        random.Shuffle(order);
        Assert.All(order.Chunk(FeaturesPerModel).Take(models), chunk => ComputesAsCore(Model(layout, chunk, hopSamples, windowSamples), layout, int.MaxValue, random));
    }

    [Fact]
    public void With_a_budget_between_some_kernels_are_straight_and_all_are_right()
    {
        var layout = Layout(128);
        var random = new Random(6);
        int[] features = [.. Enumerable.Range(0, 60).Select(_ => random.Next(layout.Count)).Distinct()];
        ComputesAsCore(Model(layout, features, 64), layout, 4096, random);
    }

    [Fact]
    public void Kernels_of_a_channel_that_have_no_room_as_straight_code_share_a_loop_and_are_right()
    {
        var layout = Layout(128);
        string[] families = ["min", "max", "dev", "cross", "jerk", "jerkmax"];
        string[] channels = ["ax", "gx", "ax4", "ay4", "gz4", "am4", "gm4", "av4", "gv4"];
        int[] features = [.. channels.SelectMany(channel => families.Select(family => layout.Find($"{family}.{channel}").Index))];
        var model = Model(layout, features, 64);
        Assert.Contains("LoopOf", CSharpGenerator.Generate(model, kernelBytes: 12 * 1024), StringComparison.Ordinal);
        ComputesAsCore(model, layout, 12 * 1024, new Random(7));
    }

    [Fact]
    public void Whatever_stage_the_windows_before_took_the_next_is_right()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var model = RandomModel.Create(seed);
            using var compiled = GeneratedModelCompiler.Compile(CSharpGenerator.Generate(model));
            Recording[] recordings = [TestWindows.Recording(new Random(seed), windows: 16, model.Signal.WindowSamples)];
            var report = ParityCheck.Run(model, [new TrainerBackend(model), new PipelineBackend("generated code", compiled.Classifier)], recordings);
            Assert.Null(report.FirstMismatch);
        }
    }

    [Fact]
    public void The_committed_model_computes_on_HAPT_what_Core_computes()
    {
        var folder = Environment.GetEnvironmentVariable("HAREDGE_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "HAREDGE_DATA is not set: it names the folder that holds hapt.zip.");
        var hapt = DataSetReader.Open(Path.Combine(folder!, "hapt.zip"));
        var report = ParityCheck.Run(
            Committed, [new TrainerBackend(Committed), new PipelineBackend("committed code", new HarEdge.Core.Generated.ActivityModel())], [.. hapt.Recordings.Take(4)]);
        Assert.Null(report.FirstMismatch);
        Assert.True(report.Windows > 500);
    }

    [Fact]
    public void Without_a_budget_every_kernel_is_Cores()
    {
        var source = CSharpGenerator.Generate(Committed, kernelBytes: 0);
        Assert.DoesNotContain("Kernels0(", source, StringComparison.Ordinal);
        Assert.DoesNotContain("FillCoarse", source, StringComparison.Ordinal);
        Assert.Contains("Autocovariance.AtLag(window, ChannelId.Coarse + ChannelId.Ax, 10)", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4 * 1024)]
    [InlineData(12 * 1024)]
    [InlineData(KernelPlan.MostBytes)]
    public void Straight_kernels_keep_about_to_their_budget(int budget)
    {
        // Loads of samples and what kernels share are estimated roughly.
        var straight = KernelIlBytes(CSharpGenerator.Generate(Committed, kernelBytes: budget));
        Assert.InRange(straight, 0.7 * budget, 1.5 * budget);
    }

    [Fact]
    public void Stages_that_compute_the_same_of_a_channel_share_a_method()
    {
        var layout = Layout(128);
        int[] features = [layout.Find("var.am4").Index, layout.Find("jerk.gx4").Index, layout.Find("jerk.gy4").Index];
        var one = Model(layout, features, 64);
        var linear = (LinearStage)one.Stages[0];
        LinearStage Of(string name, params int[] inputs) => new()
        {
            Name = name, Classes = linear.Classes, Confidence = linear.Confidence, Inputs = [.. inputs.Select(i => linear.Inputs[i])], Bias = linear.Bias,
            Weights = [.. linear.Weights.Select(row => (IReadOnlyList<int>)[.. inputs.Select(i => row[i])])], ScoreShift = linear.ScoreShift,
        };
        var model = ModelId.Stamp(one with { Gate = [GateNode.Split(1, 900, 1, 2), GateNode.Leaf(0), GateNode.Leaf(1)], Stages = [Of("a", 0), Of("b", 0, 2)], Unknown = UnknownRule.None(2) });
        var source = CSharpGenerator.Generate(model);
        Assert.Equal(2, source.Split("Stage0Kernels0(window, features); //").Length - 1);
        GeneratedCodeTests.Agrees(model, seed: 1, windows: 6);
    }

    [Fact]
    public void A_kernel_without_a_straight_form_is_refused_by_name()
    {
        var feature = new Feature(0, "twice.gx4", "counts", Twice, ChannelId.Coarse + ChannelId.Gx, 0, 0, 1);
        var channels = new Dictionary<int, ChannelCode>
        {
            [feature.Channel] = new ChannelCode(feature.Channel, 32, areLocals: true, isLong: false, [], new CodeWriter()),
        };
        var error = Assert.Throws<InputException>(() => KernelForms.Write(new CodeWriter(), feature, 0, channels, isShared: false));
        Assert.Contains("no straight form of the kernel KernelFormTests.Twice, which twice.gx4 needs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_too_large_for_the_device_is_refused_with_its_size()
    {
        var layout = Layout(128);
        var error = Assert.Throws<InputException>(() => GeneratedSources.Of(Model(layout, [.. Enumerable.Range(0, layout.Count)], 64)).Compile());
        Assert.Matches(@"^The code of model [0-9a-f]{12} takes \d+ bytes of IL, \d+ more than the device has room for\.", error.Message);
        Assert.Contains("--profile tiny", error.Message + error.Remedy, StringComparison.Ordinal);
    }

    private static FixedPointModel Committed => ModelFile.Read(Path.Combine(Golden.Repository(), "firmware", "Core", "Generated", "model.json"));

    private static FeatureLayout Layout(int windowSamples) => new(windowSamples, HarEdge.Core.Kernels.Tilt.Pack(8000, -120, -1600));

    private static int Twice(SampleWindow window, int channel, int parameter) => 2 * window.Sum(channel);

    // One linear stage that reads everything.
    private static FixedPointModel Model(FeatureLayout layout, int[] features, int hopSamples, int windowSamples = 128)
    {
        var inputs = Enumerable.Range(0, features.Length).Select(f => new LinearInput(f, InputTransform.SignedLog2Q8, 3, -1023, 1023)).ToList();
        return ModelId.Stamp(new FixedPointModel
        {
            Signal = new SignalSettings(windowSamples, hopSamples, 50, new SensorRange(4, 500)),
            Classes = ["A", "B"],
            Features = [.. features.Select(f => layout[f].Name)],
            Gate = [GateNode.Leaf(0)],
            Stages =
            [
                new LinearStage
                {
                    Name = "all", Classes = [0, 1], Confidence = [new ConfidenceStep(0, 50)], Inputs = inputs, Bias = [0, 0],
                    Weights = [[.. inputs.Select((_, i) => i % 7 - 3)], [.. inputs.Select((_, i) => i % 5 + 1)]], ScoreShift = 11,
                },
            ],
            Unknown = UnknownRule.None(1),
            Transitions = [[-5, -400], [-300, -7]],
            NominalGravity = [8000, -120, -1600],
        });
    }

    // A stream of very different signals, so that windows hold the joints, too; each window against a fresh one.
    private static void ComputesAsCore(FixedPointModel model, FeatureLayout layout, int kernelBytes, Random random)
    {
        using var compiled = GeneratedModelCompiler.Compile(CSharpGenerator.Generate(model, kernelBytes: kernelBytes));
        var window = new SampleWindow(compiled.Classifier);
        var length = model.Signal.WindowSamples;
        short[][][] signals = [.. Enumerable.Range(0, 7).Select(i => TestWindows.Signal(random, i, length))];
        short[][] stream = [.. Enumerable.Range(0, 6).Select(c => signals.SelectMany(signal => signal[c]).ToArray())];
        var expected = new int[layout.Count];
        var actual = new int[model.Features.Count];
        for (var i = 0; i < stream[0].Length; i++)
        {
            if (!window.Push(stream[0][i], stream[1][i], stream[2][i], stream[3][i], stream[4][i], stream[5][i]))
            {
                continue;
            }

            layout.ExtractInto(TestWindows.Window([.. stream.Select(channel => channel[(i + 1 - length)..(i + 1)])], model.Signal.HopSamples), expected);
            compiled.Classifier.Classify(window, actual, new int[2]);
            for (var f = 0; f < actual.Length; f++)
            {
                Assert.True(expected[layout.Find(model.Features[f]).Index] == actual[f], $"{model.Features[f]} is {actual[f]}, in Core {expected[layout.Find(model.Features[f]).Index]}, window that ends with {i}");
            }

            window.Slide();
        }
    }

    private static int KernelIlBytes(string source)
    {
        using var compiled = GeneratedModelCompiler.Compile(source);
        using var assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(compiled.Image));
        return assembly.MainModule.GetType(CSharpGenerator.TypeName).Methods.Where(method => method.Name.Contains("Kernels", StringComparison.Ordinal)).Sum(method => method.Body.CodeSize);
    }
}
