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
