using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>
/// Turns a model into ActivityModel.g.cs: nested if/else and unrolled sums over int arrays, in the device's C#. It holds no
/// table, so it takes no RAM; it calls only the kernels the chosen stage needs. Same model and command, same bytes.
/// </summary>
internal sealed class CSharpGenerator
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "ActivityModel.g.cs";

    /// <summary>Namespace-qualified name of the class.</summary>
    public const string TypeName = "HarEdge.Core.Generated.ActivityModel";

    private readonly FixedPointModel model;
    private readonly ModelSlots slots;
    private readonly MethodQueue methods = new();
    private readonly FeatureCode featureCode;
    private readonly StageCode stageCode;
    private readonly TreeNode[] gate;
    private readonly TreeCuts cuts;

    private CSharpGenerator(FixedPointModel model)
    {
        this.model = model;
        slots = new ModelSlots(model);
        var layout = new FeatureLayout(model.Signal.WindowSamples, model.Upright);
        var features = model.Features.Select(layout.Find).ToArray();
        featureCode = new FeatureCode(features, methods);
        stageCode = new StageCode(model, features, slots, methods);
        gate = [.. model.Gate.Select(TreeNode.Of)];
        cuts = new TreeCuts(gate);
    }

    /// <summary>The source text of a model.</summary>
    /// <param name="model">A valid model with its id.</param>
    /// <param name="command">The command line the header names; null takes the manifest's.</param>
    public static string Generate(FixedPointModel model, string? command = null)
    {
        ModelValidator.Validate(model);
        return new CSharpGenerator(model).Write(command);
    }

    private string Write(string? command)
    {
        var writer = new CodeWriter();
        GeneratedHeader.Write(writer, model, command);
        writer.Line("using HarEdge.Core.Kernels;");
        writer.Line("");
        writer.Block("namespace HarEdge.Core.Generated", () =>
        {
            writer.Line($"/// <summary>Tells apart {string.Join(", ", model.Classes)}.</summary>");
            writer.Block("public sealed class ActivityModel : Classifier", () => WriteMembers(writer));
        });
        return writer.ToString();
    }

    private void WriteMembers(CodeWriter writer)
    {
        WriteProperty(writer, "string ModelId", $"\"{model.Id}\"");
        WriteProperty(writer, "int WindowSamples", model.Signal.WindowSamples);
        WriteProperty(writer, "int HopSamples", model.Signal.HopSamples);
        WriteProperty(writer, "int AccelRangeG", model.Signal.Range.AccelG);
        WriteProperty(writer, "int GyroRangeDps", model.Signal.Range.GyroDps);
        WriteProperty(writer, "int ClassCount", model.Classes.Count);
        WriteProperty(writer, "int FeatureCount", model.Features.Count);
        featureCode.WriteReadsChannel(writer);
        featureCode.WriteReadsQuantiles(writer);
        writer.Line("");
        writer.Block("public override string ClassName(int classIndex)", () =>
            SwitchCode.Write(writer, "classIndex", [.. model.Classes.Select(name => new[] { $"return \"{name}\";" })]));
        writer.Line("");
        WriteClassify(writer);
        writer.Line("");
        RuleCode.WriteIsKnown(writer, model);
        writer.Line("");
        RuleCode.WriteConfidence(writer, model);
        writer.Line("");
        RuleCode.WriteTransitions(writer, model);
        RuleCode.WriteNominalGravity(writer, model);
        RuleCode.WriteMeasuresLean(writer, model);
        stageCode.QueueMethods();
        methods.WriteAll(writer);
    }

    private void WriteClassify(CodeWriter writer) =>
        writer.Block("public override int Classify(SampleWindow window, int[] features, int[] scores)", () =>
        {
            featureCode.WriteCalls(writer, slots.Always, "Gate");
            GateCode().Write(writer, root: 0);
        });

    private NestedIf GateCode() => new(gate, cuts, model.Features, leaf => "return " + stageCode.Call(model.Gate[leaf].Stage), CallSubtree);

    private string CallSubtree(int root)
    {
        methods.Add($"private static int GateFrom{root}(SampleWindow window, int[] features, int[] scores)", body => GateCode().Write(body, root));
        return $"return GateFrom{root}(window, features, scores);";
    }

    private static void WriteProperty(CodeWriter writer, string declaration, object value)
    {
        writer.Block($"public override {declaration}", () => writer.Line($"get {{ return {value}; }}"));
        writer.Line("");
    }
}
