using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>
/// One decision tree: the smallest and fastest student, and the easiest to read. It is a gate whose leaves are classes; learned
/// on the teacher's probabilities it is steadier than one learned on labels. It is made of integers from the start.
/// </summary>
internal sealed class DecisionTreeStudent : Student
{
    // Beyond a few hundred nodes a single tree learns people, not activities.
    private const int MostNodes = 249;

    /// <inheritdoc/>
    public override string Kind => "decision tree";

    /// <inheritdoc/>
    public override DistilledStudent Distil(DistillationInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var targets = SoftTargets.Of(input);
        var mostNodes = Math.Min(MostNodes, input.Budget.NodesBeside(0));
        var root = mostNodes < 3 ? throw FeaturePrefilter.NothingFits(input) : new DecisionTreeGrower(CarriedOverColumns.Of(input), targets).Grow(mostNodes);
        if (root.IsLeaf)
        {
            throw FeaturePrefilter.NothingFits(input);
        }

        var columns = root.All().Where(node => !node.IsLeaf).Select(node => node.Column).Distinct().Order().ToList();
        var classes = root.All().Where(node => node.IsLeaf).Select(node => node.Class).Distinct().Order().ToList();
        var gate = new List<GateNode>();
        Append(root, gate, columns, classes);
        return new DistilledStudent(TreeModel.Of(input, columns, gate, StagesOf(root, classes, input)), FixedPointAgreement: 1);
    }

    private static List<Stage> StagesOf(DecisionTreeNode root, List<int> classes, DistillationInput input)
    {
        var right = new int[input.ClassCount];
        var labelled = new int[input.ClassCount];
        for (var row = 0; row < input.Table.Rows; row++)
        {
            if (input.Table.Labels[row] >= 0)
            {
                var named = root.ClassOf(input.Table.Row(row));
                labelled[named]++;
                right[named] += named == input.Table.Labels[row] ? 1 : 0;
            }
        }

        return [.. classes.Select(c => new ClassStage
        {
            Name = input.Table.Classes[c],
            Classes = [c],
            Confidence = TreeModel.OneStep(right[c], labelled[c]),
        })];
    }

    // Depth first, so that children come after their parent.
    private static void Append(DecisionTreeNode node, List<GateNode> gate, List<int> columns, List<int> classes)
    {
        var at = gate.Count;
        gate.Add(GateNode.Leaf(classes.IndexOf(node.Class)));
        if (!node.IsLeaf)
        {
            Append(node.Left!, gate, columns, classes);
            var right = gate.Count;
            Append(node.Right!, gate, columns, classes);
            gate[at] = GateNode.Split(columns.IndexOf(node.Column), node.Threshold, at + 1, right);
        }
    }
}

/// <summary>
/// Columns a single tree may choose from: those a large linear student selects, because they did well on halves of the people they were
/// not fitted on. A tree that looks through a thousand columns finds some that only fit its people.
/// </summary>
internal static class CarriedOverColumns
{
    // Fewer columns than this need no prefilter; a stricter one would leave a tree too little.
    private const int FewColumns = 120;
    private const int ShortestList = 20;

    // A student for these finds a hundred features on HAPT.
    private static readonly StudentBudget Budget = new(Bytes: 8192, Instructions: 110_000);

    /// <summary>The training windows with all other columns excluded, or as they are when there is little to choose from.</summary>
    public static DistillationInput Of(DistillationInput input)
    {
        if (input.Table.Columns <= FewColumns)
        {
            return input;
        }

        var kept = new LinearStudent().Distil(input with { Budget = Budget }).Model.Features.ToHashSet();
        return kept.Count < ShortestList
            ? input
            : input with { Excluded = Enumerable.Range(0, input.Table.Columns).Where(column => !kept.Contains(input.Features[column].Name)).ToHashSet() };
    }
}

/// <summary>
/// Grows a tree on soft targets, always at the leaf that gains most, then prunes the weakest links (Breiman and others,
/// Classification and Regression Trees, 1984) until it fits. Growing further than allowed lets the pruning choose; splits whose
/// sides name the same class go first. What is left is revised split by split and pruned again.
/// </summary>
internal sealed class DecisionTreeGrower(DistillationInput input, SoftTargets targets)
{
    // Grown to this multiple of the nodes allowed before pruning.
    private const int Overgrowth = 2;

