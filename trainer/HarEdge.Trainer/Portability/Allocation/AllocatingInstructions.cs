using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Portability.Allocation;

/// <summary>Instructions that make, or may make, an object on the device.</summary>
internal static class AllocatingInstructions
{
    /// <summary>Why the instruction is not proven free of allocation; null when it is.</summary>
    public static string? Reason(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Newobj => $"makes an object: {instruction.Operand}",
        Code.Newarr => $"makes an array of {instruction.Operand}",
        Code.Box => $"boxes a {instruction.Operand}",
        Code.Ldstr => "loads a string constant",
        Code.Ldtoken or Code.Ldftn or Code.Ldvirtftn or Code.Mkrefany or Code.Arglist => $"uses {instruction.OpCode.Name}",
        Code.Initobj or Code.Ldobj or Code.Stobj or Code.Cpobj => $"copies a struct: {instruction.Operand}",
        Code.Localloc => "takes memory from the stack",
        Code.Calli => "calls through a pointer",
        Code.Throw or Code.Rethrow => "throws",
        _ => null,
    };
}
