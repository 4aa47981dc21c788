using HarEdge.Trainer.Learning.LightGbm;
using HarEdge.Trainer.Windows;

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

/// <summary>
/// The columns worth a closer look. Features are many and alike; a first ensemble over all of them, each tree with its own draw,
/// finds the useful ones and their cheaper relatives, and everything after runs on a tenth of the columns.
/// </summary>
internal static class FeaturePrefilter
{
    private const int MostColumns = 120;
    private const int Iterations = 25;
    private const double ColumnShare = 0.15;
    private static readonly EnsembleShape Shape = new(8, 0.3);

    /// <summary>Columns by falling usefulness; none that alone exceeds the instructions.</summary>
    internal static List<int> Of(DistillationInput input, SoftTargets targets)
    {
        var affordable = Enumerable.Range(0, input.Table.Columns).Where(column => input.PriceOf([column]) <= input.Budget.Instructions).ToList();
        if (affordable.Count == 0)
        {
            throw NothingFits(input);
        }

        var share = affordable.Count <= MostColumns ? 1 : ColumnShare;
        var ensemble = BoostedEnsemble.Fit(
            new ColumnSubset(input.Table, affordable), targets, Shape, Iterations * input.ClassCount * Shape.NodesOfTree, null, input.Seed, share);
        var gains = new double[affordable.Count];
        foreach (var tree in ensemble.Trees)
        {
            for (var split = 0; split < tree.Features.Count; split++)
            {
                gains[tree.Features[split]] += tree.Gains[split];
            }
        }

        return [.. Enumerable.Range(0, affordable.Count)
            .Where(i => gains[i] > 0)
            .OrderByDescending(i => gains[i]).ThenBy(i => i)
            .Take(MostColumns).Select(i => affordable[i])];
    }

    internal static InputException NothingFits(DistillationInput input)
    {
        (int Value, string Unit)[] limits =
            [(input.Budget.Instructions, "instructions"), (input.Budget.Bytes, "bytes"), (input.Budget.Nodes, "nodes")];
        var set = limits.Where(limit => limit.Value < int.MaxValue).Select(limit => $"{limit.Value} {limit.Unit}").ToList();
        return new InputException(
            "No feature separates the activities" + (set.Count == 0 ? "." : $" within {string.Join(", ", set)}."),
            "Allow the model more, or record more of each activity.");
    }
}

/// <summary>Some columns and rows of a table, as LightGBM takes them.</summary>
internal sealed class ColumnSubset(WindowTable table, IReadOnlyList<int> columns, IReadOnlyList<int>? rows = null)
{
    /// <summary>The table's column each of this one's stands for.</summary>
    internal IReadOnlyList<int> Columns { get; } = columns;

    internal LightGbmDataset Bin(LightGbmParameters parameters)
    {
        var count = rows?.Count ?? table.Rows;
        var values = new double[count * Columns.Count];
        for (var i = 0; i < count; i++)
        {
            var row = table.Row(rows?[i] ?? i);
            for (var c = 0; c < Columns.Count; c++)
            {
                values[(i * Columns.Count) + c] = row[Columns[c]];
            }
        }

        return LightGbmDataset.FromRows(values, Columns.Count, parameters);
    }
}
