using Mono.Cecil;

namespace HarEdge.Trainer.Portability.Subset;

/// <summary>
/// A struct is a heap object on the device's interpreter: Core uses none, and the firmware defines none of its own. Enums are
/// numbers.
/// </summary>
internal sealed class StructRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "struct";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code)
    {
        IEnumerable<Finding> defined = code.Types.Where(type => type.IsValueType && !type.IsEnum).Select(type => At(type.FullName, "is a struct"));
        HashSet<string> core = [.. code.Types.Where(DeviceCode.IsCore).SelectMany(type =>
            type.Methods.Select(DeviceCode.PlaceOf).Concat(type.Fields.Select(field => type.FullName + "." + field.Name)))];
        IEnumerable<Finding> used = TypeUses.Declared(code).Where(use => core.Contains(use.Place) && IsStruct(use.Type))
            .Select(use => At(use.Place, use.Type.FullName));
        return defined.Concat(used);
    }

    private static bool IsStruct(TypeReference type) =>
        type.IsValueType && !type.IsPrimitive && type.MetadataType != MetadataType.Void && type.Resolve() is not { IsEnum: true };
}
