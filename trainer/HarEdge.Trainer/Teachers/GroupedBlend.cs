using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// A blend in two steps: which group a window belongs to by weights that do best over all classes, which class of the group by
/// weights that do best within it. What separates gaits is not what separates postures.
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

/// <summary>
/// How much each member's scores count in a blend: blended = Σ factor[m] · score[m], a weighted geometric mean of calibrated
/// probabilities. A factor is a weight divided by the member's temperature and by the blend's own.
/// </summary>
internal static class BlendFactors
{
    // Weights are tried in tenths: finer steps would choose among differences of a window or two.
    private const int Steps = 10;

    /// <summary>Finds the factors that make the fewest errors on cross-fitted scores, log-loss breaks ties; or those of the lowest log-loss.</summary>
    /// <param name="members">Scores of the same rows by each member.</param>
    /// <param name="labels">Label of each row, −1 for rows that do not count.</param>
    /// <param name="byLoss">
    /// For some hundred rows and fewer. Weights that make the fewest errors there are often chance, and worse on others than the best member alone; log-loss changes little with single rows.
    /// </param>
    internal static double[] Find(IReadOnlyList<ClassScores> members, IReadOnlyList<int> labels, bool byLoss = false)
    {
        var inverse = members.Select(member => InverseTemperature(member, labels)).ToArray();
        double[] best = [];
        var fewestErrors = int.MaxValue;
        var lowestLoss = double.PositiveInfinity;
        foreach (var weights in Weights(members.Count, Steps))
        {
            var factors = weights.Select((weight, m) => weight * inverse[m] / Steps).ToArray();
            var blend = Blend(members, factors);
            var errors = byLoss ? 0 : blend.Errors(labels);
            if (errors > fewestErrors)
            {
                continue;
            }

            var loss = blend.LogLoss(labels);
            if (errors < fewestErrors || loss < lowestLoss)
            {
                (best, fewestErrors, lowestLoss) = (factors, errors, loss);
            }
        }

        var sharpen = InverseTemperature(Blend(members, best), labels);
        return [.. best.Select(factor => factor * sharpen)];
    }

    /// <summary>Adds up scores.</summary>
    internal static ClassScores Blend(IReadOnlyList<ClassScores> members, double[] factors)
    {
        var blend = new ClassScores(members[0].Rows, members[0].Classes);
        for (var row = 0; row < blend.Rows; row++)
        {
            var sum = blend[row];
            for (var m = 0; m < factors.Length; m++)
            {
                var scores = members[m][row];
                for (var c = 0; c < sum.Length; c++)
                {
                    sum[c] += factors[m] * scores[c];
                }
            }
        }

        return blend;
    }

    /// <summary>
    /// The factor on all scores that gives the lowest log-loss, between 1/64 and 64, to about 1 %: temperature scaling (Guo and
    /// others, On Calibration of Modern Neural Networks, 2017).
    /// </summary>
    internal static double InverseTemperature(ClassScores scores, IReadOnlyList<int> labels)
    {
        // Log-loss is convex in the factor, hence has one valley in its logarithm too: ternary search closes in on it.
        var low = Math.Log(1.0 / 64);
        var high = Math.Log(64);
        while (high - low > 0.01)
        {
            var left = low + ((high - low) / 3);
            var right = high - ((high - low) / 3);
            if (scores.LogLoss(labels, Math.Exp(left)) <= scores.LogLoss(labels, Math.Exp(right)))
            {
                high = right;
            }
            else
            {
                low = left;
            }
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>Every way to deal a number of steps to the members.</summary>
    private static IEnumerable<int[]> Weights(int members, int steps)
    {
        if (members == 1)
        {
            yield return [steps];
            yield break;
        }

        for (var first = steps; first >= 0; first--)
        {
            foreach (var rest in Weights(members - 1, steps - first))
            {
                yield return [first, .. rest];
            }
        }
    }
}

/// <summary>
/// Several teachers in one voice: a weighted geometric mean of their calibrated probabilities, weighted anew within each group
/// of classes that are taken for each other. Groups, weights and temperatures are chosen on windows of people the members did
/// not learn from; for cross-fitted labels even those of the fold are left out.
/// </summary>
/// <param name="members">Teachers to blend, at least one.</param>
internal sealed class BlendedTeacher(IReadOnlyList<Teacher> members) : Teacher
{
    private const int OwnFolds = 5;

    /// <inheritdoc/>
    public override string Name => "blend of " + string.Join(" and ", members.Select(member => member.Name));

    /// <inheritdoc/>
    public override int Parts => members.Count;

    /// <inheritdoc/>
    public override CrossFittedLabels TrainAndCrossFit(
        WindowTable table,
        CrossFitFolds folds,
        int seed,
        WindowTable? further = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(folds);
        return Blend([.. members.Select(member => CrossFitting.Run(member, table, folds, seed, further, progress, cancellation))], table, folds, further);
    }

    /// <summary>Blends members that are already fitted to the same windows and folds; the blend owns their teachers.</summary>
    internal static CrossFittedLabels Blend(IReadOnlyList<CrossFitting> fitted, WindowTable table, CrossFitFolds folds, WindowTable? further)
    {
        var scores = fitted.Select(f => f.Scores).ToList();
        var blendOfFold = Enumerable.Range(0, folds.Count)
            .AsParallel().AsOrdered().Select(fold => BlendWithout(fold, table, folds, scores)).ToArray();
        var ofTable = BlendByFold(scores, blendOfFold, row => folds.FoldOf(table, row));
        var ofFurther = further is null
            ? null
            : BlendByFold([.. fitted.Select(f => f.FurtherScores!)], blendOfFold, row => folds.FoldOf(further, row));
        var teacher = new Trained([.. fitted.Select(f => f.Teacher)], GroupedBlend.Find(scores, table.Labels));
        return new CrossFittedLabels(teacher, ofTable.Softmax(), ofFurther?.Softmax());
    }

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation) =>
        TrainAndCrossFit(table, new CrossFitFolds(table, OwnFolds, seed), seed, cancellation: cancellation).Teacher;

    private static GroupedBlend BlendWithout(int fold, WindowTable table, CrossFitFolds folds, List<ClassScores> scores)
    {
        var labels = table.Labels.Select((label, row) => folds.FoldOf(table, row) == fold ? -1 : label).ToArray();
        return GroupedBlend.Find(scores, labels);
    }

    private static ClassScores BlendByFold(List<ClassScores> members, GroupedBlend[] blendOfFold, Func<int, int> foldOf)
    {
        var ofFold = blendOfFold.Select(found => found.Blend(members)).ToArray();
        var blend = new ClassScores(members[0].Rows, members[0].Classes);
        for (var row = 0; row < blend.Rows; row++)
        {
            ofFold[foldOf(row)][row].CopyTo(blend[row]);
        }

        return blend;
    }

    private sealed class Trained(IReadOnlyList<TrainedTeacher> members, GroupedBlend blend) : TrainedTeacher
    {
        public override ClassScores Score(WindowTable table) => blend.Blend([.. members.Select(member => member.Score(table))]);

        protected override void Dispose(bool disposing)
        {
            foreach (var member in members)
            {
                member.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
