using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Portability;

/// <summary>One thing the device's runtime cannot do, or does differently from the desktop.</summary>
internal abstract class SubsetRule
{
    /// <summary>Short name, as findings bear it.</summary>
    public abstract string Name { get; }

    /// <summary>Every offence in the code.</summary>
    public abstract IEnumerable<Finding> Check(DeviceCode code);

    /// <summary>A finding of this rule.</summary>
    protected Finding At(string place, string detail) => new(Name, place, detail);
}

/// <summary>Generic types and methods compile, but the device's metadata processor has no place for them.</summary>
internal sealed class GenericsRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "generics";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code)
    {
        var declared = code.Types.Where(type => type.HasGenericParameters).Select(type => At(type.FullName, "a generic type"))
            .Concat(code.Methods.Where(method => method.HasGenericParameters).Select(method => At(DeviceCode.PlaceOf(method), "a generic method")));
        var used = TypeUses.In(code).Where(use => use.Type is GenericInstanceType or GenericParameter)
            .Select(use => At(use.Place, use.Type.FullName));
        var called = code.Instructions.Where(at => at.Instruction.Operand is GenericInstanceMethod)
            .Select(at => At(DeviceCode.PlaceOf(at.Method), ((MethodReference)at.Instruction.Operand).FullName));
        return declared.Concat(used).Concat(called);
    }
}

/// <summary>No floating point in Core: rounding differs between machines, integers do not.</summary>
internal sealed class FloatRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "float";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code)
    {
        HashSet<string> core = [.. code.Types.Where(DeviceCode.IsCore).SelectMany(type =>
            type.Methods.Select(DeviceCode.PlaceOf).Concat(type.Fields.Select(field => type.FullName + "." + field.Name)))];
        var types = TypeUses.In(code)
            .Where(use => core.Contains(use.Place))
            .Where(use => use.Type.MetadataType is MetadataType.Single or MetadataType.Double || use.Type.FullName == "System.Decimal")
            .Select(use => At(use.Place, use.Type.Name));
        var instructions = code.Instructions
            .Where(at => DeviceCode.IsCore(at.Method.DeclaringType))
            .Where(at => at.Instruction.OpCode.Code is Code.Ldc_R4 or Code.Ldc_R8 or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un)
            .Select(at => At(DeviceCode.PlaceOf(at.Method), at.Instruction.OpCode.Name));
        return types.Concat(instructions);
    }
}

/// <summary>
/// A struct is a heap object on the device's interpreter: Core uses none, and the firmware defines none of its own. Enums are
/// numbers.
/// </summary>
internal sealed class StructRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "struct";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code)
    {
        var defined = code.Types.Where(type => type.IsValueType && !type.IsEnum).Select(type => At(type.FullName, "is a struct"));
        HashSet<string> core = [.. code.Types.Where(DeviceCode.IsCore).SelectMany(type =>
            type.Methods.Select(DeviceCode.PlaceOf).Concat(type.Fields.Select(field => type.FullName + "." + field.Name)))];
        var used = TypeUses.Declared(code).Where(use => core.Contains(use.Place) && IsStruct(use.Type))
            .Select(use => At(use.Place, use.Type.FullName));
        return defined.Concat(used);
    }

    private static bool IsStruct(TypeReference type) =>
        type.IsValueType && !type.IsPrimitive && type.MetadataType != MetadataType.Void && type.Resolve() is not { IsEnum: true };
}

/// <summary>Interfaces declare, they do not implement: the device does not find a default body.</summary>
internal sealed class DefaultInterfaceMethodRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "default interface method";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code) =>
        code.Methods.Where(method => method.DeclaringType.IsInterface && method.HasBody).Select(method => At(DeviceCode.PlaceOf(method), "has a body"));
}

/// <summary>Function pointers compile and fail on the device; delegates work.</summary>
internal sealed class FunctionPointerRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "function pointer";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code) =>
        code.Instructions.Where(at => at.Instruction.OpCode.Code == Code.Calli).Select(at => At(DeviceCode.PlaceOf(at.Method), "calli"))
            .Concat(TypeUses.In(code).Where(use => use.Type is FunctionPointerType).Select(use => At(use.Place, use.Type.FullName)));
}

