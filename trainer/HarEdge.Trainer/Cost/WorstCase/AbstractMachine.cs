using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>
/// Runs device code without data: counters, lengths and objects are known, samples are not. Where a branch depends on the data
/// both arms are run, the dearer one is paid and what they do not agree on is forgotten. So the count it returns is one no run
/// on any data exceeds.
/// </summary>
internal sealed class AbstractMachine
{
    private readonly Assembly assembly;
    private readonly ModuleDefinition module;
    private readonly Func<Instruction, ModuleDefinition, long> price;
    private readonly Dictionary<MethodDefinition, PostDominators> postDominators = [];

    /// <param name="assembly">Loaded code that made the objects.</param>
    /// <param name="image">The same code as compiled, without counters.</param>
    /// <param name="price">What an instruction costs; null counts them as <see cref="InstructionCost"/> does.</param>
    public AbstractMachine(Assembly assembly, byte[] image, Func<Instruction, ModuleDefinition, long>? price = null)
    {
        this.assembly = assembly;
        this.price = price ?? ((instruction, within) => InstructionCost.Of(instruction, within));
        module = ModuleDefinition.ReadModule(new MemoryStream(image));
        foreach (var method in module.GetAllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            method.Body.SimplifyMacros();
        }
    }

    /// <summary>Cost of a call at most, what it returns and the heap it leaves.</summary>
    /// <param name="type">Full name of the type.</param>
    /// <param name="method">Name of the method, the only one of that name.</param>
    /// <param name="arguments">The object first, where the method has one.</param>
    /// <param name="heap">What is known before the call.</param>
    /// <exception cref="UnprovableException">No bound can be shown.</exception>
    public (long Cost, AbstractValue Value, AbstractHeap Heap) Run(string type, string method, AbstractValue[] arguments, AbstractHeap heap) =>
        Call(module.GetType(type).Methods.Single(candidate => candidate.Name == method), arguments, heap);

    private (long Cost, AbstractValue Value, AbstractHeap Heap) Call(MethodDefinition method, AbstractValue[] arguments, AbstractHeap heap)
    {
        var outcome = Run(method, method.Body.Instructions[0], null, new Frame(method.Body, arguments, heap));
        return outcome.Returned ?? throw new UnprovableException($"{method.FullName} never returns");
    }

    // Runs from an instruction until `stop` (not run) or the method's end.
    private Outcome Run(MethodDefinition method, Instruction at, Instruction? stop, Frame frame)
    {
        long cost = 0;
        var ended = Outcome.Impossible;
        while (at != stop)
        {
            cost += price(at, module);
            switch (at.OpCode.FlowControl)
            {
                case FlowControl.Return:
                    var value = method.ReturnType.MetadataType == MetadataType.Void ? AbstractValue.Unknown : frame.Pop();
                    return Outcome.Join(ended, new Outcome(null, (cost, value, frame.Heap)));
                case FlowControl.Throw:
                    return ended;
                case FlowControl.Branch:
                    at = (Instruction)at.Operand;
                    break;
                case FlowControl.Cond_Branch:
                    var arms = Arms(at, frame);
                    if (arms.Count == 1)
                    {
                        at = arms[0];
                        break;
                    }

                    var flow = FlowOf(method);
                    var join = flow.Join(at);
                    var both = RunArms(method, flow, at, arms, join, frame).After(cost);
                    ended = Outcome.Join(ended, both with { Stopped = null });
                    if (both.Stopped is not { } joined)
                    {
                        return ended;
                    }

                    (cost, frame) = (joined.Cost, joined.Frame);
                    at = join!;
                    break;
                case FlowControl.Call:
                    cost += RunCall(at, frame);
                    at = at.Next;
                    break;
                default:
                    RunPlain(at, frame);
                    at = at.Next;
                    break;
            }
        }

        return ended with { Stopped = (cost, frame) };
    }

    private Outcome RunArms(
        MethodDefinition method, PostDominators flow, Instruction branch, IReadOnlyList<Instruction> arms, Instruction? join, Frame frame)
    {
        var before = frame.Repeats;
        var repeats = before.GetValueOrDefault(branch);
        var outcome = Outcome.Impossible;
        foreach (var arm in arms)
        {
            var state = frame.Clone();
            if (flow.Repeats(branch, arm))
            {
                var name = method.DeclaringType.FullName + "." + method.Name;
                var most = LoopBounds.Of(name) ?? throw new UnprovableException($"a loop in {name} whose end depends on the data has no proven bound");
                if (repeats >= most)
                {
                    continue;
                }

                state.Repeats = before.SetItem(branch, repeats + 1);
            }

            outcome = Outcome.Join(outcome, Run(method, arm, join, state));
        }

        if (outcome.Stopped is { } stopped)
        {
            stopped.Frame.Repeats = before;
        }

        return outcome;
    }

