using HarEdge.Trainer.Distillation.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Tests.Linear;

public class SoftmaxRegressionTests
{
    private static (Matrix<double> Inputs, Matrix<double> Targets, double[] Weights) Problem(int rows)
    {
        var random = new Random(5);
        var inputs = Matrix<double>.Build.Dense(rows, 4, (_, j) => j == 3 ? 1 : random.NextDouble() * 4 - 2);
        var truth = Matrix<double>.Build.Dense(4, 3, (_, _) => random.NextDouble() * 2 - 1);
        return (inputs, Probabilities(inputs * truth), [.. Enumerable.Repeat(1.0, rows)]);
    }

    private static Matrix<double> Probabilities(Matrix<double> scores)
    {
        var powers = scores.PointwiseExp();
        return Matrix<double>.Build.Dense(scores.RowCount, scores.ColumnCount, (i, k) => powers[i, k] / powers.Row(i).Sum());
    }

    [Fact]
    public void Without_penalty_it_reproduces_probabilities_that_a_linear_model_made()
    {
        var (inputs, targets, weights) = Problem(400);
        var fitted = Probabilities(inputs * SoftmaxRegression.Fit(inputs, targets, weights, 1e-7));
        Assert.True((fitted - targets).InfinityNorm() < 0.02, $"worst row differs by {(fitted - targets).InfinityNorm()}");
    }

    [Fact]
    public void At_the_solution_the_gradient_of_the_penalized_loss_vanishes()
    {
        var (inputs, targets, weights) = Problem(300);
        const double penalty = 0.01;
        var w = SoftmaxRegression.Fit(inputs, targets, weights, penalty);
        var gradient = inputs.TransposeThisAndMultiply(Probabilities(inputs * w) - targets);
        for (var j = 0; j < 3; j++)
        {
            gradient.SetRow(j, gradient.Row(j) + w.Row(j) * penalty * 300);
        }

        Assert.True(gradient.FrobeniusNorm() < 1e-2, $"gradient {gradient.FrobeniusNorm()}");
    }

    [Fact]
    public void A_row_of_weight_two_counts_as_two_rows()
    {
        var (inputs, targets, weights) = Problem(60);
        weights[7] = 2;
        var doubled = SoftmaxRegression.Fit(
            inputs.InsertRow(60, inputs.Row(7)), targets.InsertRow(60, targets.Row(7)), [.. Enumerable.Repeat(1.0, 61)], 0.01 * 60 / 61);
        Assert.True((SoftmaxRegression.Fit(inputs, targets, weights, 0.01) - doubled).FrobeniusNorm() < 1e-3);
    }

    [Fact]
    public void More_rows_than_a_block_are_learned_from_to_the_last()
    {
        var (inputs, targets, weights) = Problem(5000);
        Array.Clear(weights, 0, 4900);
        var (last, lastTargets) = (inputs.SubMatrix(4900, 100, 0, 4), targets.SubMatrix(4900, 100, 0, 3));
        var alone = SoftmaxRegression.Fit(last, lastTargets, weights[4900..], 0.01);
        Assert.True((SoftmaxRegression.Fit(inputs, targets, weights, 0.01 * 100 / 5000) - alone).FrobeniusNorm() < 1e-3);
    }
}
