using HarEdge.Trainer.Learning;

namespace HarEdge.Trainer.Teachers.Blending;

/// <summary>
/// A blend in two steps: which group a window belongs to by weights that do best over all classes, which class of the group by
/// weights that do best within it. What tells gaits apart is not what tells postures apart.
/// </summary>
internal sealed class GroupedBlend
{
    private readonly double[] overall;
    private readonly IReadOnlyList<(int[] Classes, double[] Factors)> groups;

    private GroupedBlend(double[] overall, IReadOnlyList<(int[] Classes, double[] Factors)> groups)
    {
        this.overall = overall;
        this.groups = groups;
    }

    /// <summary>Finds groups and weights on scores by members that did not learn from the rows.</summary>
    /// <param name="members">Scores of the same rows by each member.</param>
    /// <param name="labels">Label of each row, −1 for rows that do not count.</param>
    internal static GroupedBlend Find(IReadOnlyList<ClassScores> members, IReadOnlyList<int> labels)
    {
        var overall = BlendFactors.Find(members, labels);
        var groups = ClassGroups.Find(BlendFactors.Blend(members, overall), labels)
            .Where(classes => classes.Length > 1)
            .Select(classes => (classes, BlendFactors.Find(
                [.. members.Select(member => member.Select(classes))],
                [.. labels.Select(label => Array.IndexOf(classes, label))])));
        return new GroupedBlend(overall, [.. groups]);
    }

    /// <summary>Logarithms of the blended probabilities.</summary>
    internal ClassScores Blend(IReadOnlyList<ClassScores> members)
    {
        var blend = BlendFactors.Blend(members, overall);
        foreach (var (classes, factors) in groups)
        {
            var within = BlendFactors.Blend([.. members.Select(member => member.Select(classes))], factors);
            for (var row = 0; row < blend.Rows; row++)
            {
                Redistribute(blend[row], classes, within[row]);
            }
        }

        return blend;
    }

    // The group keeps its probability, log Σ exp; its classes share it by the scores within.
    private static void Redistribute(Span<double> scores, int[] classes, ReadOnlySpan<double> within)
    {
        Span<double> former = stackalloc double[classes.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            former[i] = scores[classes[i]];
        }

        var shift = LogSumExp(former) - LogSumExp(within);
        for (var i = 0; i < classes.Length; i++)
        {
            scores[classes[i]] = within[i] + shift;
        }
    }

    private static double LogSumExp(ReadOnlySpan<double> values)
    {
        var highest = values[ClassScores.ArgMax(values)];
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp(value - highest);
        }

        return highest + Math.Log(sum);
    }
}