/// <summary>volatile needs a modifier type the device's base library lacks.</summary>
internal sealed class VolatileRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "volatile";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code) =>
        code.Instructions.Where(at => at.Instruction.OpCode.Code == Code.Volatile).Select(at => At(DeviceCode.PlaceOf(at.Method), "volatile access"))
            .Concat(TypeUses.In(code).Where(use => use.Type is RequiredModifierType).Select(use => At(use.Place, use.Type.FullName)));
}

/// <summary>Multi-dimensional arrays compile and fail on the device; arrays of arrays work.</summary>
internal sealed class MultiDimensionalArrayRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "multi-dimensional array";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code) =>
        TypeUses.In(code).Where(use => use.Type is ArrayType { Rank: > 1 }).Select(use => At(use.Place, use.Type.FullName));
}

/// <summary>No memory on the stack and no pointers into it.</summary>
internal sealed class StackAllocationRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "stackalloc";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code) =>
        code.Instructions.Where(at => at.Instruction.OpCode.Code == Code.Localloc).Select(at => At(DeviceCode.PlaceOf(at.Method), "localloc"))
            .Concat(TypeUses.In(code).Where(use => use.Type is PointerType).Select(use => At(use.Place, use.Type.FullName)));
}

/// <summary>Only listed members of the runtime's libraries are used: the desktop has many the device lacks.</summary>
/// <param name="allowed">XML documentation ids.</param>
internal sealed class ExternalMemberRule(IEnumerable<string> allowed) : SubsetRule
{
    private readonly HashSet<string> known = [.. allowed];

    /// <inheritdoc/>
    public override string Name => "external member";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code) =>
        ExternalMembers.Of(code).Where(id => !known.Contains(id)).Select(id => At(code.Module.Name, id));
}

/// <summary>
/// Sizes beyond which an assembly fails to load, or loads and stays silent. Where the device's limit is known the scan keeps a
/// margin: 64 KB of IL and of strings, 40 KB of array initial values ran and 80 KB printed nothing, 255 locals, arguments and stack
/// slots, branches within 32 KB.
/// </summary>
internal sealed class LimitsRule : SubsetRule
{
    /// <summary>Bytes of IL in an assembly.</summary>
    public const int MostIlBytes = 56 * 1024;

    /// <summary>Bytes of array initial values in an assembly.</summary>
    public const int MostInitialValueBytes = 32 * 1024;

    /// <summary>Bytes of distinct names and string constants in an assembly.</summary>
    public const int MostStringBytes = 48 * 1024;

    /// <summary>Bytes of IL in a method.</summary>
    public const int MostMethodBytes = 30 * 1024;

    /// <summary>Locals, arguments, or stack slots of a method.</summary>
    public const int MostSlots = 250;

    /// <inheritdoc/>
    public override string Name => "limits";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code)
    {
        var assembly = code.Module.Name;
        return
        [
            .. Above(assembly, "bytes of IL", code.Methods.Where(method => method.HasBody).Sum(method => method.Body.CodeSize), MostIlBytes),
            .. Above(assembly, "bytes of array initial values", InitialValueBytes(code), MostInitialValueBytes),
            .. Above(assembly, "bytes of names and strings", StringBytes(code), MostStringBytes),
            .. code.Methods.Where(method => method.HasBody).SelectMany(OfMethod),
        ];
    }

    private IEnumerable<Finding> OfMethod(MethodDefinition method)
    {
        var place = DeviceCode.PlaceOf(method);
        return
        [
            .. Above(place, "locals", method.Body.Variables.Count, MostSlots),
            .. Above(place, "arguments", method.Parameters.Count + (method.HasThis ? 1 : 0), MostSlots),
            .. Above(place, "stack slots", method.Body.MaxStackSize, MostSlots),
            .. Above(place, "bytes of IL", method.Body.CodeSize, MostMethodBytes),
        ];
    }

    private IEnumerable<Finding> Above(string place, string what, int value, int most) => value > most ? [At(place, $"{value} {what}, at most {most}")] : [];

    private static int InitialValueBytes(DeviceCode code) => code.Instructions
        .Where(at => at.Instruction.OpCode.Code == Code.Ldtoken)
        .Select(at => (at.Instruction.Operand as FieldReference)?.Resolve())
        .OfType<FieldDefinition>().Distinct()
        .Sum(field => field.InitialValue.Length);

    private static int StringBytes(DeviceCode code) => code.Instructions
        .Select(at => at.Instruction.Operand).OfType<string>()
        .Concat(code.Types.SelectMany(type => type.Fields.Select(field => field.Name).Append(type.Name).Append(type.Namespace)))
        .Concat(code.Methods.Select(method => method.Name))
        .Distinct()
        .Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
}

