using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

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
