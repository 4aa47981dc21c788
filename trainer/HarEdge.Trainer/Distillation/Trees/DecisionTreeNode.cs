using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;

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
        Features = [.. columns.Select(column => input.FeatureNames[column])],
        Gate = gate,
        Stages = stages,
        Unknown = UnknownRule.None(stages.Count),
        Transitions = [.. input.Table.Classes.Select(_ => new int[input.ClassCount])],
    };

    /// <summary>The same confidence for every margin: the share of labelled windows that were right.</summary>
    internal static IReadOnlyList<ConfidenceStep> OneStep(int right, int labelled) =>
        [new ConfidenceStep(0, labelled == 0 ? 0 : (int)(100L * right / labelled))];
}
