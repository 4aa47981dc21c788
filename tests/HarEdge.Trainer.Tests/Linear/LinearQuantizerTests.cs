using HarEdge.Core;
using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.FixedPoint;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Tests.Linear;

public class LinearQuantizerTests
{
    [Fact]
    public void Integer_scores_stay_within_a_few_steps_of_the_floating_point_scores() =>
        Gen.Select(Gen.Double[1, 3e5], Gen.Double[-1e6, 1e6], Gen.Double[-6, 6], Gen.Double[-4, 4], Gen.Double[-2, 2]).Sample(
            (deviation, mean, weight, place, bias) =>
            {
                var weights = Matrix<double>.Build.DenseOfArray(new[,] { { weight, -weight }, { bias, 0 } });
                var stage = LinearQuantizer.Quantize("s", [0, 1], [0], [InputTransform.Identity], [mean], [deviation], weights);
                var feature = (int)Math.Round(mean + place * deviation);
                var input = Math.Clamp(feature >> stage.Inputs[0].Shift, stage.Inputs[0].Low, stage.Inputs[0].High);
                var score = (int)FixedMath.RoundingShift(stage.Bias[0] + stage.Weights[0][0] * input, stage.ScoreShift);
                var exact = Classifier.ScoreOne * (weight * (feature - mean) / deviation + bias);

                // Half a step of the shift, the rounded weight over the clamped range, and the final rounding.
                var bound = 2 + Math.Abs(weight) * Classifier.ScoreOne * (1 << stage.Inputs[0].Shift) / deviation;
                return Math.Abs(score - exact) <= bound + Math.Abs(input) * 0.5 / (1 << stage.ScoreShift);
            });

    [Fact]
    public void Weights_are_16_bit_and_no_sum_can_overflow()
    {
        var weights = Matrix<double>.Build.Dense(41, 3, (i, c) => (i + 1) * (c - 1) * 0.3);
        var stage = LinearQuantizer.Quantize(
            "s", [0, 1, 2], [.. Enumerable.Range(0, 40)], [.. Enumerable.Repeat(InputTransform.Identity, 40)],
            [.. Enumerable.Repeat(-5e5, 40)], [.. Enumerable.Repeat(3e4, 40)], weights);
        for (var c = 0; c < 3; c++)
        {
            Assert.All(stage.Weights[c], weight => Assert.InRange(weight, short.MinValue, short.MaxValue));
            var largest = Math.Abs((long)stage.Bias[c]) + stage.Inputs.Zip(stage.Weights[c], (input, weight) =>
                Math.Abs((long)weight) * Math.Max(Math.Abs((long)input.Low), Math.Abs((long)input.High))).Sum();
            Assert.True(largest + (1L << stage.ScoreShift) <= int.MaxValue);
        }
    }
}
