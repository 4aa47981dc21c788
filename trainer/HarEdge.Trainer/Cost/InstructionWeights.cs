using System.Reflection;
using System.Text.Json;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Cost;

/// <summary>Kinds of IL instructions that take the interpreter about equally long.</summary>
internal enum InstructionClass
{
    /// <summary>ldc, ldnull, ldstr.</summary>
    Constant,

    /// <summary>ldloc, ldarg and their addresses.</summary>
    LoadLocal,

    /// <summary>stloc, starg.</summary>
    StoreLocal,

    /// <summary>add, sub, mul, div, rem, neg.</summary>
    Arithmetic,

    /// <summary>and, or, xor, not.</summary>
    Bitwise,

    /// <summary>shl, shr.</summary>
    Shift,

    /// <summary>ceq, cgt, clt.</summary>
    Compare,

    /// <summary>conv.</summary>
    Convert,

    /// <summary>br, switch.</summary>
    Branch,

    /// <summary>brtrue, brfalse.</summary>
    TestBranch,

    /// <summary>beq, blt and the like.</summary>
    CompareBranch,

    /// <summary>ldelem, ldelema.</summary>
    LoadElement,

    /// <summary>stelem.</summary>
    StoreElement,

    /// <summary>ldlen.</summary>
    ArrayLength,

    /// <summary>ldind, stind: through an address.</summary>
    Indirect,

    /// <summary>ldfld, stfld, ldflda.</summary>
    Field,

    /// <summary>ldsfld, stsfld.</summary>
    StaticField,

    /// <summary>A call of a static method, its return included.</summary>
    StaticCall,

    /// <summary>A call of a method that is not virtual on an object, its return included; a property's body comes besides.</summary>
    InstanceCall,

    /// <summary>A virtual call, its return included.</summary>
    VirtualCall,

    /// <summary>Each argument of a call, the object not counted, beyond the instruction that loads it.</summary>
    Argument,

    /// <summary>A call into the runtime's own code (Array.Copy, Array.Clear).</summary>
    NativeCall,

    /// <summary>ret: counted with the call.</summary>
    Return,

    /// <summary>leave: the end of a try.</summary>
    ProtectedRegion,

    /// <summary>newobj, newarr, box.</summary>
    Creation,

    /// <summary>dup, pop, nop and whatever else.</summary>
    Other,
}

/// <summary>
/// What an IL instruction of each class costs on the nanoFramework interpreter, relative to the mean instruction of a decision. Counted in
/// machine instructions; see the source in instruction-weights.json.
/// </summary>
internal sealed class InstructionWeights
{
    private const int Misused = 2;
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    // Whole thousandths, so that sums do not depend on their order.
    private readonly long[] thousandths;

    private InstructionWeights(string source, string counted, long[] thousandths)
    {
        Source = source;
        Counted = counted;
        this.thousandths = thousandths;
    }

    /// <summary>The weights HarEdge comes with.</summary>
    public static InstructionWeights Default { get; } = Parse(EmbeddedText("instruction-weights.json"), "instruction-weights.json");

    /// <summary>How they were found.</summary>
    public string Source { get; }

    /// <summary>When, as year and month.</summary>
    public string Counted { get; }

    /// <summary>Reads weights.</summary>
    /// <param name="text">JSON like instruction-weights.json.</param>
    /// <param name="name">Of the file, for messages.</param>
    /// <exception cref="InputException">A class is missing or unknown, or a figure is negative.</exception>
    public static InstructionWeights Parse(string text, string name)
    {
        WeightsFile file;
        try
        {
            file = JsonSerializer.Deserialize<WeightsFile>(text, Format) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw Bad(name, $"is no weights file: {JsonFault.Words(exception)}", exception);
        }

        if (file.Weights is null || string.IsNullOrWhiteSpace(file.Source) || string.IsNullOrWhiteSpace(file.Counted))
        {
            throw Bad(name, $"has no \"{(file.Weights is null ? "weights" : string.IsNullOrWhiteSpace(file.Source) ? "source" : "counted")}\"");
        }

        var thousandths = new long[Enum.GetValues<InstructionClass>().Length];
        foreach (var kind in Enum.GetValues<InstructionClass>())
        {
            var key = JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
            if (!file.Weights.Remove(key, out var weight))
            {
                throw Bad(name, $"has no weight of \"{key}\"");
            }

            thousandths[(int)kind] = weight is >= 0 and <= 100_000
                ? (long)Math.Round(weight * 1000)
                : throw Bad(name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"gives \"{key}\" the weight {weight}, which is not from 0 to 100,000"));
        }

