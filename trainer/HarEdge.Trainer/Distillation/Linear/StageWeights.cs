using HarEdge.Trainer.Learning;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>
/// Weights of a linear stage: the mean of multinomial logistic regression, which does better with a dozen features, and of a
/// linear discriminant, which does better with a hundred: it learns means and one covariance instead of a border, and has less
/// to overfit the few people with. A mean of linear scores is linear, so the device pays for one of them.
/// </summary>
internal static class StageWeights
{
    // Neighboring windows and versions of one recording are no independent witnesses, for which a discriminant takes them: its
    // scores are too sure by about this factor.
    private const double Overconfidence = 2;

    private const double MostShrinkage = 0.9;

    // Classes that hardly vary give weights without bound. On recordings of people the norm is 10 to 45; more would only decide the
    // same and not fit 16 bits.
    private const double MostNorm = 60;

    /// <summary>Fits weights.</summary>
    /// <param name="inputs">Rows × d, standardized, the last column all ones.</param>
    /// <param name="targets">Rows × classes, each row summing to 1; every class has a share.</param>
    /// <param name="rowWeights">Weight of each row; their mean should be near 1.</param>
    /// <param name="settings">Penalty of the regression and share of the discriminant.</param>
    /// <returns>d × classes weights in natural logarithm units.</returns>
    public static Matrix<double> Fit(Matrix<double> inputs, Matrix<double> targets, double[] rowWeights, LinearSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var gram = Gram.Of(inputs, targets, rowWeights);
        var regression = SoftmaxRegression.Fit(inputs, targets, rowWeights, gram, settings.FitPenalty);
        return settings.DiscriminantShare == 0
            ? regression
            : regression * (1 - settings.DiscriminantShare) + Discriminant(gram, inputs.RowCount) * (settings.DiscriminantShare / Overconfidence);
    }

    // Shrunk the more, the fewer rows there are for an input: by a third of a percent for 90 inputs and 30,000 rows.
    private static Matrix<double> Discriminant(Gram gram, int rows)
    {
        var inputs = gram.Inputs.RowCount - 1;
        var counts = gram.Cross.Row(inputs);
        var means = Matrix<double>.Build.Dense(inputs, counts.Count, (j, c) => gram.Cross[j, c] / counts[c]);
        var scatter = gram.Inputs.SubMatrix(0, inputs, 0, inputs)
            - means * Matrix<double>.Build.DenseOfDiagonalVector(counts) * means.Transpose();
        var rule = DiscriminantRule.Of(scatter, means, counts.ToArray(), Math.Min(MostShrinkage, (double)inputs / rows));
        var weights = rule.Weights.InsertRow(inputs, Vector<double>.Build.DenseOfArray(rule.Bias));

        // What all classes share decides nothing and would only widen the numbers.
        var shared = weights.RowSums() / counts.Count;
        weights -= Matrix<double>.Build.DenseOfColumnVectors(Enumerable.Repeat(shared, counts.Count));
        return weights * Math.Min(1, MostNorm / weights.FrobeniusNorm());
    }
}
