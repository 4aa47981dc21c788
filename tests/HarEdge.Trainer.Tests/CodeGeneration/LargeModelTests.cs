using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.FixedPoint;
using Mono.Cecil;

namespace HarEdge.Trainer.Tests.CodeGeneration;

/// <summary>Models beyond one method's limits: 16 kB of IL for branches that reach, 255 locals on the device, nesting a reader can follow.</summary>
public class LargeModelTests
{
    private const int MostIlBytes = 16 * 1024;
    private const int MostLocals = 255;
    private static readonly FeatureLayout Layout = new(128);

    [Fact]
    public void A_linear_stage_on_every_feature_is_split_into_methods()
    {
        var random = new Random(1);
        var inputs = Enumerable.Range(0, Layout.Count).Select(f => new LinearInput(f, InputTransform.SignedLog2Q8, 3, -1023, 1023)).ToList();
        HoldsLimits(Model(Enumerable.Range(0, Layout.Count), [GateNode.Leaf(0)], new LinearStage
        {
            Name = "all",
            Classes = [0, 1, 2, 3, 4, 5],
            Confidence = [new ConfidenceStep(0, 50)],
            Inputs = inputs,
            Bias = new int[6],
            Weights = [.. Enumerable.Range(0, 6).Select(_ => (IReadOnlyList<int>)[.. inputs.Select(_ => random.Next(-1500, 1500))])],
            ScoreShift = 11,
        }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Large_trees_are_split_into_methods(bool isChain)
    {
        var random = new Random(2);
        var columns = Columns(random);
        var trees = Enumerable.Range(0, 6).Select(c => new ScoreTree(
            c,
            [.. Tree(random, columns, isChain ? 120 : 700, isChain).Select(n => n.Feature < 0 ? ScoreNode.Leaf(random.Next(-100, 100)) : ScoreNode.Split(n.Feature, n.Threshold, n.Left, n.Right))]));
        HoldsLimits(Model(columns, [GateNode.Leaf(0)], new TreeStage
        {
            Name = "all",
            Classes = [0, 1, 2, 3, 4, 5],
            Confidence = [new ConfidenceStep(0, 50)],
            Bias = new int[6],
            Trees = [.. trees],
        }));
    }

    [Fact]
    public void A_large_gate_of_plain_classes_is_split_into_methods()
    {
        var random = new Random(3);
        var columns = Columns(random);
        var stages = Enumerable.Range(0, 6).Select(c => (Stage)new ClassStage { Name = $"leaf {c}", Classes = [c], Confidence = [new ConfidenceStep(0, 80 + c)] });
        var gate = Tree(random, columns, 900, isChain: false).Select(n => n.Feature < 0 ? GateNode.Leaf(random.Next(6)) : GateNode.Split(n.Feature, n.Threshold, n.Left, n.Right));
        HoldsLimits(Model(columns, [.. gate], [.. stages]));
    }

    private static List<int> Columns(Random random) => [.. Enumerable.Range(0, 40).Select(_ => random.Next(Layout.Count)).Distinct()];

    private static List<(int Feature, int Threshold, int Left, int Right)> Tree(Random random, List<int> columns, int splits, bool isChain) =>
        RandomModel.Tree(random, splits, isChain, f => (Layout[columns[f]].Lowest, Layout[columns[f]].Highest), columns.Count, f => random.Next(Math.Max(2, Layout[columns[f]].Highest / 64)));

    private static FixedPointModel Model(IEnumerable<int> columns, IReadOnlyList<GateNode> gate, params Stage[] stages) => ModelId.Stamp(new FixedPointModel
    {
        Signal = new SignalSettings(128, 64, 50, new SensorRange(4, 500)),
        Classes = ["A", "B", "C", "D", "E", "F"],
        Features = [.. columns.Select(c => Layout[c].Name)],
        Gate = gate,
        Stages = stages,
        Unknown = UnknownRule.None(stages.Length),
        Transitions = [.. Enumerable.Range(0, 6).Select(_ => new int[6])],
    });

    private static void HoldsLimits(FixedPointModel model)
    {
        GeneratedCodeTests.Agrees(model, seed: 4, windows: 3);
        var source = CSharpGenerator.Generate(model);
        using var compiled = GeneratedModelCompiler.Compile(source);
        using var assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(compiled.Image));
        var bodies = assembly.MainModule.GetType(CSharpGenerator.TypeName).Methods.Where(method => method.HasBody).Select(method => method.Body).ToList();
        Assert.True(bodies.Count(body => body.Method.IsStatic) >= 4, "the model is large enough to be split");
        Assert.All(bodies, body =>
        {
            Assert.InRange(body.CodeSize, 0, MostIlBytes);
            Assert.InRange(body.Variables.Count, 0, MostLocals);
            Assert.InRange(body.MaxStackSize, 0, 16);
        });
        Assert.True(source.Split('\n').Max(line => line.Length - line.TrimStart().Length) <= 4 * 22, "nesting stays readable");
    }
}
