using HarEdge.Trainer.Distillation.Trees;
using HarEdge.Trainer.Tests.Teachers;

namespace HarEdge.Trainer.Tests.Trees;

public class SplitRevisionTests
{
    private static readonly HarEdge.Trainer.Windows.WindowTable Table = SmallTable.Make(1);
    private static readonly SoftTargets Targets = SoftTargets.Of(SmallDistillation.Input(Table));
    private static readonly QuantileBins Bins = new(Table);
    private static readonly int[] Rows = [.. Enumerable.Range(0, Table.Rows)];

    [Fact]
    public void A_badly_placed_split_is_moved_and_nothing_is_lost()
    {
        var moved = 0;
        for (var column = 0; column < Table.Columns; column++)
        {
            var root = Stump(column, Bins.EdgesOf(column)[2]);
            var before = root.ExpectedRight;
            new AlternatingTreeOptimization(Table, Bins, Targets, leastWeight: 5).Run(root, [.. Enumerable.Range(0, Table.Columns)]);
            Assert.InRange(root.ExpectedRight, before, Table.Rows);
            Assert.Equal(Right(root), root.ExpectedRight, 6);
            moved += root.ExpectedRight > before + 10 ? 1 : 0;
        }

        Assert.InRange(moved, 1, Table.Columns);
    }

    [Fact]
    public void A_split_keeps_the_least_weight_on_both_sides()
    {
        var root = Stump(0, Bins.EdgesOf(0)[30]);
        new AlternatingTreeOptimization(Table, Bins, Targets, leastWeight: Table.Rows / 3.0).Run(root, [.. Enumerable.Range(0, Table.Columns)]);
        Assert.All([root.Left!, root.Right!], side => Assert.InRange(side.Sums.Sum(), Table.Rows / 3.0, Table.Rows));
    }

    private static DecisionTreeNode Stump(int column, int threshold)
    {
        var root = new DecisionTreeNode(Targets, Rows);
        var left = Array.FindAll(Rows, row => Table.Row(row)[column] <= threshold);
        root.Split(column, threshold, new DecisionTreeNode(Targets, left), new DecisionTreeNode(Targets, Rows.Except(left)));
        return root;
    }

    private static double Right(DecisionTreeNode root) =>
        Rows.Sum(row => Targets.Weights[row] * (double)Targets.Probabilities[row][root.ClassOf(Table.Row(row))]);
}