/// <summary>
/// No unsigned arithmetic: on the device a cast from unsigned to signed of the same width keeps the unsigned tag, and later shifts
/// and divisions compute something else. So no uint, ulong or ushort variable, no unsigned instruction, and what the runtime's API
/// returns unsigned goes into a field or an element at once, where the tag is lost.
/// </summary>
internal sealed class UnsignedRule : SubsetRule
{
    private static readonly MetadataType[] Unsigned = [MetadataType.UInt16, MetadataType.UInt32, MetadataType.UInt64, MetadataType.UIntPtr];

    /// <inheritdoc/>
    public override string Name => "unsigned";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code)
    {
        var variables = TypeUses.Declared(code).Where(use => Unsigned.Contains(Element(use.Type).MetadataType))
            .Select(use => At(use.Place, use.Type.Name));
        var instructions = code.Instructions.Where(at => IsUnsigned(at.Instruction) && !IsSafe(at.Instruction))
            .Select(at => At(DeviceCode.PlaceOf(at.Method), at.Instruction.OpCode.Name));
        var results = code.Instructions.Where(at => ReturnsUnsigned(at.Instruction) && !GoesToMemory(at.Instruction.Next))
            .Select(at => At(DeviceCode.PlaceOf(at.Method), $"uses the unsigned result of {((MethodReference)at.Instruction.Operand).Name} before it was stored"));
        return variables.Concat(instructions).Concat(results);
    }

    private static TypeReference Element(TypeReference type) => type is TypeSpecification { ElementType: { } part } ? Element(part) : type;

    private static bool IsUnsigned(Instruction instruction) =>
        instruction.OpCode.Name.EndsWith(".un", StringComparison.Ordinal) || instruction.OpCode.Name.EndsWith(".un.s", StringComparison.Ordinal)
        || instruction.OpCode.Code is Code.Conv_U4 or Code.Conv_U8 or Code.Conv_U or Code.Conv_Ovf_U4 or Code.Conv_Ovf_U8 or Code.Conv_Ovf_U
            or Code.Ldelem_U4 or Code.Ldind_U4;

    // bne.un compares bits. cgt.un after null or 0 asks whether anything is there. A conversion stored at once loses its tag.
    private static bool IsSafe(Instruction instruction) =>
        instruction.OpCode.Code is Code.Bne_Un or Code.Bne_Un_S
        || (instruction.OpCode.Code == Code.Cgt_Un && IsNothing(instruction.Previous))
        || (instruction.Previous is { } source && ReturnsUnsigned(source) && GoesToMemory(instruction));

    private static bool IsNothing(Instruction? instruction) =>
        instruction?.OpCode.Code is Code.Conv_I8 or Code.Conv_U8 ? IsNothing(instruction.Previous) : instruction?.OpCode.Code is Code.Ldnull or Code.Ldc_I4_0;

    private static bool ReturnsUnsigned(Instruction instruction) =>
        instruction.Operand is MethodReference called && instruction.OpCode.FlowControl == FlowControl.Call
        && Unsigned.Contains(called.ReturnType.MetadataType);

    private static bool GoesToMemory(Instruction? instruction)
    {
        var at = instruction;
        while (at is not null && at.OpCode.Name.StartsWith("conv.", StringComparison.Ordinal))
        {
            at = at.Next;
        }

        return at?.OpCode.Code is Code.Stfld or Code.Stsfld or Code.Stelem_I1 or Code.Stelem_I2 or Code.Stelem_I4 or Code.Stelem_I8 or Code.Pop;
    }
}
