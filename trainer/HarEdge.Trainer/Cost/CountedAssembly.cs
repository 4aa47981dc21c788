using System.Buffers.Binary;
using System.Runtime.Loader;
using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using Assembly = System.Reflection.Assembly;
using BindingFlags = System.Reflection.BindingFlags;
using FieldInfo = System.Reflection.FieldInfo;

namespace HarEdge.Trainer.Cost;

/// <summary>
/// Device code loaded apart from the running program, with its basic blocks counted. It has types of its own: the same names as
/// Core's, reached by reflection. Not for use by two threads at once.
/// </summary>
internal sealed class CountedAssembly : IDisposable
{
    private readonly AssemblyLoadContext context = new("counted device code", isCollectible: true);
    private readonly long[] executions;

    /// <summary>Instruments and loads the image of an assembly.</summary>
    /// <param name="image">As compiled.</param>
    /// <param name="weights">Of its instructions; null for the default.</param>
    public CountedAssembly(byte[] image, InstructionWeights? weights = null)
    {
        Weights = weights ?? InstructionWeights.Default;
        (var counted, var blocks) = BlockInstrumenter.Rewrite(image, Weights);
        Image = image;
        Blocks = blocks;
        executions = new long[blocks.Count];
        Assembly = context.LoadFromStream(new MemoryStream(counted));
        Assembly.GetType(BlockInstrumenter.CountersType)!.GetField(BlockInstrumenter.CountersField)!.SetValue(null, executions);
    }

    /// <summary>The assembly as compiled, without counters.</summary>
    public byte[] Image { get; }

    /// <summary>Weights of its instructions.</summary>
    public InstructionWeights Weights { get; }

    /// <summary>The loaded assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>Its basic blocks.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>How often each block ran since <see cref="Reset"/>; the live counters.</summary>
    public ReadOnlySpan<long> Executions => executions;

    /// <summary>Sets every count to 0.</summary>
    public void Reset() => Array.Clear(executions);

    /// <summary>Instructions executed since <see cref="Reset"/>.</summary>
    public long Instructions() => Sum(block => block.Instructions);

    /// <summary>Their weight, in thousandths.</summary>
    public long Weight() => Sum(block => block.Weight);

    /// <summary>A public type of HarEdge.Core by its name there, for example "SampleWindow".</summary>
    public Type CoreType(string name) => Assembly.GetType("HarEdge.Core." + name, throwOnError: true)!;

    /// <inheritdoc/>
    public void Dispose() => context.Unload();

    private long Sum(Func<Block, long> ofBlock)
    {
        long total = 0;
        for (var i = 0; i < executions.Length; i++)
        {
            total += executions[i] == 0 ? 0 : executions[i] * ofBlock(Blocks[i]);
        }

        return total;
    }
}

/// <summary>A pipeline with a generated model, inside counted code.</summary>
internal sealed class CountedPipeline
{
    private readonly Func<byte[], int, int, bool> stepBurst;
    private byte[] burst = [];
    private readonly Action restart;
    private readonly FieldInfo stage;

    /// <param name="code">Counted code that holds Core and the generated model.</param>
    public CountedPipeline(CountedAssembly code)
    {
        var model = Activator.CreateInstance(code.Assembly.GetType(CSharpGenerator.TypeName, throwOnError: true)!)!;
        var type = code.CoreType("Pipeline");
        Instance = Activator.CreateInstance(type, model)!;
        stepBurst = type.GetMethod("StepBurst")!.CreateDelegate<Func<byte[], int, int, bool>>(Instance);
        restart = type.GetMethod("Restart")!.CreateDelegate<Action>(Instance);

        // Read past the property: its getter would be counted as the device's work.
        stage = type.GetField("stage", BindingFlags.Instance | BindingFlags.NonPublic)!;
    }

    /// <summary>The pipeline, of the counted code's own type.</summary>
    public object Instance { get; }

    /// <summary>Stage of the last decision.</summary>
    public int Stage => (int)stage.GetValue(Instance)!;

    /// <summary>Samples of six counts as a burst of the FIFO, decoded as on the device; true when they brought a decision.</summary>
    /// <param name="channels">Six channels.</param>
    /// <param name="first">Of the samples.</param>
    /// <param name="count">How many; none after the one that brings a decision.</param>
    public bool Step(short[][] channels, int first, int count = 1)
    {
        if (burst.Length < count * Pipeline.BytesPerSample)
        {
            burst = new byte[count * Pipeline.BytesPerSample];
        }

        for (var at = 0; at < count * channels.Length; at++)
        {
            BinaryPrimitives.WriteInt16BigEndian(burst.AsSpan(2 * at), channels[at % channels.Length][first + at / channels.Length]);
        }

        return stepBurst(burst, 0, count);
    }

    /// <summary>Starts over after a gap.</summary>
    public void Restart() => restart();
}

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
