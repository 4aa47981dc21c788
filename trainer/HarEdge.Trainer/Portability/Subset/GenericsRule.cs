using Mono.Cecil;

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
