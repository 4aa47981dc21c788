using HarEdge.Trainer.Distillation.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Tests.Linear;

public class StageWeightsTests
{
    private static readonly LinearSettings Discriminant = new() { DiscriminantShare = 1 };

    // One input and two classes of equal spread around −2 and 2.
    private static (Matrix<double> Inputs, Matrix<double> Targets, double[] Weights) TwoBlobs(int rows)
    {
        var random = new Random(3);
        var inputs = Matrix<double>.Build.Dense(rows, 2, (i, j) => j == 1 ? 1 : (i % 2 == 0 ? -2 : 2) + random.NextDouble() - 0.5);
        var targets = Matrix<double>.Build.Dense(rows, 2, (i, c) => i % 2 == c ? 1 : 0);
        return (inputs, targets, [.. Enumerable.Repeat(1.0, rows)]);
    }

    [Fact]
    public void Without_a_share_of_the_discriminant_it_is_the_regression()
    {
        var (inputs, targets, weights) = TwoBlobs(100);
        var settings = new LinearSettings { DiscriminantShare = 0 };
        Assert.Equal(SoftmaxRegression.Fit(inputs, targets, weights, settings.FitPenalty), StageWeights.Fit(inputs, targets, weights, settings));
    }

    [Fact]
    public void The_discriminant_is_that_of_two_gaussians_at_half_strength()
    {
        var (inputs, targets, weights) = TwoBlobs(10_000);
        var fitted = StageWeights.Fit(inputs, targets, weights, Discriminant);

        // Log odds grow by the distance of the means over the variance, 4 / (1/12) = 48, and meet in the middle.
        Assert.Equal(24, fitted[0, 1] - fitted[0, 0], 0.5);
        Assert.Equal(0, fitted[1, 1] - fitted[1, 0], 0.5);
        Assert.Equal(0, fitted.RowSums().L2Norm(), 1e-9);
    }

    [Fact]
    public void By_default_both_have_their_say()
    {
        var (inputs, targets, weights) = TwoBlobs(200);
        var both = StageWeights.Fit(inputs, targets, weights, new LinearSettings());
        var mean = (StageWeights.Fit(inputs, targets, weights, Discriminant) + StageWeights.Fit(inputs, targets, weights, new LinearSettings { DiscriminantShare = 0 })) / 2;
        Assert.Equal(0, (both - mean).FrobeniusNorm(), 1e-9);
    }

    [Fact]
    public void Classes_that_do_not_vary_at_all_give_bounded_weights()
    {
        var inputs = Matrix<double>.Build.Dense(300, 3, (i, j) => j == 2 ? 1 : i % 2 == 0 ? -1 : 1);
        var targets = Matrix<double>.Build.Dense(300, 2, (i, c) => i % 2 == c ? 1 : 0);
        var fitted = StageWeights.Fit(inputs, targets, [.. Enumerable.Repeat(1.0, 300)], Discriminant);
        Assert.InRange(fitted.FrobeniusNorm(), 1, 30);
        Assert.True((inputs * fitted).Row(1)[1] > (inputs * fitted).Row(1)[0]);
    }

    [Fact]
    public void More_inputs_than_rows_still_give_numbers()
    {
        var random = new Random(4);
        var inputs = Matrix<double>.Build.Dense(12, 31, (_, j) => j == 30 ? 1 : random.NextDouble());
        var targets = Matrix<double>.Build.Dense(12, 3, (i, c) => i % 3 == c ? 1 : 0);
        var fitted = StageWeights.Fit(inputs, targets, [.. Enumerable.Repeat(1.0, 12)], Discriminant);
        Assert.All(fitted.Enumerate(), w => Assert.True(Math.Abs(w) < 1000));
    }
}
