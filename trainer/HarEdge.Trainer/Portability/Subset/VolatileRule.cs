using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Portability.Subset;

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
