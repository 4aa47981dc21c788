using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Portability.Subset;

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
