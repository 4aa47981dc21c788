using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Portability.Subset;

/// <summary>Generic types and methods compile, but the device's metadata processor has no place for them.</summary>
internal sealed class GenericsRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "generics";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code)
    {
        IEnumerable<Finding> declared = code.Types.Where(type => type.HasGenericParameters).Select(type => At(type.FullName, "a generic type"))
            .Concat(code.Methods.Where(method => method.HasGenericParameters).Select(method => At(DeviceCode.PlaceOf(method), "a generic method")));
        IEnumerable<Finding> used = TypeUses.In(code).Where(use => use.Type is GenericInstanceType or GenericParameter)
            .Select(use => At(use.Place, use.Type.FullName));
        IEnumerable<Finding> called = code.Instructions.Where(at => at.Instruction.Operand is GenericInstanceMethod)
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
        IEnumerable<Finding> types = TypeUses.In(code)
            .Where(use => core.Contains(use.Place))
            .Where(use => use.Type.MetadataType is MetadataType.Single or MetadataType.Double || use.Type.FullName == "System.Decimal")
            .Select(use => At(use.Place, use.Type.Name));
        IEnumerable<Finding> instructions = code.Instructions
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
        IEnumerable<Finding> defined = code.Types.Where(type => type.IsValueType && !type.IsEnum).Select(type => At(type.FullName, "is a struct"));
        HashSet<string> core = [.. code.Types.Where(DeviceCode.IsCore).SelectMany(type =>
            type.Methods.Select(DeviceCode.PlaceOf).Concat(type.Fields.Select(field => type.FullName + "." + field.Name)))];
        IEnumerable<Finding> used = TypeUses.Declared(code).Where(use => core.Contains(use.Place) && IsStruct(use.Type))
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
