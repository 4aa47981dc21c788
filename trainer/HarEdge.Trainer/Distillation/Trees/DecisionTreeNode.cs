using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>A node of a decision tree on its way: a leaf until it is split, and again when it is pruned.</summary>
internal sealed class DecisionTreeNode
{
    /// <summary>A leaf.</summary>
    /// <param name="targets">What each row should be.</param>
    /// <param name="rows">Rows that get here.</param>
    internal DecisionTreeNode(SoftTargets targets, IEnumerable<int> rows)
    {
        Sums = [];
        Count(targets, rows);
    }

    /// <summary>Weighted sum of the targets of the rows that get here, one a class.</summary>
    internal double[] Sums { get; private set; }

    /// <summary>The class most expected here; ties go to the lowest index.</summary>
    internal int Class { get; private set; }

    /// <summary>The table's column of the split.</summary>
    internal int Column { get; private set; } = -1;

    /// <summary>Values at most this go left.</summary>
    internal int Threshold { get; private set; }

    internal DecisionTreeNode? Left { get; private set; }

    internal DecisionTreeNode? Right { get; private set; }

    internal bool IsLeaf => Left is null;

    /// <summary>Splits and leaves from here on.</summary>
    internal int Nodes => IsLeaf ? 1 : 1 + Left!.Nodes + Right!.Nodes;

    /// <summary>Weight expected to be right when every leaf below names its class.</summary>
    internal double ExpectedRight => IsLeaf ? Sums[Class] : Left!.ExpectedRight + Right!.ExpectedRight;

    internal void Split(int column, int threshold, DecisionTreeNode left, DecisionTreeNode right) =>
        (Column, Threshold, Left, Right) = (column, threshold, left, right);

    internal void Prune() => (Column, Threshold, Left, Right) = (-1, 0, null, null);

    /// <summary>Takes the sums of other rows that get here now.</summary>
    internal void Count(SoftTargets targets, IEnumerable<int> rows)
    {
        Sums = targets.SumsOf(rows);
        Class = ClassScores.ArgMax(Sums);
    }

    /// <summary>Which side of the split a row of the table falls on.</summary>
    internal bool GoesLeft(ReadOnlySpan<int> row) => row[Column] <= Threshold;

    /// <summary>The class of the leaf a row of the table falls into.</summary>
    internal int ClassOf(ReadOnlySpan<int> row)
    {
        var node = this;
        while (!node.IsLeaf)
        {
            node = node.GoesLeft(row) ? node.Left! : node.Right!;
        }

        return node.Class;
    }

    /// <summary>This node and all below, each before its children.</summary>
    internal IEnumerable<DecisionTreeNode> All() => IsLeaf ? [this] : [this, .. Left!.All(), .. Right!.All()];
}

/// <summary>Puts what was learned into a model; what is decided after distillation stays switched off.</summary>
internal static class TreeModel
{
    /// <summary>A model without unknown rule, temporal filter and manifest.</summary>
    internal static FixedPointModel Of(
        DistillationInput input, IReadOnlyList<int> columns, IReadOnlyList<GateNode> gate, IReadOnlyList<Stage> stages) => new()
    {
        Signal = input.Signal,
        Classes = [.. input.Table.Classes],
        Features = [.. columns.Select(column => input.Features[column].Name)],
        Gate = gate,
        Stages = stages,
        Unknown = UnknownRule.None(stages.Count),
        Transitions = [.. input.Table.Classes.Select(_ => new int[input.ClassCount])],
    };

    /// <summary>The same confidence for every margin: the share of labelled windows that were right.</summary>
    internal static IReadOnlyList<ConfidenceStep> OneStep(int right, int labelled) =>
        [new ConfidenceStep(0, labelled == 0 ? 0 : (int)(100L * right / labelled))];
}

