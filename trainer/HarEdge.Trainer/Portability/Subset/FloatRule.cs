using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Portability.Subset;

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
