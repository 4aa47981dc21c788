using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace HarEdge.Trainer.Cost;

/// <summary>
/// Rewrites an assembly so that each basic block counts its executions in one static array. What the code computes, and which of
/// its own instructions run, stays the same.
/// </summary>
internal sealed class BlockInstrumenter
{
    /// <summary>Type and field of the counters in the rewritten assembly.</summary>
    public const string CountersType = "HarEdgeBlockCounters";

    /// <summary>The field: a long for each block.</summary>
    public const string CountersField = "Executions";

    private readonly ModuleDefinition module;
    private readonly InstructionWeights weights;
    private readonly FieldDefinition counters;
    private readonly List<Block> blocks = [];

    private BlockInstrumenter(ModuleDefinition module, InstructionWeights weights)
    {
        this.module = module;
        this.weights = weights;
        var type = new TypeDefinition(
            "", CountersType, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        counters = new FieldDefinition(
            CountersField, FieldAttributes.Public | FieldAttributes.Static, new ArrayType(module.TypeSystem.Int64));
        type.Fields.Add(counters);
        module.Types.Add(type);
    }

    /// <summary>Rewrites the assembly; block i counts in element i.</summary>
    public static (byte[] Image, IReadOnlyList<Block> Blocks) Rewrite(byte[] image, InstructionWeights weights)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        var instrumenter = new BlockInstrumenter(module, weights);
        foreach (var method in module.GetAllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToList())
        {
            instrumenter.Instrument(method);
        }

        using var output = new MemoryStream();
        module.Write(output);
        return (output.ToArray(), instrumenter.blocks);
    }

    private void Instrument(MethodDefinition method)
    {
        method.Body.SimplifyMacros();
        IReadOnlyList<Instruction> body = [.. method.Body.Instructions];
        var leaders = ControlFlow.Leaders(method.Body);
        var countFirst = new Dictionary<Instruction, Instruction>();
        var il = method.Body.GetILProcessor();
        var start = 0;
        while (start < body.Count)
        {
            var end = start + 1;
            while (end < body.Count && !leaders.Contains(body[end]))
            {
                end++;
            }

            countFirst[body[start]] = InsertCount(il, body[start]);
            List<Instruction> block = [.. body.Skip(start).Take(end - start)];
            blocks.Add(new Block(
                Name(method),
                block.Sum(instruction => InstructionCost.Of(instruction, module)),
                block.Sum(instruction => weights.Of(instruction, module))));
            start = end;
        }

        ControlFlow.Redirect(method.Body, body, countFirst);
        method.Body.OptimizeMacros();
    }

    // The stack is left as it was, so this may stand where values are on it.
    private Instruction InsertCount(ILProcessor il, Instruction before)
    {
        Instruction[] count =
        [
            il.Create(OpCodes.Ldsfld, counters), il.Create(OpCodes.Ldc_I4, blocks.Count), il.Create(OpCodes.Ldelema, module.TypeSystem.Int64),
            il.Create(OpCodes.Dup), il.Create(OpCodes.Ldind_I8), il.Create(OpCodes.Ldc_I8, 1L), il.Create(OpCodes.Add), il.Create(OpCodes.Stind_I8),
        ];
        foreach (var instruction in count)
        {
            il.InsertBefore(before, instruction);
        }

        return count[0];
    }

    private static string Name(MethodDefinition method) => method.DeclaringType.Name + "." + method.Name;
}

/// <summary>A stretch of IL that runs from its first instruction to its last or not at all.</summary>
/// <param name="Method">Type and method, without namespace: "Moments.Variance".</param>
/// <param name="Instructions">IL instructions in it; <see cref="InstructionCost.NativeCall"/> more for each call into the base library.</param>
/// <param name="Weight">Their <see cref="InstructionWeights"/> in thousandths.</param>
internal sealed record Block(string Method, int Instructions, long Weight);

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
