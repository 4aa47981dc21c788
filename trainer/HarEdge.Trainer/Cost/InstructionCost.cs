using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Cost;

/// <summary>What one IL instruction counts for, and what it takes on the device by estimate.</summary>
internal static class InstructionCost
{
    /// <summary>
    /// Instructions a call into the base library counts for beyond itself (Array.Copy, Array.Clear are all the loop uses): the
    /// interpreter marshals the arguments and runs native code. An assumption; such calls are some ten a decision.
    /// </summary>
    public const int NativeCall = 20;

    /// <summary>
    /// A call takes about as long as ten other instructions on the nanoFramework interpreter, measured with the interpreter built
    /// for a PC; so nine more than the one it is counted for.
    /// </summary>
    public const int CallOverhead = 9;

    /// <summary>
    /// Microseconds one IL instruction takes on an ESP32 at 240 MHz: an assumption of about 100 processor cycles (decoding from
    /// flash, operands in heap blocks) that nobody has measured yet. Every figure made with it is called estimated.
    /// </summary>
    public const double EstimatedMicrosecondsPerInstruction = 0.4;

    /// <summary>Microseconds on an ESP32, estimated from the instructions and the calls among them.</summary>
    public static double EstimatedMicroseconds(double instructions, double calls) =>
        (instructions + CallOverhead * calls) * EstimatedMicrosecondsPerInstruction;

    /// <summary>What an instruction counts for: one, and more for calls that leave <paramref name="module"/>.</summary>
    internal static int Of(Instruction instruction, ModuleDefinition module) => LeavesModule(instruction, module) ? 1 + NativeCall : 1;

    /// <summary>True for a call, virtual call or construction.</summary>
    internal static bool IsCall(Instruction instruction) => instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj;

    private static bool LeavesModule(Instruction instruction, ModuleDefinition module) =>
        IsCall(instruction) && instruction.Operand is MethodReference target && target.DeclaringType.Scope != module;
}
