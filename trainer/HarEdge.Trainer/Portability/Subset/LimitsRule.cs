using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Portability.Subset;

/// <summary>
/// Sizes beyond which an assembly fails to load, or loads and stays silent. Where the device's limit is known the scan keeps a
/// margin: 64 KB of IL and of strings, 40 KB of array initial values ran and 80 KB printed nothing, 255 locals, arguments and stack
/// slots, branches within 32 KB.
/// </summary>
internal sealed class LimitsRule : SubsetRule
{
    /// <summary>Bytes of IL in an assembly.</summary>
    public const int MostIlBytes = 56 * 1024;

    /// <summary>Bytes of array initial values in an assembly.</summary>
    public const int MostInitialValueBytes = 32 * 1024;

    /// <summary>Bytes of distinct names and string constants in an assembly.</summary>
    public const int MostStringBytes = 48 * 1024;

    /// <summary>Bytes of IL in a method.</summary>
    public const int MostMethodBytes = 30 * 1024;

    /// <summary>Locals, arguments, or stack slots of a method.</summary>
    public const int MostSlots = 250;

    /// <inheritdoc/>
    public override string Name => "limits";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code)
    {
        string assembly = code.Module.Name;
        return
        [
            .. Above(assembly, "bytes of IL", code.Methods.Where(method => method.HasBody).Sum(method => method.Body.CodeSize), MostIlBytes),
            .. Above(assembly, "bytes of array initial values", InitialValueBytes(code), MostInitialValueBytes),
            .. Above(assembly, "bytes of names and strings", StringBytes(code), MostStringBytes),
            .. code.Methods.Where(method => method.HasBody).SelectMany(OfMethod),
        ];
    }

    private IEnumerable<Finding> OfMethod(MethodDefinition method)
    {
        string place = DeviceCode.PlaceOf(method);
        return
        [
            .. Above(place, "locals", method.Body.Variables.Count, MostSlots),
            .. Above(place, "arguments", method.Parameters.Count + (method.HasThis ? 1 : 0), MostSlots),
            .. Above(place, "stack slots", method.Body.MaxStackSize, MostSlots),
            .. Above(place, "bytes of IL", method.Body.CodeSize, MostMethodBytes),
        ];
    }

    private IEnumerable<Finding> Above(string place, string what, int value, int most) => value > most ? [At(place, $"{value} {what}, at most {most}")] : [];

    private static int InitialValueBytes(DeviceCode code) => code.Instructions
        .Where(at => at.Instruction.OpCode.Code == Code.Ldtoken)
        .Select(at => (at.Instruction.Operand as FieldReference)?.Resolve())
        .OfType<FieldDefinition>().Distinct()
        .Sum(field => field.InitialValue.Length);

    private static int StringBytes(DeviceCode code) => code.Instructions
        .Select(at => at.Instruction.Operand).OfType<string>()
        .Concat(code.Types.SelectMany(type => type.Fields.Select(field => field.Name).Append(type.Name).Append(type.Namespace)))
        .Concat(code.Methods.Select(method => method.Name))
        .Distinct()
        .Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
}
