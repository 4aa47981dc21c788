using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Writes a method for each stage, and one that all class stages without features of their own share.</summary>
internal sealed class StageCode(FixedPointModel model, IReadOnlyList<Feature> features, ModelSlots slots, MethodQueue methods)
{
    private readonly FeatureCode featureCode = new(features, methods);
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
        FeatureCode.WriteZeros(writer, Unneeded(index));
        featureCode.WriteCalls(writer, slots.BeyondAlways(index), $"Stage{index}");
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
        FeatureCode.WriteZeros(writer, Unneeded(index));
        writer.Lines(model.Classes.Select((name, c) => $"scores[{c}] = NotScored; // {name}"));
        writer.Line("scores[classIndex] = 0;");
        writer.Line("return stage;");
    }

    private List<int> Unneeded(int stage) =>
        [.. Enumerable.Range(0, model.Features.Count).Except(slots.Always).Except(slots.BeyondAlways(stage))];
}
