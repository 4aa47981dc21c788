using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Writes a method for each stage, and one that all class stages without features of their own share.</summary>
internal sealed class StageCode(FixedPointModel model, IReadOnlyList<Feature> features, ModelSlots slots, FeatureCode featureCode, MethodQueue methods)
{
    private bool hasClassStage;

    /// <summary>The call that answers for a stage; its method is queued by <see cref="QueueMethods"/>.</summary>
    public string Call(int stageIndex) => Shared(stageIndex) is { } stage
        ? $"OneClass(features, scores, {stage.Classes[0]}, {stageIndex}); // {stage.Name}: {model.Classes[stage.Classes[0]]}"
        : $"Stage{stageIndex}(window, features, scores); // {model.Stages[stageIndex].Name}";

    /// <summary>Queues the methods of all stages.</summary>
    public void QueueMethods()
    {
        for (var i = 0; i < model.Stages.Count; i++)
        {
            var index = i;
            if (Shared(i) is null)
            {
                methods.Add($"private static int Stage{i}(SampleWindow window, int[] features, int[] scores)", body => WriteStage(body, index));
            }
            else if (!hasClassStage)
            {
                hasClassStage = true;
                methods.Add("private static int OneClass(int[] features, int[] scores, int classIndex, int stage)", body => WriteOneClass(body, index));
            }
        }
    }

    // A class stage computes features only for limits of the unknown rule.
    private ClassStage? Shared(int stage) => slots.BeyondAlways(stage).Count == 0 ? model.Stages[stage] as ClassStage : null;

    private void WriteStage(CodeWriter writer, int index)
    {
        var stage = model.Stages[index];
        writer.Line($"// {stage.Name}: {string.Join(", ", stage.Classes.Select(c => model.Classes[c]))}");
        FeatureCode.WriteZeros(writer, Unneeded(index), [.. slots.BeyondAlways(index)]);
        featureCode.WriteCalls(writer, index + 1, slots.BeyondAlways(index), $"Stage{index}");
        writer.Lines(Enumerable.Range(0, model.Classes.Count).Except(stage.Classes).Select(c => $"scores[{c}] = NotScored; // {model.Classes[c]}"));
        if (stage is LinearStage linear)
        {
            new LinearStageCode(linear, index, model, features, methods).Write(writer);
            WriteCorrections(writer, linear, index);
        }
        else if (stage is TreeStage trees)
        {
            new ScoreTreesCode(trees, index, model, methods).Write(writer, position => $"{trees.Bias[position]}");
        }
        else
        {
            writer.Line($"scores[{stage.Classes[0]}] = 0;");
        }

        writer.Line($"return {index};");
    }

    // In a method of their own: together with a linear stage's inputs they could be too long for one.
    private void WriteCorrections(CodeWriter writer, LinearStage stage, int index)
    {
        if (stage.ScoreTrees.Count > 0)
        {
            writer.Line($"Stage{index}Trees(features, scores);");
            methods.Add(
                $"private static void Stage{index}Trees(int[] features, int[] scores)",
                body => new ScoreTreesCode(stage, index, model, methods).Write(body, position => $"scores[{stage.Classes[position]}]"));
        }
    }

    private void WriteOneClass(CodeWriter writer, int index)
    {
        FeatureCode.WriteZeros(writer, Unneeded(index), []);
        writer.Lines(model.Classes.Select((name, c) => $"scores[{c}] = NotScored; // {name}"));
        writer.Line("scores[classIndex] = 0;");
        writer.Line("return stage;");
    }

    private List<int> Unneeded(int stage) =>
        [.. Enumerable.Range(0, model.Features.Count).Except(slots.Always).Except(slots.BeyondAlways(stage))];
}

/// <summary>
/// Writes a linear stage: each input once into a local, then one expression a class. A weight costs four IL instructions, a
/// weight of zero none; limits that the feature's bounds make needless are left out.
/// </summary>
internal sealed class LinearStageCode(LinearStage stage, int stageIndex, FixedPointModel model, IReadOnlyList<Feature> features, MethodQueue methods)
{
    // Most bytes of IL: 20 for an input's local, 9 for a weight; and at most 255 locals in a method on the device.
    private const int MostBytesPerMethod = 9000;
    private const int MostLocals = 180;

