using HarEdge.Trainer.FixedPoint;

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
        var root = mostNodes < 3 ? throw Shortlist.NothingFits(input) : new DecisionTreeGrower(CarriedOverColumns.Of(input), targets).Grow(mostNodes);
        if (root.IsLeaf)
        {
            throw Shortlist.NothingFits(input);
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
