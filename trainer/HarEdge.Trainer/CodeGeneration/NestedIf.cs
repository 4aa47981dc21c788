using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Writes a tree as nested if/else over the features array.</summary>
/// <param name="nodes">The tree.</param>
/// <param name="cuts">Subtrees written elsewhere.</param>
/// <param name="featureNames">For the comments.</param>
/// <param name="leaf">The statement of a leaf; empty for none.</param>
/// <param name="cut">The statement that calls a cut subtree's method.</param>
internal sealed class NestedIf(
    IReadOnlyList<TreeNode> nodes, TreeCuts cuts, IReadOnlyList<string> featureNames, Func<int, string> leaf, Func<int, string> cut)
{
    /// <summary>Writes the subtree below a node, itself never as a call.</summary>
    public void Write(CodeWriter writer, int root)
    {
        var node = nodes[root];
        if (node.IsLeaf)
        {
            WriteStatement(writer, leaf(root));
            return;
        }

        writer.Block($"if (features[{node.Feature}] <= {node.Threshold}) // {featureNames[node.Feature]}", () => WriteChild(writer, node.Left));
        if (!nodes[node.Right].IsLeaf || leaf(node.Right).Length > 0)
        {
            writer.Block("else", () => WriteChild(writer, node.Right));
        }
    }

    private void WriteChild(CodeWriter writer, int child)
    {
        if (cuts.IsCut(child))
        {
            writer.Line(cut(child));
        }
        else
        {
            Write(writer, child);
        }
    }

    private static void WriteStatement(CodeWriter writer, string statement)
    {
        if (statement.Length > 0)
        {
            writer.Line(statement);
        }
    }
}
