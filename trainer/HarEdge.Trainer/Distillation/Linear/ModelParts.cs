using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>Collects stages and the features they share, then builds the model.</summary>
internal sealed class ModelParts(DistillationInput input)
{
    private readonly List<int> columns = [];
    private readonly List<Stage> stages = [];

    /// <summary>The model's own index of a column; the same column has one slot in all stages.</summary>
    public int Slot(int column)
    {
        var slot = columns.IndexOf(column);
        if (slot < 0)
        {
            slot = columns.Count;
            columns.Add(column);
        }

        return slot;
    }

    /// <summary>Quantizes a specialist and returns the share of its rows on which integers and floating point agree.</summary>
    public double Add(string name, FittedSide side)
    {
        if (side.Design is null || side.Weights is null)
        {
            stages.Add(new ClassStage { Name = name, Classes = [side.Classes[0]], Confidence = [new ConfidenceStep(0, 100)] });
            return 1;
        }

        var stage = LinearQuantizer.Quantize(
            name, side.Classes, [.. side.Columns.Select(Slot)], side.Transforms, side.Design.Means, side.Design.Deviations, side.Weights);
        stages.Add(stage);
        return Agreement(stage, side);
    }

    /// <summary>The model, without unknown rule, filter and id.</summary>
    public FixedPointModel Build(GateSplit? gate) => new()
    {
        Signal = input.Signal,
        Classes = input.Table.Classes,
        Features = [.. columns.Select(column => input.FeatureNames[column])],
        Gate = gate is null
            ? [GateNode.Leaf(0)]
            : [GateNode.Split(Slot(gate.Column), gate.Threshold, 1, 2), GateNode.Leaf(0), GateNode.Leaf(1)],
        Stages = stages,
        Unknown = UnknownRule.None(stages.Count),
        Transitions = [.. input.Table.Classes.Select(_ => new int[input.ClassCount])],
    };

    private double Agreement(LinearStage stage, FittedSide side)
    {
        var exact = side.Design!.Values * side.Weights!;
        var features = new int[columns.Count];
        var scores = new int[input.ClassCount];
        var agree = 0;
        for (var i = 0; i < side.Rows.Length; i++)
        {
            var row = input.Table.Row(side.Rows[i]);
            for (var slot = 0; slot < features.Length; slot++)
            {
                features[slot] = row[columns[slot]];
            }

            StageScorer.ScoreInto(stage, features, scores);
            agree += stage.Classes[exact.Row(i).MaximumIndex()] == ArgMax.Of(scores) ? 1 : 0;
        }

        return side.Rows.Length == 0 ? 1 : (double)agree / side.Rows.Length;
    }
}