/// <summary>
/// Chooses the splits of a grown tree again, each for the rows that reach it and with everything below as it is: tree alternating
/// optimization (Carreira-Perpiñán and Tavallali, NeurIPS 2018). Growing cannot know what comes below a split; this does.
/// </summary>
/// <param name="table">Windows.</param>
/// <param name="bins">Its columns.</param>
/// <param name="targets">What each window should be.</param>
/// <param name="leastWeight">Weight on each side of a split.</param>
internal sealed class AlternatingTreeOptimization(WindowTable table, QuantileBins bins, SoftTargets targets, double leastWeight)
{
    private const int MostPasses = 8;

    // Shares of all weight: what a pass must set right for another one to follow, and a split to be moved.
    private const double LeastGainOfPass = 1e-4;
    private const double LeastGainOfSplit = 1e-5;

    private readonly double totalWeight = targets.Weights.Sum(weight => (double)weight);

    /// <summary>Revises splits until that sets nothing more right.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="columns">Columns a split may use.</param>
    internal void Run(DecisionTreeNode root, IReadOnlyList<int> columns)
    {
        int[] rows = [.. Enumerable.Range(0, table.Rows)];
        double right;
        var pass = 0;
        do
        {
            right = root.ExpectedRight;
            Revise(root, rows, columns);
        }
        while (++pass < MostPasses && root.ExpectedRight - right >= totalWeight * LeastGainOfPass);
    }

    // From the leaves up: a split is chosen for what its sides will say.
    private void Revise(DecisionTreeNode node, int[] rows, IReadOnlyList<int> columns)
    {
        if (node.IsLeaf)
        {
            return;
        }

        var (left, right) = Sides(node, rows);
        Revise(node.Left!, left, columns);
        Revise(node.Right!, right, columns);
        var gains = Array.ConvertAll(rows, row => GainOfLeft(node, row));
        var now = Enumerable.Range(0, rows.Length).Sum(i => node.GoesLeft(table.Row(rows[i])) ? gains[i] : 0);
        var found = new (int Bin, double Gain)[columns.Count];
        Parallel.For(0, columns.Count, c => found[c] = BestOf(columns[c], rows, gains));
        var best = Enumerable.Range(0, columns.Count).MaxBy(c => found[c].Gain);
        if (found[best].Gain > now + (totalWeight * LeastGainOfSplit))
        {
            node.Split(columns[best], bins.EdgesOf(columns[best])[found[best].Bin], node.Left!, node.Right!);
            Recount(node, rows);
        }
    }

    // Weight more to be right when the row goes left than when it goes right.
    private double GainOfLeft(DecisionTreeNode node, int row)
    {
        var values = table.Row(row);
        var (left, right) = (node.Left!.ClassOf(values), node.Right!.ClassOf(values));
        return left == right ? 0 : targets.Weights[row] * ((double)targets.Probabilities[row][left] - targets.Probabilities[row][right]);
    }

    private (int Bin, double Gain) BestOf(int column, int[] rows, double[] gains)
    {
        Span<double> gain = stackalloc double[QuantileBins.Most];
        Span<double> weight = stackalloc double[QuantileBins.Most];
        gain.Clear();
        weight.Clear();
        var binOf = bins.Of(column);
        var all = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            gain[binOf[rows[i]]] += gains[i];
            weight[binOf[rows[i]]] += targets.Weights[rows[i]];
            all += targets.Weights[rows[i]];
        }

        var best = (Bin: -1, Gain: double.NegativeInfinity);
        double sum = 0, left = 0;
        for (var bin = 0; bin < bins.EdgesOf(column).Length; bin++)
        {
            sum += gain[bin];
            left += weight[bin];
            if (left >= leastWeight && all - left >= leastWeight && sum > best.Gain)
            {
                best = (bin, sum);
            }
        }

        return best;
    }

    private void Recount(DecisionTreeNode node, int[] rows)
    {
        node.Count(targets, rows);
        if (!node.IsLeaf)
        {
            var (left, right) = Sides(node, rows);
            Recount(node.Left!, left);
            Recount(node.Right!, right);
        }
    }

    private (int[] Left, int[] Right) Sides(DecisionTreeNode node, int[] rows) =>
        (Array.FindAll(rows, row => node.GoesLeft(table.Row(row))), Array.FindAll(rows, row => !node.GoesLeft(table.Row(row))));
}