    /// <summary>Writes the scores of the stage's classes.</summary>
    public void Write(CodeWriter writer)
    {
        var used = Enumerable.Range(0, stage.Inputs.Count).Where(i => stage.Weights.Any(row => row[i] != 0)).ToList();
        var mostInputs = Math.Clamp(MostBytesPerMethod / (20 + 9 * stage.Classes.Count), 1, MostLocals);
        if (used.Count <= mostInputs)
        {
            writer.Lines(used.SelectMany(InputLines));
            for (var position = 0; position < stage.Classes.Count; position++)
            {
                WriteScore(writer, position, used);
            }
        }
        else
        {
            WriteInParts(writer, [.. used.Chunk(mostInputs)]);
        }
    }

    private static string LocalName(int input) => $"v{input}";

    private IEnumerable<string> InputLines(int index)
    {
        var input = stage.Inputs[index];
        var local = LocalName(index);
        var feature = $"features[{input.Feature}]";
        var transformed = input.Transform == InputTransform.SignedLog2Q8 ? $"FixedMath.SignedLog2Q8({feature})" : feature;
        var shifted = input.Shift > 0 ? $"{transformed} >> {input.Shift}" : transformed;
        yield return $"int {local} = {shifted}; // {model.Features[input.Feature]}";

        var bounds = Bounds.Of(features[input.Feature]).Through(input with { Low = int.MinValue, High = int.MaxValue });
        var needsLow = bounds.Low < input.Low;
        var needsHigh = bounds.High > input.High;
        if (needsLow)
        {
            foreach (var line in Limit("if", local, '<', input.Low))
            {
                yield return line;
            }
        }

        if (needsHigh)
        {
            foreach (var line in Limit(needsLow ? "else if" : "if", local, '>', input.High))
            {
                yield return line;
            }
        }
    }

    private static string[] Limit(string keyword, string local, char relation, int limit) =>
        [$"{keyword} ({local} {relation} {limit})", "{", $"    {local} = {limit};", "}", .. relation == '>' ? [""] : Array.Empty<string>()];

    // Start of the sum: the bias, and half of the last place so that the shift rounds to nearest.
    private int Start(int position) => stage.Bias[position] + (1 << (stage.ScoreShift - 1));

    private void WriteScore(CodeWriter writer, int position, List<int> used)
    {
        var terms = Terms(position, used);
        var name = model.Classes[stage.Classes[position]];
        var target = $"scores[{stage.Classes[position]}]";
        if (terms.Count == 0)
        {
            writer.Line($"{target} = {Start(position) >> stage.ScoreShift}; // {name}");
            return;
        }

        writer.Line($"{target} = ({Start(position)} // {name}");
        writer.Lines(terms.SkipLast(1).Select(term => "    " + term));
        writer.Line($"    {terms[^1]}) >> {stage.ScoreShift};");
    }

    private List<string> Terms(int position, IEnumerable<int> inputs) =>
        [.. inputs.Where(i => stage.Weights[position][i] != 0).Select(i => Term(stage.Weights[position][i], LocalName(i)))];

    private static string Term(int weight, string local)
    {
        var sign = weight < 0 ? '-' : '+';
        var magnitude = Math.Abs(weight);
        return magnitude == 1 ? $"{sign} {local}" : $"{sign} {magnitude} * {local}";
    }

    private void WriteInParts(CodeWriter writer, List<int[]> parts)
    {
        for (var position = 0; position < stage.Classes.Count; position++)
        {
            writer.Line($"scores[{stage.Classes[position]}] = {Start(position)}; // {model.Classes[stage.Classes[position]]}");
        }

        for (var number = 0; number < parts.Count; number++)
        {
            var part = parts[number];
            writer.Line($"Stage{stageIndex}Sum{number}(features, scores);");
            methods.Add($"private static void Stage{stageIndex}Sum{number}(int[] features, int[] scores)", body => WritePart(body, part));
        }

        writer.Lines(stage.Classes.Select(c => $"scores[{c}] = scores[{c}] >> {stage.ScoreShift};"));
    }

    private void WritePart(CodeWriter writer, int[] part)
    {
        writer.Lines(part.SelectMany(InputLines));
        for (var position = 0; position < stage.Classes.Count; position++)
        {
            var terms = Terms(position, part);
            if (terms.Count > 0)
            {
                var target = $"scores[{stage.Classes[position]}]";
                writer.Line($"{target} = {target}");
                writer.Lines(terms.SkipLast(1).Select(term => "    " + term));
                writer.Line($"    {terms[^1]};");
            }
        }
    }
}
