namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>What each window should be: the teacher's opinion, softened or sharpened, mixed with the label.</summary>
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
            probabilities[row] = Mix(input.SoftLabels[row], table.Labels[row], input.TeacherShare, input.Temperature);
        }

        return new SoftTargets(probabilities, input.Weights ?? [.. Enumerable.Repeat(1f, table.Rows)]);
    }

    /// <summary>The targets of some of the rows.</summary>
    internal SoftTargets Select(IReadOnlyList<int> rows) =>
        new([.. rows.Select(row => Probabilities[row])], [.. rows.Select(row => Weights[row])]);

    /// <summary>Weighted share of each class, never below a millionth, so that its logarithm is a number.</summary>
    internal double[] Priors()
    {
        var sums = new double[Probabilities[0].Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var c = 0; c < sums.Length; c++)
            {
                sums[c] += Weights[row] * Probabilities[row][c];
            }
        }

        var total = sums.Sum();
        return [.. sums.Select(sum => Math.Max(sum / total, 1e-6))];
    }

    private static float[] Mix(float[] teacher, int label, double teacherShare, double temperature)
    {
        var mixed = new float[teacher.Length];
        var power = 1 / temperature;
        var sum = teacher.Sum(p => Math.Pow(p, power));
        var share = label < 0 ? 1 : teacherShare;
        for (var c = 0; c < mixed.Length; c++)
        {
            mixed[c] = (float)((share * Math.Pow(teacher[c], power) / sum) + (c == label ? 1 - share : 0));
        }

        return mixed;
    }
}
