using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Portability;

/// <summary>Every place where device code names a type.</summary>
internal static class TypeUses
{
    /// <summary>Types of fields, parameters, results, locals and instructions, each with its place; parts of composed types too.</summary>
    public static IEnumerable<(TypeReference Type, string Place)> In(DeviceCode code) =>
        Declared(code).Concat(InInstructions(code)).SelectMany(use => Parts(use.Type).Select(part => (part, use.Place)));

    /// <summary>Types of fields, parameters, results and locals only.</summary>
    public static IEnumerable<(TypeReference Type, string Place)> Declared(DeviceCode code)
    {
        foreach (var type in code.Types)
        {
            foreach (var parent in type.Interfaces.Select(implemented => implemented.InterfaceType).Append(type.BaseType).OfType<TypeReference>())
            {
                yield return (parent, type.FullName);
            }

            foreach (var field in type.Fields)
            {
                // The value of an enum member is a field of the enum's own type: it is no variable.
                if (!type.IsEnum)
                {
                    yield return (field.FieldType, type.FullName + "." + field.Name);
                }
            }
        }

        foreach (var method in code.Methods)
        {
            var place = DeviceCode.PlaceOf(method);
            yield return (method.ReturnType, place);
            foreach (var parameter in method.Parameters)
            {
                yield return (parameter.ParameterType, place);
            }

            foreach (var local in method.HasBody ? [.. method.Body.Variables] : Array.Empty<VariableDefinition>())
            {
                yield return (local.VariableType, place);
            }
        }
    }

    private static IEnumerable<(TypeReference Type, string Place)> InInstructions(DeviceCode code)
    {
        foreach ((var method, var instruction) in code.Instructions)
        {
            var place = DeviceCode.PlaceOf(method);
            switch (instruction.Operand)
            {
                case TypeReference type:
                    yield return (type, place);
                    break;
                case FieldReference field:
                    yield return (field.DeclaringType, place);
                    yield return (field.FieldType, place);
                    break;
                case MethodReference called:
                    yield return (called.DeclaringType, place);
                    yield return (called.ReturnType, place);
                    foreach (var parameter in called.Parameters)
                    {
                        yield return (parameter.ParameterType, place);
                    }

                    foreach (var argument in called is GenericInstanceMethod generic ? [.. generic.GenericArguments] : Array.Empty<TypeReference>())
                    {
                        yield return (argument, place);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<TypeReference> Parts(TypeReference type)
    {
        for (var at = type; at is not null; at = at is TypeSpecification composed ? composed.ElementType : null)
        {
            yield return at;
            if (at is GenericInstanceType generic)
            {
                foreach (var part in generic.GenericArguments.SelectMany(Parts))
                {
                    yield return part;
                }
            }
        }
    }
}

/// <summary>What device code uses of the runtime's libraries, as XML documentation ids (ECMA-334 annex D): "M:System.Array.Clear(…)".</summary>
internal static class ExternalMembers
{
    /// <summary>Every external type, method, property and field, sorted.</summary>
    public static IReadOnlyList<string> Of(DeviceCode code)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((var type, _) in TypeUses.In(code))
        {
            if (type is not TypeSpecification and not GenericParameter && !type.IsPrimitive && type.MetadataType != MetadataType.Void && code.IsExternal(type))
            {
                ids.Add("T:" + code.DeviceName(type));
            }
        }

        foreach (var member in code.Instructions.Select(at => at.Instruction.Operand).OfType<MemberReference>())
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
        var owner = code.DeviceName(member.DeclaringType);
        if (member is not MethodReference method)
        {
            return $"F:{owner}.{member.Name}";
        }

        // Accessors are listed as what they access.
        foreach ((var prefix, var kind) in new[] { ("get_", "P"), ("set_", "P"), ("add_", "E"), ("remove_", "E") })
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
        var parameters = prefix is "" or "get_" ? method.Parameters : method.Parameters.SkipLast(1);
        var list = string.Join(",", parameters.Select(parameter => Name(code, parameter.ParameterType)));
        return list.Length == 0 ? "" : $"({list})";
    }

    private static string Name(DeviceCode code, TypeReference type) => type switch
    {
        ArrayType array => Name(code, array.ElementType) + "[]",
        ByReferenceType reference => Name(code, reference.ElementType) + "@",
        _ => code.DeviceName(type),
    };
}
