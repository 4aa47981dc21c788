using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Cost;

/// <summary>What one IL instruction counts for; what it costs on the device is said by its <see cref="InstructionWeights"/>.</summary>
internal static class InstructionCost
{
    /// <summary>
    /// Instructions a call into the base library counts for beyond itself (Array.Copy, Array.Clear are all the loop uses): the
    /// interpreter marshals the arguments and runs native code. An assumption; such calls are some ten a decision.
    /// </summary>
    public const int NativeCall = 20;

    /// <summary>What an instruction counts for: one, and more for calls that leave <paramref name="module"/>.</summary>
    internal static int Of(Instruction instruction, ModuleDefinition module) => LeavesModule(instruction, module) ? 1 + NativeCall : 1;

    /// <summary>True for a call, virtual call or construction.</summary>
    internal static bool IsCall(Instruction instruction) => instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj;

    private static bool LeavesModule(Instruction instruction, ModuleDefinition module) =>
        IsCall(instruction) && instruction.Operand is MethodReference target && target.DeclaringType.Scope != module;
}
