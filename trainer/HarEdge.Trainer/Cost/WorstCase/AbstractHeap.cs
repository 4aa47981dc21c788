using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>
/// What is known about fields and array elements: what was written on this path, or else what the objects hold after construction.
/// Elements of number arrays are not tracked, those of flags and references are. Immutable.
/// </summary>
internal sealed class AbstractHeap
{
    private readonly ImmutableDictionary<Place, AbstractValue> written;
    private readonly Func<FieldInfo, bool> isUnknownAtEntry;

    private AbstractHeap(ImmutableDictionary<Place, AbstractValue> written, Func<FieldInfo, bool> isUnknownAtEntry)
    {
        this.written = written;
        this.isUnknownAtEntry = isUnknownAtEntry;
    }

    /// <summary>The objects as they are, but for fields of which nothing may be assumed.</summary>
    public static AbstractHeap AsConstructed(Func<FieldInfo, bool> isUnknownAtEntry) =>
        new(ImmutableDictionary<Place, AbstractValue>.Empty, isUnknownAtEntry);

    /// <summary>Reads a field of an object, or a static field of a type (the object then is null).</summary>
    public AbstractValue Field(object? owner, FieldInfo field)
    {
        if (written.TryGetValue(new Place(owner, field, 0), out var value))
        {
            return value;
        }

        return !field.IsInitOnly && isUnknownAtEntry(field) ? AbstractValue.Unknown : AbstractValue.Of(field.GetValue(owner));
    }

    /// <summary>The heap after a field was written.</summary>
    public AbstractHeap WithField(object? owner, FieldInfo field, AbstractValue value) =>
        new(written.SetItem(new Place(owner, field, 0), value), isUnknownAtEntry);

    /// <summary>Reads an element.</summary>
    public AbstractValue Element(Array array, AbstractValue index) =>
        IsTracked(array) && index.TryNumber(out var at) ? Initial(new Place(array, null, at)) : AbstractValue.Unknown;

    /// <summary>The heap after an element was written.</summary>
    public AbstractHeap WithElement(Array array, AbstractValue index, AbstractValue value)
    {
        if (!IsTracked(array))
        {
            return this;
        }

        if (!index.TryNumber(out var at))
        {
            throw new UnprovableException($"an element of {array.GetType().Name} is written at an index that depends on the data");
        }

        return new(written.SetItem(new Place(array, null, at), value), isUnknownAtEntry);
    }

    /// <summary>The heap after Array.Clear.</summary>
    public AbstractHeap WithCleared(Array array, AbstractValue start, AbstractValue count)
    {
        var heap = this;
        if (IsTracked(array))
        {
            if (array is not bool[] || !start.TryNumber(out var first) || !count.TryNumber(out var length))
            {
                throw new UnprovableException("Array.Clear of references, or of a part that depends on the data");
            }

            for (var i = first; i < first + length; i++)
            {
                heap = heap.WithElement(array, AbstractValue.Int((int)i), AbstractValue.Int(0));
            }
        }

        return heap;
    }

    /// <summary>The heap when nothing is known about the elements of an array of flags or numbers any more.</summary>
    public AbstractHeap WithForgotten(Array array)
    {
        var heap = this;
        for (var i = 0; IsTracked(array) && i < array.Length; i++)
        {
            heap = heap.WithElement(array, AbstractValue.Int(i), AbstractValue.Unknown);
        }

        return heap;
    }

    /// <summary>What is known whichever of two heaps it is.</summary>
    public static AbstractHeap Join(AbstractHeap a, AbstractHeap b)
    {
        if (ReferenceEquals(a.written, b.written))
        {
            return a;
        }

        var joined = a.written;
        foreach (var place in a.written.Keys.Concat(b.written.Keys))
        {
            var value = AbstractValue.Join(a.Initial(place), b.Initial(place));
            joined = joined.SetItem(place, value);
        }

        return new(joined, a.isUnknownAtEntry);
    }

    /// <summary>True when nothing differs.</summary>
    public bool IsSameAs(AbstractHeap other) =>
        written.Keys.Concat(other.written.Keys).All(place => Initial(place).Equals(other.Initial(place)));

    /// <summary>The field a reference in IL means.</summary>
    public static FieldInfo Resolve(Assembly assembly, FieldReference field) =>
        assembly.GetType(field.DeclaringType.FullName.Replace('/', '+'), throwOnError: true)!.GetField(
            field.Name, BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)!;

    private static bool IsTracked(Array array) => array is bool[] || !array.GetType().GetElementType()!.IsValueType;

    private AbstractValue Initial(Place place)
    {
        if (place.Field is not null)
        {
            return Field(place.Owner, place.Field);
        }

        return written.TryGetValue(place, out var value) ? value : AbstractValue.Of(((Array)place.Owner!).GetValue(place.Index));
    }

    private readonly record struct Place(object? Owner, FieldInfo? Field, long Index)
    {
        public bool Equals(Place other) => ReferenceEquals(Owner, other.Owner) && Equals(Field, other.Field) && Index == other.Index;

        public override int GetHashCode() => HashCode.Combine(Owner is null ? 0 : RuntimeHelpers.GetHashCode(Owner), Field, Index);
    }
}