        return file.Weights.Count == 0
            ? new InstructionWeights(file.Source, file.Counted, thousandths)
            : throw Bad(name, $"has a weight of \"{file.Weights.Keys.First()}\", which is no class of instructions");
    }

    /// <summary>Reads a file, or gives the default where there is none.</summary>
    /// <param name="path">Null for the default.</param>
    /// <exception cref="InputException">It cannot be read, or see <see cref="Parse"/>.</exception>
    public static InstructionWeights Read(string? path) => path is null ? Default : Parse(WholeFile(path), path);

    /// <summary>The class of an instruction.</summary>
    internal static InstructionClass ClassOf(Instruction instruction, ModuleDefinition module)
    {
        var name = instruction.OpCode.Name;
        return instruction.OpCode.Code switch
        {
            Code.Call or Code.Callvirt => ClassOfCall(instruction, module),
            Code.Newobj or Code.Newarr or Code.Box => InstructionClass.Creation,
            Code.Ret => InstructionClass.Return,
            Code.Leave or Code.Leave_S => InstructionClass.ProtectedRegion,
            Code.Br or Code.Br_S or Code.Switch => InstructionClass.Branch,
            Code.Brtrue or Code.Brtrue_S or Code.Brfalse or Code.Brfalse_S => InstructionClass.TestBranch,
            Code.Ldlen => InstructionClass.ArrayLength,
            Code.Ldsfld or Code.Stsfld or Code.Ldsflda => InstructionClass.StaticField,
            Code.Ldfld or Code.Stfld or Code.Ldflda => InstructionClass.Field,
            Code.And or Code.Or or Code.Xor or Code.Not => InstructionClass.Bitwise,
            Code.Shl or Code.Shr or Code.Shr_Un => InstructionClass.Shift,
            Code.Add or Code.Sub or Code.Mul or Code.Div or Code.Rem or Code.Neg => InstructionClass.Arithmetic,
            Code.Ceq or Code.Cgt or Code.Clt or Code.Cgt_Un or Code.Clt_Un => InstructionClass.Compare,
            _ when name.StartsWith("ldc", StringComparison.Ordinal) || name is "ldnull" or "ldstr" => InstructionClass.Constant,
            _ when name.StartsWith("ldloc", StringComparison.Ordinal) || name.StartsWith("ldarg", StringComparison.Ordinal) => InstructionClass.LoadLocal,
            _ when name.StartsWith("stloc", StringComparison.Ordinal) || name.StartsWith("starg", StringComparison.Ordinal) => InstructionClass.StoreLocal,
            _ when name.StartsWith("conv", StringComparison.Ordinal) => InstructionClass.Convert,
            _ when name.StartsWith("ldelem", StringComparison.Ordinal) => InstructionClass.LoadElement,
            _ when name.StartsWith("stelem", StringComparison.Ordinal) => InstructionClass.StoreElement,
            _ when name.StartsWith("ldind", StringComparison.Ordinal) || name.StartsWith("stind", StringComparison.Ordinal) => InstructionClass.Indirect,
            _ when instruction.OpCode.FlowControl == FlowControl.Cond_Branch => InstructionClass.CompareBranch,
            _ => InstructionClass.Other,
        };
    }

    /// <summary>Weight of an instruction in thousandths; a call's includes its arguments and its return.</summary>
    internal long Of(Instruction instruction, ModuleDefinition module)
    {
        var weight = thousandths[(int)ClassOf(instruction, module)];
        return InstructionCost.IsCall(instruction)
            ? weight + ((MethodReference)instruction.Operand).Parameters.Count * thousandths[(int)InstructionClass.Argument]
            : weight;
    }

    private static InstructionClass ClassOfCall(Instruction instruction, ModuleDefinition module)
    {
        var target = (MethodReference)instruction.Operand;
        return target.DeclaringType.Scope != module ? InstructionClass.NativeCall
            : !target.HasThis ? InstructionClass.StaticCall
            : instruction.OpCode.Code == Code.Callvirt && target.Resolve().IsVirtual ? InstructionClass.VirtualCall
            : InstructionClass.InstanceCall;
    }

    /// <summary>A data file of this folder.</summary>
    internal static string EmbeddedText(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("HarEdge.Trainer.Cost." + name)!);
        return reader.ReadToEnd();
    }

    /// <summary>The text of a file a user named.</summary>
    internal static string WholeFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {FileFault.Words(exception)}.", "Name a file that exists.", Misused, exception);
        }
    }

    private static InputException Bad(string name, string what, Exception? inner = null) =>
        new($"{name} {what}.", "Start from trainer/HarEdge.Trainer/Cost/instruction-weights.json, which has every class.", Misused, inner);

    private sealed record WeightsFile(string? Source, string? Counted, string? Unit, Dictionary<string, double>? Weights);
}

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
