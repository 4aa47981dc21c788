using Mono.Cecil;

namespace HarEdge.Trainer.Portability.Subset;

/// <summary>What device code uses of the runtime's libraries, as XML documentation ids (ECMA-334 annex D): "M:System.Array.Clear(…)".</summary>
internal static class ExternalMembers
{
    /// <summary>Every external type, method, property and field, sorted.</summary>
    public static IReadOnlyList<string> Of(DeviceCode code)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((TypeReference type, _) in TypeUses.In(code))
        {
            if (type is not TypeSpecification and not GenericParameter && !type.IsPrimitive && type.MetadataType != MetadataType.Void && code.IsExternal(type))
            {
                ids.Add("T:" + code.DeviceName(type));
            }
        }

        foreach (MemberReference member in code.Instructions.Select(at => at.Instruction.Operand).OfType<MemberReference>())
        {
            if (member is not TypeReference && member.DeclaringType is not ArrayType && code.IsExternal(member.DeclaringType))
            {
                ids.Add(IdOf(code, member));
            }
        }

        return [.. ids];
    }

    /// <summary>The id of one member.</summary>
    public static string IdOf(DeviceCode code, MemberReference member)
    {
        string owner = code.DeviceName(member.DeclaringType);
        if (member is not MethodReference method)
        {
            return $"F:{owner}.{member.Name}";
        }

        // Accessors are listed as what they access.
        foreach ((string prefix, string kind) in new[] { ("get_", "P"), ("set_", "P"), ("add_", "E"), ("remove_", "E") })
        {
            if (method.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return $"{kind}:{owner}.{method.Name[prefix.Length..]}{Parameters(code, method, prefix)}";
            }
        }

        return $"M:{owner}.{method.Name.Replace('.', '#')}{Parameters(code, method, "")}";
    }

    // Indexers have parameters of their own; the value an accessor sets or an event's handler is none.
    private static string Parameters(DeviceCode code, MethodReference method, string prefix)
    {
        IEnumerable<ParameterDefinition> parameters = prefix is "" or "get_" ? method.Parameters : method.Parameters.SkipLast(1);
        string list = string.Join(",", parameters.Select(parameter => Name(code, parameter.ParameterType)));
        return list.Length == 0 ? "" : $"({list})";
    }

    private static string Name(DeviceCode code, TypeReference type) => type switch
    {
        ArrayType array => Name(code, array.ElementType) + "[]",
        ByReferenceType reference => Name(code, reference.ElementType) + "@",
        _ => code.DeviceName(type),
    };
}
