using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Cost;

/// <summary>Where control can go within a method body.</summary>
internal static class ControlFlow
{
    /// <summary>First instructions of basic blocks: the entry, branch targets, what follows a branch, handler boundaries.</summary>
    public static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            leaders.UnionWith(Targets(instruction));
            if (EndsBlock(instruction) && instruction.Next is not null)
            {
                leaders.Add(instruction.Next);
            }
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            leaders.UnionWith(
                new[] { handler.TryStart, handler.TryEnd, handler.FilterStart, handler.HandlerStart, handler.HandlerEnd }.Where(at => at is not null));
        }

        return leaders;
    }

    /// <summary>Explicit branch targets of an instruction.</summary>
    public static IEnumerable<Instruction> Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };

    /// <summary>Instructions that can run after this one within the method; none after return or throw.</summary>
    public static IEnumerable<Instruction> Successors(Instruction instruction) =>
        instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw
            ? Targets(instruction)
            : Targets(instruction).Append(instruction.Next);

    /// <summary>Sends every branch and handler boundary that meant a key to its value instead.</summary>
    public static void Redirect(MethodBody body, IEnumerable<Instruction> original, Dictionary<Instruction, Instruction> moved)
    {
        foreach (var instruction in original)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => moved[target],
                Instruction[] targets => Array.ConvertAll(targets, target => moved[target]),
                var other => other,
            };
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            handler.TryStart = moved[handler.TryStart];
            handler.TryEnd = moved[handler.TryEnd];
            handler.HandlerStart = moved[handler.HandlerStart];
            handler.FilterStart = handler.FilterStart is null ? null : moved[handler.FilterStart];
            handler.HandlerEnd = handler.HandlerEnd is null ? null : moved[handler.HandlerEnd];
        }
    }

    private static bool EndsBlock(Instruction instruction) =>
        instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;
}
