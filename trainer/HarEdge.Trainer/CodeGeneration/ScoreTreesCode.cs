using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Writes a stage's trees: one running sum a class, each tree nested if/else that adds its leaf; in several methods when they are large.</summary>
internal sealed class ScoreTreesCode
{
    private readonly Stage stage;
    private readonly int stageIndex;
    private readonly FixedPointModel model;
    private readonly MethodQueue methods;
    private readonly TreeNode[][] nodes;
    private readonly TreeCuts[] cuts;

    public ScoreTreesCode(Stage stage, int stageIndex, FixedPointModel model, MethodQueue methods)
    {
        this.stage = stage;
        this.stageIndex = stageIndex;
        this.model = model;
        this.methods = methods;
        nodes = [.. stage.ScoreTrees.Select(tree => tree.Nodes.Select(TreeNode.Of).ToArray())];
        cuts = [.. nodes.Select(tree => new TreeCuts(tree))];
    }

    /// <summary>Writes the scores of the stage's classes.</summary>
    /// <param name="writer">Receives the code.</param>
    /// <param name="start">What the sum of a class, by its position in the stage, starts with.</param>
    public void Write(CodeWriter writer, Func<int, string> start)
    {
        var isSmall = cuts.Sum(cut => cut.RootSplits) <= TreeCuts.MostSplits;
        for (var position = 0; position < stage.Classes.Count; position++)
        {
            var sum = $"s{position}";
            writer.Line($"int {sum} = {start(position)}; // {model.Classes[stage.Classes[position]]}");
            var trees = Enumerable.Range(0, nodes.Length).Where(tree => stage.ScoreTrees[tree].Class == position).ToList();
            if (isSmall)
            {
                trees.ForEach(tree => WriteTree(writer, tree, sum));
            }
            else
            {
                WriteInMethods(writer, trees, position);
            }

            writer.Line($"scores[{stage.Classes[position]}] = {sum};");
            writer.Line("");
        }
    }

    private void WriteInMethods(CodeWriter writer, List<int> trees, int position)
    {
        var number = 0;
        foreach (var batch in Batches(trees))
        {
            var name = $"Stage{stageIndex}Class{position}Sum{number}";
            number++;
            writer.Line($"s{position} += {name}(features);");
            methods.Add($"private static int {name}(int[] features)", body =>
            {
                body.Line("int sum = 0;");
                batch.ForEach(tree => WriteTree(body, tree, "sum"));
                body.Line("return sum;");
            });
        }
    }

    // As many trees a method as its split budget takes, in order.
    private List<List<int>> Batches(List<int> trees)
    {
        var batches = new List<List<int>>();
        var splits = TreeCuts.MostSplits;
        foreach (var tree in trees)
        {
            splits += cuts[tree].RootSplits;
            if (splits > TreeCuts.MostSplits)
            {
                batches.Add([]);
                splits = cuts[tree].RootSplits;
            }

            batches[^1].Add(tree);
        }

        return batches;
    }

    private void WriteTree(CodeWriter writer, int tree, string sum)
    {
        writer.Line($"// tree {tree}");
        var code = new NestedIf(
            nodes[tree], cuts[tree], model.Features, leaf => Add(sum, stage.ScoreTrees[tree].Nodes[leaf].Score), cut => $"{sum} += {Subtree(tree, cut)};");
        code.Write(writer, root: 0);
    }

    private static string Add(string sum, int score) => score switch
    {
        0 => "",
        < 0 => $"{sum} -= {-(long)score};",
        _ => $"{sum} += {score};",
    };

    // Queues the subtree's method and gives the call.
    private string Subtree(int tree, int root)
    {
        var name = $"Stage{stageIndex}Tree{tree}From{root}";
        var code = new NestedIf(
            nodes[tree], cuts[tree], model.Features, leaf => $"return {stage.ScoreTrees[tree].Nodes[leaf].Score};", cut => $"return {Subtree(tree, cut)};");
        methods.Add($"private static int {name}(int[] features)", body => code.Write(body, root));
        return $"{name}(features)";
    }
}

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
