using HarEdge.Trainer.Portability;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Tests.Portability;

/// <summary>
/// Walks everything a method can call in compiled device code and looks for whatever makes an object on the device. No finding
/// means: the method allocates nothing, on any data. Static initializers are outside: the device runs them at start.
/// </summary>
internal sealed class AllocationProof
{
    private const string Rule = "allocation";

    // Measured on the nanoFramework interpreter: these make no object.
    private static readonly string[] AllocatingNothing =
    [
        "M:System.Array.Copy(System.Array,System.Int32,System.Array,System.Int32,System.Int32)",
        "M:System.Array.Clear(System.Array,System.Int32,System.Int32)",
    ];

    private readonly DeviceCode code;
    private readonly HashSet<MethodDefinition> reached = [];
    private readonly List<Finding> findings = [];

    private AllocationProof(DeviceCode code) => this.code = code;

    /// <summary>Proves, or says what stands against it.</summary>
    /// <param name="image">Device code: everything that can be called must be inside.</param>
    /// <param name="type">Full name of the root's type.</param>
    /// <param name="method">Name of the root, the only one of that name.</param>
    public static AllocationReport Of(byte[] image, string type = "HarEdge.Core.Pipeline", string method = "Step")
    {
        var proof = new AllocationProof(DeviceCode.Read(image));
        proof.Walk(proof.code.Module.GetType(type).Methods.Single(candidate => candidate.Name == method));
        return new AllocationReport([.. proof.reached.Select(DeviceCode.PlaceOf).Order(StringComparer.Ordinal)], proof.findings);
    }

    private void Walk(MethodDefinition root)
    {
        var pending = new Queue<MethodDefinition>([root]);
        while (pending.TryDequeue(out var method))
        {
            if (!reached.Add(method))
            {
                continue;
            }

            var place = DeviceCode.PlaceOf(method);
            if (!method.HasBody)
            {
                findings.Add(new Finding(Rule, place, "has no body to prove anything about"));
                continue;
            }

            findings.AddRange(method.Body.Variables.Where(local => IsStruct(local.VariableType))
                .Select(local => new Finding(Rule, place, $"a struct local of type {local.VariableType.Name}")));
            foreach (var instruction in method.Body.Instructions)
            {
                if (AllocatingInstructions.Reason(instruction) is { } reason)
                {
                    findings.Add(new Finding(Rule, place, reason));
                }

                foreach (var callee in instruction.OpCode.Code is Code.Call or Code.Callvirt ? Callees(place, instruction) : [])
                {
                    pending.Enqueue(callee);
                }
            }
        }
    }

    private List<MethodDefinition> Callees(string place, Instruction call)
    {
        var target = (MethodReference)call.Operand;
        if (target.DeclaringType.Resolve() is { BaseType.FullName: "System.MulticastDelegate" })
        {
            findings.Add(new Finding(Rule, place, $"calls a delegate, {target.DeclaringType.Name}: it may run anything"));
            return [];
        }

        if (target.Parameters.Select(parameter => parameter.ParameterType).Append(target.ReturnType).Any(IsStruct))
        {
            findings.Add(new Finding(Rule, place, $"passes a struct to or from {target.Name}"));
        }

        if (target.DeclaringType.Scope != code.Module || code.IsExternal(target.DeclaringType))
        {
            if (!AllocatingNothing.Contains(ExternalMembers.IdOf(code, target)))
            {
                findings.Add(new Finding(Rule, place, $"calls {target.FullName}, of which nothing is proven"));
            }

            return [];
        }

        var definition = target.Resolve();
        return call.OpCode.Code == Code.Callvirt && definition.IsVirtual ? Overrides(place, definition) : [definition];
    }

    private List<MethodDefinition> Overrides(string place, MethodDefinition definition)
    {
        List<MethodDefinition> bodies = [.. code.Types.Where(type => IsOrDerives(type, definition.DeclaringType))
            .SelectMany(type => type.Methods)
            .Where(method => method.IsVirtual && method.HasBody && method.Name == definition.Name && HasSameParameters(method, definition))];
        if (bodies.Count == 0)
        {
            findings.Add(new Finding(Rule, place, $"calls {definition.FullName}, which nothing here implements"));
        }

        return bodies;
    }

    private static bool IsOrDerives(TypeDefinition type, TypeDefinition ancestor)
    {
        for (var at = type; at is not null; at = at.BaseType?.Resolve())
        {
            if (at == ancestor || at.Interfaces.Any(implemented => implemented.InterfaceType.Resolve() == ancestor))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasSameParameters(MethodDefinition a, MethodDefinition b) =>
        a.Parameters.Select(parameter => parameter.ParameterType.FullName).SequenceEqual(b.Parameters.Select(parameter => parameter.ParameterType.FullName));

    private static bool IsStruct(TypeReference type) =>
        type.IsValueType && !type.IsPrimitive && type.MetadataType != MetadataType.Void && type.Resolve() is not { IsEnum: true };
}

/// <summary>What a proof looked at and what it found.</summary>
/// <param name="Methods">Every method that can run, full names.</param>
/// <param name="Findings">What may allocate; none is the proof.</param>
internal sealed record AllocationReport(IReadOnlyList<string> Methods, IReadOnlyList<Finding> Findings);

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
