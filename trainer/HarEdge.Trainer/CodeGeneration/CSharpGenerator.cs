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

    /// <summary>Most bytes of IL a model should take. The device takes 64 kB an assembly, in which names are half as long; firmware and Core have 31 kB.</summary>
    public const int MostBytes = 31 * 1024;

    private readonly FixedPointModel model;
    private readonly ModelSlots slots;
    private readonly MethodQueue methods = new();
    private readonly FeatureCode featureCode;
    private readonly StageCode stageCode;
    private readonly TreeNode[] gate;
    private readonly TreeCuts cuts;

    private CSharpGenerator(FixedPointModel model, int kernelBytes)
    {
        this.model = model;
        slots = new ModelSlots(model);
        var layout = model.NewLayout();
        var features = model.Features.Select(layout.Find).ToArray();
        featureCode = new FeatureCode(
            features, model.Signal.WindowSamples, [slots.Always, .. model.Stages.Select((_, stage) => slots.BeyondAlways(stage))], kernelBytes, methods);
        stageCode = new StageCode(model, features, slots, featureCode, methods);
        gate = [.. model.Gate.Select(TreeNode.Of)];
        cuts = new TreeCuts(gate);
    }

    /// <summary>The source text of a model.</summary>
    /// <param name="model">A valid model with its id.</param>
    /// <param name="command">The command line the header names; null takes the manifest's.</param>
    /// <param name="kernelBytes">Most bytes of IL in straight kernels; without it <see cref="KernelPlan.MostBytes"/>, or what the rest of a large model leaves.</param>
    public static string Generate(FixedPointModel model, string? command = null, int? kernelBytes = null)
    {
        ModelValidator.Validate(model);
        return new CSharpGenerator(model, kernelBytes ?? Math.Clamp(MostBytes - BytesBesides(model), 0, KernelPlan.MostBytes)).Write(command);
    }

    // Kernels called in Core, inputs with their limits, weights, splits and leaves, transitions and confidence: IL as compiled, about.
    private static int BytesBesides(FixedPointModel model) =>
        1500
        + 17 * model.Features.Count
        + 27 * model.Stages.OfType<LinearStage>().Sum(stage => stage.Inputs.Count)
        + 8 * model.Stages.OfType<LinearStage>().Sum(stage => stage.Weights.Sum(row => row.Count(weight => weight != 0)))
        + 14 * (model.Gate.Count + model.Stages.SelectMany(stage => stage.ScoreTrees).Sum(tree => tree.Nodes.Count))
        + 25 * model.Classes.Count * model.Classes.Count;

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
        featureCode.WriteNeedless(writer);
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
        RuleCode.WritePrediction(writer, model);
        featureCode.WriteFillCoarse(writer, model.Signal);
        RuleCode.WriteNominalGravity(writer, model);
        RuleCode.WriteMeasuresLean(writer, model);
        stageCode.QueueMethods();
        methods.WriteAll(writer);
    }

    private void WriteClassify(CodeWriter writer) =>
        writer.Block("public override int Classify(SampleWindow window, int[] features, int[] scores)", () =>
        {
            featureCode.WriteCalls(writer, 0, slots.Always, "Gate");
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
    // A pair of classes takes 17 bytes of IL: 16 classes take 4 kB.
    private const int MostClassesWrittenOut = 16;

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
            if (StayOrChange(model.Transitions) is var (stay, change))
            {
                writer.Line(stay == change ? $"return {stay};" : $"return fromClass == toClass ? {stay} : {change};");
                return;
            }

            SwitchCode.Write(writer, "fromClass", [.. model.Transitions.Select(row => CodeWriter.Capture(body => WriteRow(body, row)))]);
        });

    /// <summary>Writes PredictInto: the table of transitions as constants; models of more classes keep the base class's loop over the table.</summary>
    public static void WritePrediction(CodeWriter writer, FixedPointModel model)
    {
        if (model.Classes.Count > MostClassesWrittenOut)
        {
            return;
        }

        writer.Line("");
        writer.Block("public override void PredictInto(int[] predicted, int[] beliefs)", () =>
        {
            var classes = Enumerable.Range(0, model.Classes.Count).ToList();
            writer.Lines(classes.Select(c => $"int b{c} = beliefs[{c}];"));
            if (StayOrChange(model.Transitions) is var (stay, change) && stay >= change)
            {
                // Whoever is best to change from may be the class itself: it had better stay.
                writer.Line("int best = b0;");
                writer.Lines(classes.Skip(1).Select(c => $"if (b{c} > best) {{ best = b{c}; }}"));
                writer.Line($"best += {change};");
                writer.Lines(classes.Select(c => $"predicted[{c}] = {Moved(c, stay)} > best ? {Moved(c, stay)} : best;"));
                return;
            }

            writer.Line("int reached;");
            foreach (var to in classes)
            {
                writer.Line($"reached = {Moved(0, model.Transitions[0][to])}; // {model.Classes[to]}");
                writer.Lines(classes.Skip(1).Select(from => Moved(from, model.Transitions[from][to])).Select(next => $"if ({next} > reached) {{ reached = {next}; }}"));
                writer.Line($"predicted[{to}] = reached;");
            }
        });
    }

    private static string Moved(int from, int score) => score < 0 ? $"b{from} - {-(long)score}" : $"b{from} + {score}";

    // Both scores of a table that has one for every class that stays and one for every change; else null.
    private static (int Stay, int Change)? StayOrChange(IReadOnlyList<IReadOnlyList<int>> table)
    {
        var (stay, change) = (table[0][0], table[0][1]);
        return table.Select((row, from) => row.Select((score, to) => score == (from == to ? stay : change)).All(fits => fits)).All(fits => fits) ? (stay, change) : null;
    }

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
