namespace HarEdge.Trainer.Distillation;

/// <summary>What a window should be: the teacher's opinion, softened or sharpened, mixed with the label.</summary>
internal static class MixedTarget
{
    /// <summary>Mixes; the result sums to 1.</summary>
    /// <param name="teacher">The teacher's probability of each class, up to a common factor; at least one is above 0.</param>
    /// <param name="label">Index of the label among the classes; negative for a window that has only the teacher.</param>
    /// <param name="teacherShare">0 (label only) to 1 (teacher only).</param>
    /// <param name="temperature">The teacher's logarithms are divided by this: above 1 softens, below 1 sharpens.</param>
    internal static double[] Of(ReadOnlySpan<double> teacher, int label, double teacherShare, double temperature)
    {
        var mixed = new double[teacher.Length];
        var sum = 0.0;
        for (var c = 0; c < mixed.Length; c++)
        {
            mixed[c] = Math.Pow(teacher[c], 1 / temperature);
            sum += mixed[c];
        }

        var share = label < 0 ? 1 : teacherShare;
        for (var c = 0; c < mixed.Length; c++)
        {
            mixed[c] = (share * mixed[c] / sum) + (c == label ? 1 - share : 0);
        }

        return mixed;
    }
}