    // A leaf needs this share of all weight: a few seconds of one person among hours of many are no rule.
    private const double LeastShare = 0.0008;

    // And so many windows of average weight, where there are few: neighbors are one witness. Where six are more than a tenth, a tenth.
    private const int LeastWindows = 6;

    // Entropy a row, in natural logarithms, that spending the whole budget of instructions must save.
    private const double BudgetWorth = 0.05;

    private readonly WindowTable table = input.Table;
    private readonly QuantileBins bins = new(input.Table);
    private readonly HashSet<int> used = [];
    private double[] prices = [];

    /// <summary>The root of a tree of at most so many nodes, at least 3.</summary>
    internal DecisionTreeNode Grow(int mostNodes)
    {
        var totalWeight = targets.Weights.Sum(weight => (double)weight);
        var leastWeight = totalWeight * Math.Max(LeastShare, Math.Clamp(table.Rows / 10, 1, LeastWindows) / (double)table.Rows);
        var search = new SplitSearch(bins, targets, leastWeight);
        UpdatePrices(totalWeight);
        int[] all = [.. Enumerable.Range(0, table.Rows)];
        var root = new DecisionTreeNode(targets, all);
        var open = new List<OpenLeaf>();
        Open(open, root, all, search);
        var nodes = 1;
        while (open.Count > 0 && nodes + 2 <= (long)Overgrowth * mostNodes)
        {
            var leaf = open.MaxBy(o => o.Split.Gain)!;
            open.Remove(leaf);
            if (leaf.UsedThen != used.Count)
            {
                // A column has been bought since: it is free now, and others may be out of budget.
                Open(open, leaf.Node, leaf.Rows, search);
                continue;
            }

            Apply(leaf, search, open, totalWeight);
            nodes += 2;
        }

        Prune(root, mostNodes);
        if (!root.IsLeaf)
        {
            new AlternatingTreeOptimization(table, bins, targets, leastWeight).Run(root, [.. used.Order()]);
            Prune(root, mostNodes);
        }

        return root;
    }

    private static void Prune(DecisionTreeNode root, int mostNodes)
    {
        while (!root.IsLeaf)
        {
            var weakest = root.All().Where(node => !node.IsLeaf).MinBy(Strength)!;
            if (root.Nodes <= mostNodes && Strength(weakest) > 1e-9)
            {
                return;
            }

            weakest.Prune();
        }
    }

    // Weight expected right that each node below is worth.
    private static double Strength(DecisionTreeNode node) => (node.ExpectedRight - node.Sums[node.Class]) / (node.Nodes - 1);

    private void Open(List<OpenLeaf> open, DecisionTreeNode node, int[] rows, SplitSearch search)
    {
        if (search.Best(rows, prices) is { } split)
        {
            open.Add(new OpenLeaf(node, rows, split, used.Count));
        }
    }

    private void Apply(OpenLeaf leaf, SplitSearch search, List<OpenLeaf> open, double totalWeight)
    {
        var (column, bin, _) = leaf.Split;
        if (used.Add(column))
        {
            UpdatePrices(totalWeight);
        }

        var binOf = bins.Of(column);
        var left = Array.FindAll(leaf.Rows, row => binOf[row] <= bin);
        var right = Array.FindAll(leaf.Rows, row => binOf[row] > bin);
        leaf.Node.Split(column, bins.EdgesOf(column)[bin], new DecisionTreeNode(targets, left), new DecisionTreeNode(targets, right));
        Open(open, leaf.Node.Left!, left, search);
        Open(open, leaf.Node.Right!, right, search);
    }

    // What buying each column means after those in use.
    private void UpdatePrices(double totalWeight)
    {
        var spent = input.PriceOf(used);
        var budget = (double)input.Budget.Instructions;
        prices = [.. Enumerable.Range(0, table.Columns).AsParallel().AsOrdered().Select(column =>
        {
            var price = used.Contains(column) ? 0 : input.PriceOf([.. used, column]) - spent;
            return spent + price > budget ? double.PositiveInfinity : price / budget * BudgetWorth * totalWeight;
        })];
    }

    private sealed record OpenLeaf(DecisionTreeNode Node, int[] Rows, SplitCandidate Split, int UsedThen);
}
