using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Learning;

/// <summary>
/// Linear discriminant analysis in closed form: score[c] = w[c]·x + b[c], with w[c] = S⁻¹·mean[c], where S is the covariance
/// within classes, shrunk towards a multiple of the identity (Friedman, Regularized Discriminant Analysis, 1989).
/// </summary>
/// <param name="Weights">Inputs × classes.</param>
/// <param name="Bias">One for each class.</param>
internal sealed record DiscriminantRule(Matrix<double> Weights, double[] Bias)
{
    // An absent class: far below any real score, and still a number.
    private const double NeverScore = -1e6;

    /// <summary>Solves for the weights.</summary>
    /// <param name="scatter">Inputs × inputs: sum over rows of the products of their differences from their class's mean.</param>
    /// <param name="means">Inputs × classes.</param>
    /// <param name="counts">Rows of each class.</param>
    /// <param name="shrinkage">0 (the covariance as measured) to below 1 (nearly a multiple of the identity).</param>
    internal static DiscriminantRule Of(Matrix<double> scatter, Matrix<double> means, IReadOnlyList<double> counts, double shrinkage)
    {
        var rows = counts.Sum();
        var covariance = scatter * ((1 - shrinkage) / rows);
        var meanVariance = covariance.Trace() / covariance.RowCount / (1 - shrinkage);

        // Columns that never vary within a class leave a zero on the diagonal; a trace of it keeps the matrix invertible.
        covariance.SetDiagonal(covariance.Diagonal() + Math.Max(shrinkage * meanVariance, 1e-9));
        var weights = covariance.Cholesky().Solve(means);
        return new DiscriminantRule(
            weights,
            [.. counts.Select((count, c) => count == 0 ? NeverScore : Math.Log(count / rows) - (0.5 * weights.Column(c).DotProduct(means.Column(c))))]);
    }
}
