using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>
/// Multinomial logistic regression on soft targets with an L2 penalty, by Böhning's bound: the Hessian is at most half of
/// XᵀX for each class (Böhning, Ann. Inst. Stat. Math. 44, 1992), so one Cholesky factor serves every step and each step
/// lowers the loss. Nesterov's momentum with restarts makes it fast. Deterministic.
/// </summary>
internal static class SoftmaxRegression
{
    private const int MostSteps = 300;
    private const double Tolerance = 1e-6;

    /// <summary>Fits weights.</summary>
    /// <param name="inputs">Rows × d, the last column all ones (its weight is not penalized).</param>
    /// <param name="targets">Rows × classes, each row summing to 1.</param>
    /// <param name="rowWeights">Weight of each row; their mean should be near 1.</param>
    /// <param name="penalty">L2 penalty per row of data; inputs are standardized, 1e-3 to 1e-2 is usual.</param>
    /// <returns>d × classes weights in natural logarithm units.</returns>
    public static Matrix<double> Fit(Matrix<double> inputs, Matrix<double> targets, double[] rowWeights, double penalty) =>
        Fit(inputs, targets, rowWeights, Gram.Of(inputs, targets, rowWeights), penalty);

    /// <summary>Fits weights when the rows' Gram matrices are there already.</summary>
    internal static Matrix<double> Fit(Matrix<double> inputs, Matrix<double> targets, double[] rowWeights, Gram gram, double penalty)
    {
        var n = inputs.RowCount;
        var d = inputs.ColumnCount;
        var ridge = Vector<double>.Build.Dense(d, j => j == d - 1 ? 1e-9 * n : penalty * n);
        var bound = gram.Inputs * 0.5;
        for (var j = 0; j < d; j++)
        {
            bound[j, j] += ridge[j];
        }

        var factor = bound.Cholesky();
        var loss = new SoftmaxLoss(inputs, targets, rowWeights);
        var weights = Matrix<double>.Build.Dense(d, targets.ColumnCount);
        var ahead = weights.Clone();
        double momentum = 1;
        for (var step = 0; step < MostSteps; step++)
        {
            var gradient = loss.Gradient(ahead);
            for (var j = 0; j < d; j++)
            {
                gradient.SetRow(j, gradient.Row(j) + ahead.Row(j) * ridge[j]);
            }

            var next = ahead - factor.Solve(gradient);
            var moved = next - weights;

            // Restart the momentum when it points uphill (O'Donoghue and Candès 2015).
            var uphill = gradient.PointwiseMultiply(moved).Enumerate().Sum() > 0;
            var nextMomentum = uphill ? 1 : (1 + Math.Sqrt(1 + 4 * momentum * momentum)) / 2;
            ahead = uphill ? next : next + moved * ((momentum - 1) / nextMomentum);
            momentum = nextMomentum;
            weights = next;
            if (moved.FrobeniusNorm() < Tolerance * (1 + weights.FrobeniusNorm()))
            {
                break;
            }
        }

        return weights;
    }
}
