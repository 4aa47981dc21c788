using HarEdge.Trainer.Distillation.Linear;
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
    // Fewer columns than this need no shortlist; a shorter shortlist would leave a tree too little.
    private const int FewColumns = 120;
    private const int ShortestList = 20;

    // A student for these finds a hundred features on HAPT.
    private static readonly StudentBudget Budget = new(Bytes: 8192, Instructions: 110_000);

    /// <summary>The training windows with all other columns left out, or as they are when there is little to choose from.</summary>
    public static DistillationInput Of(DistillationInput input)
    {
        if (input.Table.Columns <= FewColumns)
        {
            return input;
        }

        var kept = new LinearStudent().Distil(input with { Budget = Budget }).Model.Features.ToHashSet();
        return kept.Count < ShortestList
            ? input
            : input with { LeftOut = Enumerable.Range(0, input.Table.Columns).Where(column => !kept.Contains(input.FeatureNames[column])).ToHashSet() };
    }
}
