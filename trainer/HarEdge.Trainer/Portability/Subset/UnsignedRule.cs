using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Portability.Subset;

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
        IEnumerable<Finding> variables = TypeUses.Declared(code).Where(use => Unsigned.Contains(Element(use.Type).MetadataType))
            .Select(use => At(use.Place, use.Type.Name));
        IEnumerable<Finding> instructions = code.Instructions.Where(at => IsUnsigned(at.Instruction) && !IsSafe(at.Instruction))
            .Select(at => At(DeviceCode.PlaceOf(at.Method), at.Instruction.OpCode.Name));
        IEnumerable<Finding> results = code.Instructions.Where(at => ReturnsUnsigned(at.Instruction) && !GoesToMemory(at.Instruction.Next))
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
        Instruction? at = instruction;
        while (at is not null && at.OpCode.Name.StartsWith("conv.", StringComparison.Ordinal))
        {
            at = at.Next;
        }

        return at?.OpCode.Code is Code.Stfld or Code.Stsfld or Code.Stelem_I1 or Code.Stelem_I2 or Code.Stelem_I4 or Code.Stelem_I8 or Code.Pop;
    }
}
