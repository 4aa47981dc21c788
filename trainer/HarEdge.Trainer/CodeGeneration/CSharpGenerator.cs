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
        var layout = model.NewLayout();
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

/// <summary>Writes what follows the scores: unknown rule, confidence table, transition table.</summary>
internal static class RuleCode
{
    public static void WriteIsKnown(CodeWriter writer, FixedPointModel model) =>
        writer.Block("public override bool IsKnown(int[] features, int stage, int margin)", () =>
        {
            foreach (var limit in model.Unknown.Limits)
            {
                writer.Block($"if ({Violation(limit)}) // {model.Features[limit.Feature]}", () => writer.Line("return false;"));
                writer.Line("");
            }

            SwitchCode.Write(writer, "stage", [.. model.Unknown.LeastMarginOfStage.Select(least => new[] { least == 0 ? "return true;" : $"return margin >= {least};" })]);
        });

    public static void WriteConfidence(CodeWriter writer, FixedPointModel model) =>
        writer.Block("public override int ConfidencePercent(int stage, int margin)", () =>
            SwitchCode.Write(writer, "stage", [.. model.Stages.Select(stage => CodeWriter.Capture(body => WriteSteps(body, stage.Confidence)))]));

    public static void WriteTransitions(CodeWriter writer, FixedPointModel model) =>
        writer.Block("public override int TransitionScore(int fromClass, int toClass)", () =>
        {
            var table = model.Transitions;
            var stay = table[0][0];
            var change = table[0][1];
            if (table.Select((row, from) => row.Select((score, to) => score == (from == to ? stay : change)).All(fits => fits)).All(fits => fits))
            {
                writer.Line(stay == change ? $"return {stay};" : $"return fromClass == toClass ? {stay} : {change};");
                return;
            }

            SwitchCode.Write(writer, "fromClass", [.. table.Select(row => CodeWriter.Capture(body => WriteRow(body, row)))]);
        });

    private static string Violation(FeatureLimit limit)
    {
        var above = limit.Highest is null ? null : $"features[{limit.Feature}] > {limit.Highest}";
        var below = limit.Lowest is null ? null : $"features[{limit.Feature}] < {limit.Lowest}";
        var outside = above is not null && below is not null ? $"{above} || {below}" : above ?? below!;
        var onlyIn = limit.Stage is null ? "" : $"stage == {limit.Stage} && ";
        return onlyIn.Length > 0 && above is not null && below is not null ? $"{onlyIn}({outside})" : onlyIn + outside;
    }

    // Above the last entry its percent holds too, so it needs no comparison.
    private static void WriteSteps(CodeWriter writer, IReadOnlyList<ConfidenceStep> steps)
    {
        foreach (var step in steps.SkipLast(1))
        {
            writer.Block($"if (margin <= {step.Margin})", () => writer.Line($"return {step.Percent};"));
            writer.Line("");
        }

        writer.Line($"return {steps[^1].Percent};");
    }

    private static void WriteRow(CodeWriter writer, IReadOnlyList<int> row) =>
        SwitchCode.Write(writer, "toClass", [.. row.Select(score => new[] { $"return {score};" })]);

    /// <summary>Writes NominalGravity, or nothing for a model without one.</summary>
    public static void WriteNominalGravity(CodeWriter writer, FixedPointModel model)
    {
        if (model.NominalGravity is not null)
        {
            writer.Line("");
            writer.Block("public override int NominalGravity(int axis)", () =>
                SwitchCode.Write(writer, "axis", [.. model.NominalGravity.Select(component => new[] { $"return {component};" })]));
        }
    }

    /// <summary>Writes MeasuresLean for a model that does.</summary>
    public static void WriteMeasuresLean(CodeWriter writer, FixedPointModel model)
    {
        if (model.MeasuresLean)
        {
            writer.Line("");
            writer.Block("public override bool MeasuresLean", () => writer.Line("get { return true; }"));
        }
    }
}
