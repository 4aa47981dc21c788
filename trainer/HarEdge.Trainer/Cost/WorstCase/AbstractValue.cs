using System.Collections.Immutable;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>What is known about a value on some path: a number, an object that exists, or nothing.</summary>
internal readonly struct AbstractValue : IEquatable<AbstractValue>
{
    private enum Knowledge : byte
    {
        Nothing,
        Number,
        Reference,
    }

    private readonly Knowledge knowledge;
    private readonly long number;
    private readonly object? reference;

    private AbstractValue(Knowledge knowledge, long number, bool isLong, object? reference)
    {
        this.knowledge = knowledge;
        this.number = number;
        this.reference = reference;
        IsLong = isLong;
    }

    /// <summary>Nothing is known.</summary>
    public static AbstractValue Unknown => default;

    /// <summary>True for a 64-bit number.</summary>
    public bool IsLong { get; }

    /// <summary>A 32-bit number.</summary>
    public static AbstractValue Int(int value) => new(Knowledge.Number, value, false, null);

    /// <summary>A 64-bit number.</summary>
    public static AbstractValue Long(long value) => new(Knowledge.Number, value, true, null);

    /// <summary>An object, or null.</summary>
    public static AbstractValue Reference(object? value) => new(Knowledge.Reference, 0, false, value);

    /// <summary>The value of a field or element as reflection gives it.</summary>
    public static AbstractValue Of(object? value) => value switch
    {
        bool flag => Int(flag ? 1 : 0),
        char c => Int(c),
        sbyte or byte or short or ushort or int => Int(Convert.ToInt32(value)),
        long wide => Long(wide),
        Enum => Unknown,
        _ => Reference(value),
    };

    /// <summary>The number, if it is one.</summary>
    public bool TryNumber(out long value)
    {
        value = number;
        return knowledge == Knowledge.Number;
    }

    /// <summary>The object, if it is one and not null.</summary>
    public bool TryReference<T>(out T value)
        where T : class
    {
        value = (reference as T)!;
        return value is not null;
    }

    /// <summary>As a condition: true, false, or unknown.</summary>
    public bool? IsTrue => knowledge switch
    {
        Knowledge.Number => number != 0,
        Knowledge.Reference => reference is not null,
        _ => null,
    };

    /// <summary>What is known whichever of two values it is.</summary>
    public static AbstractValue Join(AbstractValue a, AbstractValue b) => a.Equals(b) ? a : Unknown;

    /// <inheritdoc/>
    public bool Equals(AbstractValue other) =>
        knowledge == other.knowledge && number == other.number && IsLong == other.IsLong && ReferenceEquals(reference, other.reference);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AbstractValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(knowledge, number, IsLong);
}

/// <summary>Unchecked arithmetic and comparisons on known numbers; unknown as soon as an operand is.</summary>
internal static class Arithmetic
{
    /// <summary>add, sub, mul, div, rem, and, or, xor, shl, shr, ceq, cgt, clt.</summary>
    public static AbstractValue Binary(Code code, AbstractValue left, AbstractValue right)
    {
        if (!left.TryNumber(out var a) || !right.TryNumber(out var b))
        {
            return AbstractValue.Unknown;
        }

        if (Compare(code, a, b) is { } condition)
        {
            return AbstractValue.Int(condition ? 1 : 0);
        }

        if (code is Code.Div or Code.Rem && b == 0)
        {
            throw new UnprovableException("a division by zero that is known to happen");
        }

        var value = unchecked(code switch
        {
            Code.Add => a + b,
            Code.Sub => a - b,
            Code.Mul => a * b,
            Code.Div => a / b,
            Code.Rem => a % b,
            Code.And => a & b,
            Code.Or => a | b,
            Code.Xor => a ^ b,
            Code.Shl => a << (int)b,
            Code.Shr => a >> (int)b,
            _ => throw new UnprovableException($"the instruction {code}"),
        });
        return left.IsLong ? AbstractValue.Long(value) : AbstractValue.Int(unchecked((int)value));
    }

    /// <summary>neg, not and conversions.</summary>
    public static AbstractValue Unary(Code code, AbstractValue operand)
    {
        if (!operand.TryNumber(out var a))
        {
            return AbstractValue.Unknown;
        }

        return unchecked(code switch
        {
            Code.Neg => operand.IsLong ? AbstractValue.Long(-a) : AbstractValue.Int((int)-a),
            Code.Not => operand.IsLong ? AbstractValue.Long(~a) : AbstractValue.Int((int)~a),
            Code.Conv_I8 => AbstractValue.Long(a),
            Code.Conv_I4 => AbstractValue.Int((int)a),
            Code.Conv_I2 => AbstractValue.Int((short)a),
            Code.Conv_I1 => AbstractValue.Int((sbyte)a),
            Code.Conv_U2 => AbstractValue.Int((char)a),
            Code.Conv_U1 => AbstractValue.Int((byte)a),
            _ => throw new UnprovableException($"the instruction {code}"),
        });
    }

    /// <summary>Whether a two-operand branch is taken; null when unknown.</summary>
    public static bool? Branches(Code code, AbstractValue left, AbstractValue right)
    {
        var comparison = code switch
        {
            Code.Beq => Code.Ceq,
            Code.Bgt => Code.Cgt,
            Code.Blt => Code.Clt,
            Code.Bne_Un or Code.Bge or Code.Ble => code,
            _ => throw new UnprovableException($"the instruction {code}"),
        };
        return left.TryNumber(out var a) && right.TryNumber(out var b) ? Compare(comparison, a, b) : null;
    }

    private static bool? Compare(Code code, long a, long b) => code switch
    {
        Code.Ceq => a == b,
        Code.Cgt => a > b,
        Code.Clt => a < b,
        Code.Bge => a >= b,
        Code.Ble => a <= b,
        Code.Bne_Un => a != b,
        _ => null,
    };
}

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
