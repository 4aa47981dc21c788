using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Portability.Subset;

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
