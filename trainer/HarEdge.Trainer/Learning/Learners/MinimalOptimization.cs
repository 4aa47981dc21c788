namespace HarEdge.Trainer.Learning.Learners;

/// <summary>One machine: positive for the first class.</summary>
internal sealed record PairMachine(int First, int Second, int[] Rows, float[] Factors, float Bias);

/// <summary>Gaussian kernel values of rows, by |x|² + |y|² − 2·x·y.</summary>
internal static class GaussianKernel
{
    // 32 rows of 600 columns are 77 kB: they stay in the cache while another tile passes by.
    private const int TileRows = 32;

    /// <summary>All of them, row by row.</summary>
    public static float[][] Of(float[][] rows, float gamma, CancellationToken cancellation)
    {
        var squares = Array.ConvertAll(rows, row => InnerProducts.Product(row, row));
        var kernel = new float[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            kernel[i] = new float[rows.Length];
        }

        var tiles = (rows.Length + TileRows - 1) / TileRows;
        Parallel.For(0, tiles, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, tile =>
        {
            for (var other = 0; other <= tile; other++)
            {
                for (var i = tile * TileRows; i < Math.Min(rows.Length, (tile + 1) * TileRows); i++)
                {
                    for (var j = other * TileRows; j < Math.Min(i + 1, (other + 1) * TileRows); j++)
                    {
                        kernel[i][j] = Value(squares[i], squares[j], InnerProducts.Product(rows[i], rows[j]), gamma);
                    }
                }
            }
        });
        Parallel.For(0, rows.Length, i =>
        {
            for (var j = i + 1; j < rows.Length; j++)
            {
                kernel[i][j] = kernel[j][i];
            }
        });
        return kernel;
    }

    /// <summary>One of them.</summary>
    public static float Value(float squareOfFirst, float squareOfSecond, float product, float gamma) =>
        MathF.Exp(-gamma * MathF.Max(0, squareOfFirst + squareOfSecond - (2 * product)));
}

/// <summary>Solves min ½αᵀQα − Σα with 0 ≤ α ≤ C and Σyα = 0 by pairs of variables.</summary>
internal static class MinimalOptimization
{
    private const double Tolerance = 1e-3;
    private const double LeastCurvature = 1e-12;
    private const int IterationsPerRow = 100;

    public static PairMachine Solve(float[][] kernel, int[] members, bool[] isFirst, int first, int second, double cost)
    {
        var n = members.Length;
        var y = Array.ConvertAll(isFirst, value => value ? 1.0 : -1.0);
        var alpha = new double[n];
        var gradient = new double[n];
        Array.Fill(gradient, -1);
        for (var iteration = 0; iteration < IterationsPerRow * Math.Max(n, 100); iteration++)
        {
            var (i, j) = WorkingSet(kernel, members, y, alpha, gradient, cost);
            if (j < 0)
            {
                break;
            }

            Step(kernel, members, y, alpha, gradient, cost, i, j);
        }

        int[] support = [.. Enumerable.Range(0, n).Where(row => alpha[row] > 0)];
        return new PairMachine(
            first, second, Array.ConvertAll(support, row => members[row]), Array.ConvertAll(support, row => (float)(alpha[row] * y[row])), (float)-Threshold(y, alpha, gradient, cost));
    }

    private static (int I, int J) WorkingSet(float[][] kernel, int[] members, double[] y, double[] alpha, double[] gradient, double cost)
    {
        var highest = double.NegativeInfinity;
        var i = -1;
        for (var t = 0; t < y.Length; t++)
        {
            var isUp = y[t] > 0 ? alpha[t] < cost : alpha[t] > 0;
            if (isUp && -y[t] * gradient[t] > highest)
            {
                highest = -y[t] * gradient[t];
                i = t;
            }
        }

        if (i < 0)
        {
            return (-1, -1);
        }

        var row = kernel[members[i]];
        var lowest = double.PositiveInfinity;
        var best = double.PositiveInfinity;
        var j = -1;
        for (var t = 0; t < y.Length; t++)
        {
            var isLow = y[t] > 0 ? alpha[t] > 0 : alpha[t] < cost;
            if (!isLow)
            {
                continue;
            }

            var value = -y[t] * gradient[t];
            lowest = Math.Min(lowest, value);
            var difference = highest - value;
            if (difference > 0)
            {
                // A Gaussian kernel has ones on its diagonal: the curvature of the pair is 2 − 2K.
                var decrease = -(difference * difference) / Math.Max(2 - (2.0 * row[members[t]]), LeastCurvature);
                if (decrease < best)
                {
                    best = decrease;
                    j = t;
                }
            }
        }

        return highest - lowest < Tolerance ? (-1, -1) : (i, j);
    }

    private static void Step(float[][] kernel, int[] members, double[] y, double[] alpha, double[] gradient, double cost, int i, int j)
    {
        var rowI = kernel[members[i]];
        var rowJ = kernel[members[j]];
        var curvature = Math.Max(2 - (2.0 * rowI[members[j]]), LeastCurvature);

        // Along the direction that keeps Σyα: α_i grows by y_i·d, α_j by −y_j·d.
        var delta = ((-y[i] * gradient[i]) + (y[j] * gradient[j])) / curvature;
        delta = Math.Min(delta, y[i] > 0 ? cost - alpha[i] : alpha[i]);
        delta = Math.Min(delta, y[j] > 0 ? alpha[j] : cost - alpha[j]);
        alpha[i] = Math.Clamp(alpha[i] + (y[i] * delta), 0, cost);
        alpha[j] = Math.Clamp(alpha[j] - (y[j] * delta), 0, cost);
        for (var t = 0; t < y.Length; t++)
        {
            gradient[t] += y[t] * delta * (rowI[members[t]] - rowJ[members[t]]);
        }
    }

    // Mean over the free rows, or the middle of what the bound ones allow.
    private static double Threshold(double[] y, double[] alpha, double[] gradient, double cost)
    {
        double upper = double.PositiveInfinity, lower = double.NegativeInfinity, sum = 0;
        var free = 0;
        for (var t = 0; t < y.Length; t++)
        {
            var value = y[t] * gradient[t];
            if (alpha[t] >= cost)
            {
                (upper, lower) = y[t] < 0 ? (Math.Min(upper, value), lower) : (upper, Math.Max(lower, value));
            }
            else if (alpha[t] <= 0)
            {
                (upper, lower) = y[t] > 0 ? (Math.Min(upper, value), lower) : (upper, Math.Max(lower, value));
            }
            else
            {
                free++;
                sum += value;
            }
        }

        return free > 0 ? sum / free : (upper + lower) / 2;
    }
}
