using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>For each branch the instruction every path from it passes next, and whether an arm comes back before that.</summary>
internal sealed class PostDominators
{
    private readonly Dictionary<Instruction, Instruction?> joins = [];
    private readonly Dictionary<(Instruction Branch, Instruction Arm), bool> repeating = [];

    public PostDominators(MethodBody body)
    {
        // Branches are few and bodies small: for each, keep the instructions without which the method cannot be left.
        IReadOnlyList<Instruction> all = [.. body.Instructions];
        var index = all.Select((instruction, i) => (instruction, i)).ToDictionary(pair => pair.instruction, pair => pair.i);
        var exit = all.Count;
        int[][] successors = [.. all.Select(instruction =>
            ControlFlow.Successors(instruction).Select(next => index[next]).DefaultIfEmpty(exit).ToArray())];
        var immediate = Immediate(successors, exit);
        foreach (var branch in all.Where(instruction => instruction.OpCode.FlowControl == FlowControl.Cond_Branch))
        {
            var join = immediate[index[branch]];
            joins[branch] = join == exit ? null : all[join];
            foreach (var arm in ControlFlow.Successors(branch).Distinct())
            {
                repeating[(branch, arm)] = Reaches(successors, index[arm], index[branch], join);
            }
        }
    }

    /// <summary>Where all arms of a branch meet; null when only the method's end is common to them.</summary>
    public Instruction? Join(Instruction branch) => joins[branch];

    /// <summary>True when the arm leads back to the branch without passing the join: it repeats a loop.</summary>
    public bool Repeats(Instruction branch, Instruction arm) => repeating[(branch, arm)];

    // Cooper, Harvey, Kennedy: "A simple, fast dominance algorithm", on the reversed graph.
    private static int[] Immediate(int[][] successors, int exit)
    {
        var order = ReversePostorderFromExit(successors, exit);
        var position = new int[exit + 1];
        for (var i = 0; i < order.Length; i++)
        {
            position[order[i]] = i;
        }

        var immediate = new int[exit + 1];
        Array.Fill(immediate, -1);
        immediate[exit] = exit;
        var changed = true;
        while (changed)
        {
            changed = false;
            foreach (var node in order.Where(node => node != exit))
            {
                var candidate = -1;
                foreach (var next in successors[node].Where(next => immediate[next] >= 0))
                {
                    candidate = candidate < 0 ? next : Intersect(immediate, position, next, candidate);
                }

                changed |= immediate[node] != candidate;
                immediate[node] = candidate;
            }
        }

        return immediate;
    }

    private static int Intersect(int[] immediate, int[] position, int a, int b)
    {
        while (a != b)
        {
            if (position[a] > position[b])
            {
                a = immediate[a];
            }
            else
            {
                b = immediate[b];
            }
        }

        return a;
    }

    private static int[] ReversePostorderFromExit(int[][] successors, int exit)
    {
        List<int>[] predecessors = [.. Enumerable.Range(0, exit + 1).Select(_ => new List<int>())];
        for (var node = 0; node < exit; node++)
        {
            foreach (var next in successors[node])
            {
                predecessors[next].Add(node);
            }
        }

        var seen = new bool[exit + 1];
        var postorder = new List<int>();
        var pending = new Stack<(int Node, int Next)>();
        pending.Push((exit, 0));
        seen[exit] = true;
        while (pending.Count > 0)
        {
            (var node, var next) = pending.Pop();
            if (next == predecessors[node].Count)
            {
                postorder.Add(node);
                continue;
            }

            pending.Push((node, next + 1));
            var predecessor = predecessors[node][next];
            if (!seen[predecessor])
            {
                seen[predecessor] = true;
                pending.Push((predecessor, 0));
            }
        }

        postorder.Reverse();
        return [.. postorder];
    }

    private static bool Reaches(int[][] successors, int from, int target, int barrier)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<int>([from]);
        while (pending.TryPop(out var node))
        {
            if (node == target)
            {
                return true;
            }

            if (node != barrier && node < successors.Length && seen.Add(node))
            {
                foreach (var next in successors[node])
                {
                    pending.Push(next);
                }
            }
        }

        return false;
    }
}
