using System.Numerics.Tensors;
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

/// <summary>
/// Gradient of the weighted cross-entropy between soft targets and the softmax of linear scores. Rows are taken in blocks of fixed
/// size whose sums are added in order: the same bits on any number of cores.
/// </summary>
internal sealed class SoftmaxLoss
{
    // 43 inputs of a block are 0.7 MB: both passes over them find it in the cache.
    private const int BlockRows = 2048;

    private readonly RowBlock[] blocks;
    private readonly int inputCount;
    private readonly int classCount;

    /// <param name="inputs">Rows × d.</param>
    /// <param name="targets">Rows × classes, each row summing to 1.</param>
    /// <param name="rowWeights">Weight of each row.</param>
    public SoftmaxLoss(Matrix<double> inputs, Matrix<double> targets, double[] rowWeights)
    {
        inputCount = inputs.ColumnCount;
        classCount = targets.ColumnCount;
        blocks = [.. Enumerable.Range(0, (inputs.RowCount + BlockRows - 1) / BlockRows).Select(i =>
        {
            var start = i * BlockRows;
            var rows = Math.Min(BlockRows, inputs.RowCount - start);
            return new RowBlock(Columns(inputs, start, rows), Columns(targets, start, rows), rowWeights[start..(start + rows)]);
        })];
    }

    /// <summary>Gradient with respect to the weights.</summary>
    /// <param name="weights">d × classes.</param>
    /// <returns>d × classes.</returns>
    public Matrix<double> Gradient(Matrix<double> weights)
    {
        var parts = new double[blocks.Length][];
        Parallel.For(0, blocks.Length, i => parts[i] = GradientOf(blocks[i], weights));
        var sum = parts[0];
        foreach (var part in parts.AsSpan(1))
        {
            TensorPrimitives.Add(sum, part, sum);
        }

        return Matrix<double>.Build.Dense(inputCount, classCount, sum);
    }

    // By column: entry (j, k) at j + d·k, as MathNet keeps matrices.
    private double[] GradientOf(RowBlock block, Matrix<double> weights)
    {
        var rows = block.RowWeights.Length;
        var scores = new double[classCount][];
        for (var k = 0; k < classCount; k++)
        {
            scores[k] = new double[rows];
            for (var j = 0; j < inputCount; j++)
            {
                TensorPrimitives.MultiplyAdd(block.Inputs[j], weights[j, k], scores[k], scores[k]);
            }
        }

        Softmax(scores);
        var gradient = new double[inputCount * classCount];
        for (var k = 0; k < classCount; k++)
        {
            TensorPrimitives.Subtract(scores[k], block.Targets[k], scores[k]);
            TensorPrimitives.Multiply(scores[k], block.RowWeights, scores[k]);
            for (var j = 0; j < inputCount; j++)
            {
                gradient[j + inputCount * k] = TensorPrimitives.Dot<double>(block.Inputs[j], scores[k]);
            }
        }

        return gradient;
    }

    // For each row, over the classes; the highest score is taken off first, so that no exponential overflows.
    private static void Softmax(double[][] scores)
    {
        var highest = (double[])scores[0].Clone();
        foreach (var score in scores.AsSpan(1))
        {
            TensorPrimitives.Max(highest, score, highest);
        }

        var sum = new double[highest.Length];
        foreach (var score in scores)
        {
            TensorPrimitives.Subtract(score, highest, score);
            TensorPrimitives.Exp(score, score);
            TensorPrimitives.Add(sum, score, sum);
        }

        foreach (var score in scores)
        {
            TensorPrimitives.Divide(score, sum, score);
        }
    }

    private static double[][] Columns(Matrix<double> matrix, int start, int rows) =>
        [.. Enumerable.Range(0, matrix.ColumnCount).Select(j => matrix.Column(j, start, rows).ToArray())];

    private sealed record RowBlock(double[][] Inputs, double[][] Targets, double[] RowWeights);
}
