using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>One half of the people to fit least squares on, the other to judge it.</summary>
internal sealed class Half(Gram fit, Gram judge, double penalty)
{
    private readonly double ridge = penalty * fit.Weight;

    /// <summary>Fits on the given columns, ready to ask what each further column would gain.</summary>
    public FittedHalf Fitted(int[] columns)
    {
        var k = columns.Length;
        var normal = Matrix<double>.Build.Dense(k, k, (i, j) => fit.Inputs[columns[i], columns[j]] + (i == j ? ridge : 0));
        var cross = Matrix<double>.Build.Dense(k, fit.Cross.ColumnCount, (i, c) => fit.Cross[columns[i], c]);
        var inverse = normal.Inverse();
        return new FittedHalf(fit, judge, ridge, columns, inverse, inverse * cross);
    }
}
