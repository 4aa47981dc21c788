using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>
/// Decides which subtrees become methods of their own, so that no method grows beyond 16 kB of IL (a split with its leaf takes
/// at most 34 bytes) and no nesting beyond what stays readable.
/// </summary>
internal sealed class TreeCuts
{
    /// <summary>Most splits in a method: about 10 kB of IL, which leaves room for what else the method does.</summary>
    public const int MostSplits = 300;

    private const int MostDepth = 16;
    private readonly bool[] isCut;

    public TreeCuts(IReadOnlyList<TreeNode> nodes)
    {
        isCut = new bool[nodes.Count];
        var splits = new int[nodes.Count];
        var depth = new int[nodes.Count];

        // Children lie above their parents: from the end, both are ready when the parent comes.
        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            if (nodes[i].IsLeaf)
            {
                continue;
            }

            var (left, right) = (nodes[i].Left, nodes[i].Right);
            CutWhen(depth[left] == MostDepth, left, splits, depth);
            CutWhen(depth[right] == MostDepth, right, splits, depth);
            var larger = splits[left] >= splits[right] ? left : right;
            CutWhen(1 + splits[left] + splits[right] > MostSplits, larger, splits, depth);
            splits[i] = 1 + splits[left] + splits[right];
            depth[i] = 1 + Math.Max(depth[left], depth[right]);
        }

        RootSplits = splits[0];
    }

    /// <summary>Splits that stay with the root, outside every cut subtree.</summary>
    public int RootSplits { get; }

    /// <summary>True when the subtree below the node is a method of its own.</summary>
    public bool IsCut(int node) => isCut[node];

    private void CutWhen(bool condition, int node, int[] splits, int[] depth)
    {
        if (condition && splits[node] > 0)
        {
            isCut[node] = true;
            splits[node] = 0;
            depth[node] = 0;
        }
    }
}
