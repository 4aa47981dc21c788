using System.Collections.Immutable;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>One call's arguments, locals and stack on some path, with the heap as that path left it.</summary>
internal sealed class Frame
{
    private readonly AbstractValue[] arguments;
    private readonly AbstractValue[] locals;
    private readonly AbstractValue[] stack;
    private int depth;

    public Frame(MethodBody body, AbstractValue[] arguments, AbstractHeap heap)
    {
        this.arguments = arguments;
        locals = new AbstractValue[body.Variables.Count];
        Array.Fill(locals, AbstractValue.Unknown);
        stack = new AbstractValue[body.MaxStackSize + 1];
        Heap = heap;
        Repeats = ImmutableDictionary<Instruction, int>.Empty;
    }

    private Frame(Frame source)
    {
        arguments = [.. source.arguments];
        locals = [.. source.locals];
        stack = [.. source.stack];
        depth = source.depth;
        Heap = source.Heap;
        Repeats = source.Repeats;
    }

    /// <summary>Fields and elements.</summary>
    public AbstractHeap Heap { get; set; }

    /// <summary>How often each data-dependent loop that is running was repeated.</summary>
    public ImmutableDictionary<Instruction, int> Repeats { get; set; }

    public Frame Clone() => new(this);

    public AbstractValue Argument(int index) => arguments[index];

    public void SetArgument(int index, AbstractValue value) => arguments[index] = value;

    public AbstractValue Local(int index) => locals[index];

    public void SetLocal(int index, AbstractValue value) => locals[index] = value;

    public void Push(AbstractValue value) => stack[depth++] = value;

    public AbstractValue Pop() => stack[--depth];

    /// <summary>The top <paramref name="count"/> values, lowest first.</summary>
    public AbstractValue[] Pop(int count)
    {
        depth -= count;
        return stack[depth..(depth + count)];
    }

    /// <summary>What is known whichever of two paths led here.</summary>
    public static Frame Join(Frame a, Frame b)
    {
        var joined = a.Clone();
        JoinInto(joined.arguments, b.arguments, a.arguments.Length);
        JoinInto(joined.locals, b.locals, a.locals.Length);
        JoinInto(joined.stack, b.stack, a.depth);
        joined.Heap = AbstractHeap.Join(a.Heap, b.Heap);
        return joined;
    }

    private static void JoinInto(AbstractValue[] target, AbstractValue[] other, int count)
    {
        for (var i = 0; i < count; i++)
        {
            target[i] = AbstractValue.Join(target[i], other[i]);
        }
    }
}

/// <summary>Where a stretch of code can end: at the instruction it was run up to, or by returning. Null where it cannot.</summary>
/// <param name="Stopped">Instructions at most, and the state there.</param>
/// <param name="Returned">Instructions at most, and the state and value on return.</param>
internal sealed record Outcome((long Cost, Frame Frame)? Stopped, (long Cost, AbstractValue Value, AbstractHeap Heap)? Returned)
{
    /// <summary>No path gets through: it would repeat a loop more often than proven possible, or throws.</summary>
    public static Outcome Impossible { get; } = new(null, null);

    /// <summary>The same after some instructions more at its start.</summary>
    public Outcome After(long cost) => new(
        Stopped is { } stopped ? (stopped.Cost + cost, stopped.Frame) : null,
        Returned is { } returned ? (returned.Cost + cost, returned.Value, returned.Heap) : null);

    /// <summary>Either of two: the dearer one's cost, what both know.</summary>
    public static Outcome Join(Outcome a, Outcome b) => new(
        (a.Stopped, b.Stopped) switch
        {
            (null, var only) => only,
            (var only, null) => only,
            ({ } first, { } second) => (Math.Max(first.Cost, second.Cost), Frame.Join(first.Frame, second.Frame)),
        },
        (a.Returned, b.Returned) switch
        {
            (null, var only) => only,
            (var only, null) => only,
            ({ } first, { } second) => (
                Math.Max(first.Cost, second.Cost), AbstractValue.Join(first.Value, second.Value), AbstractHeap.Join(first.Heap, second.Heap)),
        });
}
