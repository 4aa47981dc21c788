using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>
/// Turns weights on standardized inputs into integers: inputs are shifted to about nine bits per standard deviation, weights use
/// all 16 bits the largest one allows, sums are proven to fit an int.
/// </summary>
internal static class LinearQuantizer
{
    // An input keeps at least this many steps per standard deviation, so that rounding down costs below 1/256 of it.
    private const int StepsPerDeviation = 256;
    private const int LargestWeight = 32767;
    private const int MostScoreShift = 24;

    // Scores beyond ± 2^19 would come near Classifier.NotScored.
    private const long LargestSum = int.MaxValue;

    /// <summary>Builds a stage.</summary>
    /// <param name="name">Name of the stage.</param>
    /// <param name="classes">Classes it scores.</param>
    /// <param name="slots">For each input the feature's index in the model.</param>
    /// <param name="transforms">For each input its transform.</param>
    /// <param name="means">For each input the mean of the transformed feature.</param>
    /// <param name="deviations">For each input its standard deviation; above 0.</param>
    /// <param name="weights">(inputs + 1) × classes in natural logarithm units, last row the bias.</param>
    public static LinearStage Quantize(
        string name,
        IReadOnlyList<int> classes,
        IReadOnlyList<int> slots,
        IReadOnlyList<InputTransform> transforms,
        IReadOnlyList<double> means,
        IReadOnlyList<double> deviations,
        Matrix<double> weights)
    {
        var inputs = slots.Select((slot, i) => InputOf(slot, transforms[i], means[i], deviations[i])).ToArray();

        // score = bias + Σ w (t − mean) / deviation with t ≈ (input + ½) · 2^shift (a right shift rounds down by half a step on average).
        var perStep = Matrix<double>.Build.Dense(inputs.Length, classes.Count, (i, c) =>
            weights[i, c] / deviations[i] * (1 << inputs[i].Shift) * Classifier.ScoreOne);
        var start = Vector<double>.Build.Dense(classes.Count, c => Classifier.ScoreOne * weights[inputs.Length, c]
            + Enumerable.Range(0, inputs.Length).Sum(i =>
                perStep[i, c] * ((inputs[i].Shift == 0 ? 0 : 0.5) - means[i] / (1 << inputs[i].Shift))));
        for (var shift = MostScoreShift; shift >= 1; shift--)
        {
            double scale = 1L << shift;
            var rounded = perStep.Map(weight => Math.Round(weight * scale));
            var bias = start.Map(value => Math.Round(value * scale));
            if (rounded.Enumerate().All(weight => Math.Abs(weight) <= LargestWeight) && Fits(inputs, rounded, bias))
            {
                return new LinearStage
                {
                    Name = name,
                    Classes = classes,
                    Confidence = [new ConfidenceStep(0, 100)],
                    Inputs = inputs,
                    Bias = [.. bias.Select(value => (int)value)],
                    Weights = [.. Enumerable.Range(0, classes.Count).Select(c => rounded.Column(c).Select(weight => (int)weight).ToArray())],
                    ScoreShift = shift,
                };
            }
        }

        throw new InputException(
            $"The weights of stage \"{name}\" do not fit 16 bits.", "Use fewer features or a larger penalty; the data may separate perfectly.");
    }

    private static LinearInput InputOf(int slot, InputTransform transform, double mean, double deviation)
    {
        var shift = Math.Clamp((int)Math.Floor(Math.Log2(Math.Max(1, deviation / StepsPerDeviation))), 0, 24);
        int Step(double value) => (int)Math.Floor(value / (1 << shift));
        return new LinearInput(slot, transform, shift, Step(mean - DesignMatrix.Limit * deviation), Step(mean + DesignMatrix.Limit * deviation));
    }

    // The largest sum any window can reach on the way, rounding of the final shift included.
    private static bool Fits(LinearInput[] inputs, Matrix<double> weights, Vector<double> bias)
    {
        for (var c = 0; c < bias.Count; c++)
        {
            var sum = Math.Abs(bias[c]) + (1 << MostScoreShift);
            for (var i = 0; i < inputs.Length; i++)
            {
                sum += Math.Abs(weights[i, c]) * Math.Max(Math.Abs((double)inputs[i].Low), Math.Abs((double)inputs[i].High));
            }

            if (sum > LargestSum)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Collects stages and the features they share, then builds the model.</summary>
internal sealed class ModelAssembly(DistillationInput input)
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
        Features = [.. columns.Select(column => input.Features[column].Name)],
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