    // The instructions that can run next: one when the condition is known.
    private static IReadOnlyList<Instruction> Arms(Instruction branch, Frame frame)
    {
        if (branch.OpCode.Code == Code.Switch)
        {
            var targets = (Instruction[])branch.Operand;
            return frame.Pop().TryNumber(out var choice)
                ? [choice >= 0 && choice < targets.Length ? targets[choice] : branch.Next]
                : [.. targets.Append(branch.Next).Distinct()];
        }

        bool? taken;
        if (branch.OpCode.Code is Code.Brtrue or Code.Brfalse)
        {
            var condition = frame.Pop().IsTrue;
            taken = branch.OpCode.Code == Code.Brtrue ? condition : !condition;
        }
        else
        {
            var right = frame.Pop();
            taken = Arithmetic.Branches(branch.OpCode.Code, frame.Pop(), right);
        }

        return taken switch
        {
            true => [(Instruction)branch.Operand],
            false => [branch.Next],
            null => [(Instruction)branch.Operand, branch.Next],
        };
    }

    private long RunCall(Instruction call, Frame frame)
    {
        var target = (MethodReference)call.Operand;
        var arguments = frame.Pop(target.Parameters.Count + (target.HasThis && call.OpCode.Code != Code.Newobj ? 1 : 0));
        if (target.DeclaringType.Scope != module)
        {
            frame.Heap = NativeCalls.Run(target, arguments, frame.Heap);
            return 0;
        }

        var outcome = Outcome.Impossible;
        foreach (var candidate in Candidates(call, target.Resolve(), arguments))
        {
            (var cost, var value, var heap) = Call(candidate, [.. arguments], frame.Heap);
            outcome = Outcome.Join(outcome, new Outcome(null, (cost, value, heap)));
        }

        var returned = outcome.Returned!.Value;
        frame.Heap = returned.Heap;
        if (target.ReturnType.MetadataType != MetadataType.Void)
        {
            frame.Push(returned.Value);
        }

        return returned.Cost;
    }

    // The override of a known object, or every one there is.
    private IEnumerable<MethodDefinition> Candidates(Instruction call, MethodDefinition target, AbstractValue[] arguments)
    {
        if (call.OpCode.Code != Code.Callvirt || !target.IsVirtual)
        {
            return [target];
        }

        if (arguments[0].TryReference(out object receiver))
        {
            return [Override(module.GetType(receiver.GetType().FullName), target)];
        }

        return module.GetAllTypes().SelectMany(type => type.Methods)
            .Where(method => method.HasBody && (method == target || (method.IsVirtual && method.GetBaseMethod() == target)));
    }

    private static MethodDefinition Override(TypeDefinition type, MethodDefinition target)
    {
        for (var at = type; at is not null; at = at.BaseType?.Resolve())
        {
            var method = at.Methods.FirstOrDefault(
                candidate => candidate == target || (candidate.IsVirtual && candidate.GetBaseMethod() == target));
            if (method is not null)
            {
                return method;
            }
        }

        throw new UnprovableException($"{type.FullName} has no {target.Name}");
    }

    private void RunPlain(Instruction instruction, Frame frame) => PlainInstructions.Run(instruction, frame, assembly);

    private PostDominators FlowOf(MethodDefinition method)
    {
        if (!postDominators.TryGetValue(method, out var flow))
        {
            flow = new PostDominators(method.Body);
            postDominators[method] = flow;
        }

        return flow;
    }
}

/// <summary>What the calls into the base library that device code makes do to the heap.</summary>
internal static class NativeCalls
{
    /// <summary>The heap after the call.</summary>
    public static AbstractHeap Run(MethodReference target, AbstractValue[] arguments, AbstractHeap heap)
    {
        var name = target.DeclaringType.FullName + "." + target.Name;
        switch (name)
        {
            case "System.Array.Clear" when arguments.Length == 3 && arguments[0].TryReference(out Array cleared):
                return heap.WithCleared(cleared, arguments[1], arguments[2]);
            case "System.Array.Copy" when arguments.Length == 5 && arguments[2].TryReference(out Array copied)
                && copied.GetType().GetElementType() is { IsPrimitive: true }:
                return heap.WithForgotten(copied);
            default:
                throw new UnprovableException($"a call of {target.FullName} with these arguments");
        }
    }
}

/// <summary>
/// How often the loops whose end depends on the data repeat at most. Every other loop is run as it is: its counter is known.
/// </summary>
internal static class LoopBounds
{
    // Newton's method from r at or above the root w: the relative error e becomes e² / (2 (1 + e)), and rounding down never goes
    // below the root's floor. Both start with e ≤ 1 after their first value: FixedMath.Sqrt from a power of two in [w, 2w], the
    // magnitudes one step after a value within a factor of 2 of w (then e ≤ 1/4). 1 → 1/4 → 1/40 → 3.1e-4 → 4.7e-8 → 1.1e-15:
    // after five steps the root, below 2^31, is exact to less than one, after a sixth it is the floor.
    private const int NewtonSteps = 6;

    private static readonly Dictionary<string, int> MostRepeats = new()
    {
        ["HarEdge.Core.FixedMath.Sqrt"] = NewtonSteps,
        ["HarEdge.Core.DerivedChannels.FillMagnitude"] = NewtonSteps,
    };

    /// <summary>Repeats of each data-dependent loop of a method, by full name; null where nothing is proven.</summary>
    public static int? Of(string method) => MostRepeats.TryGetValue(method, out var repeats) ? repeats : null;
}

/// <summary>The code does something for which no upper bound of its cost can be shown. The message says what and where.</summary>
internal sealed class UnprovableException(string message) : Exception(message);
