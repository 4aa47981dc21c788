namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>What each window should be, and how much it counts.</summary>
internal sealed class SoftTargets
{
    private SoftTargets(float[][] probabilities, float[] weights)
    {
        Probabilities = probabilities;
        Weights = weights;
    }

    /// <summary>Rows × classes, each row summing to 1.</summary>
    internal float[][] Probabilities { get; }

    /// <summary>Weight of each row.</summary>
    internal float[] Weights { get; }

    internal int Rows => Weights.Length;

    internal static SoftTargets Of(DistillationInput input)
    {
        var table = input.Table;
        if (table.Rows == 0)
        {
            throw new InputException("There is no training window to distil from.", "Add recordings longer than one window.");
        }

        if (input.SoftLabels.Length != table.Rows || (input.Weights is { } given && given.Length != table.Rows))
        {
            throw new ArgumentException($"expected soft labels and weights for {table.Rows} rows", nameof(input));
        }

        var probabilities = new float[table.Rows][];
        for (var row = 0; row < table.Rows; row++)
        {
            var teacher = Array.ConvertAll(input.SoftLabels[row], p => (double)p);
            probabilities[row] = Array.ConvertAll(MixedTarget.Of(teacher, table.Labels[row], input.DistillationWeight, input.Temperature), p => (float)p);
        }

        return new SoftTargets(probabilities, input.Weights ?? [.. Enumerable.Repeat(1f, table.Rows)]);
    }

    /// <summary>The targets of some of the rows.</summary>
    internal SoftTargets Select(IReadOnlyList<int> rows) =>
        new([.. rows.Select(row => Probabilities[row])], [.. rows.Select(row => Weights[row])]);

    /// <summary>Weighted sum over rows, one a class.</summary>
    internal double[] SumsOf(IEnumerable<int> rows)
    {
        var sums = new double[Probabilities[0].Length];
        foreach (var row in rows)
        {
            for (var c = 0; c < sums.Length; c++)
            {
                sums[c] += Weights[row] * Probabilities[row][c];
            }
        }

        return sums;
    }

    /// <summary>Weighted share of each class, never below a millionth, so that its logarithm is a number.</summary>
    internal double[] Priors()
    {
        var sums = SumsOf(Enumerable.Range(0, Rows));
        var total = sums.Sum();
        return [.. sums.Select(sum => Math.Max(sum / total, 1e-6))];
    }
}
