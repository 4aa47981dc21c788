using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace HarEdge.Trainer.Portability;

/// <summary>
/// Proves that compiled device code keeps to what the device's runtime can do. The compiler is no gate: it accepts code that
/// then prints nothing at all on the device.
/// </summary>
internal static class SubsetScan
{
    /// <summary>Every rule but the list of external members, which depends on the caller's list.</summary>
    public static IReadOnlyList<SubsetRule> Rules { get; } =
    [
        new GenericsRule(), new MultiDimensionalArrayRule(), new StackAllocationRule(), new FunctionPointerRule(), new DefaultInterfaceMethodRule(),
        new VolatileRule(), new UnsignedRule(), new FloatRule(), new StructRule(), new LimitsRule(),
    ];

    /// <summary>All offences in an assembly, each once.</summary>
    /// <param name="image">An assembly with types in HarEdge.Core or HarEdge.Firmware.</param>
    /// <param name="externalMembers">XML documentation ids of what may be used from outside.</param>
    public static IReadOnlyList<Finding> Run(byte[] image, IEnumerable<string> externalMembers)
    {
        var code = DeviceCode.Read(image);
        return [.. Rules.Append(new ExternalMemberRule(externalMembers)).SelectMany(rule => rule.Check(code)).Distinct()];
    }

    /// <summary>All offences in an assembly that is meant for a device as a whole, sorted by place.</summary>
    /// <param name="path">A .dll or .exe as the compiler wrote it, before it is converted.</param>
    /// <param name="externalMembers">XML documentation ids of what may be used from outside; null does not check that.</param>
    /// <exception cref="InputException">It cannot be read, or is no .NET assembly.</exception>
    public static IReadOnlyList<Finding> RunOn(string path, IReadOnlyCollection<string>? externalMembers)
    {
        DeviceCode code;
        try
        {
            code = DeviceCode.ReadWhole(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            throw new InputException(
                $"{path} cannot be read as a .NET assembly: {exception.Message}", "Name the .dll or .exe in the project's bin folder, not the .pe file.", 1, exception);
        }

        var rules = externalMembers is null ? Rules : Rules.Append(new ExternalMemberRule(externalMembers));
        return [.. rules.SelectMany(rule => rule.Check(code)).Distinct().OrderBy(finding => finding.Place, StringComparer.Ordinal)];
    }
}

/// <summary>Something device code must not do.</summary>
/// <param name="Rule">Short name of the rule: "generics".</param>
/// <param name="Place">Type and member, full name.</param>
/// <param name="Detail">What is there.</param>
internal sealed record Finding(string Rule, string Place, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Place}: {Detail}";
}

/// <summary>
/// The device's part of a compiled assembly: the types in HarEdge.Core and HarEdge.Firmware, without the twin's stand-ins for
/// runtime types that live in the firmware's namespace; or all types of somebody else's.
/// </summary>
internal sealed class DeviceCode
{
    private const string StandInAttribute = "StandsForAttribute";
    private static readonly string[] Namespaces = ["HarEdge.Core", "HarEdge.Firmware"];

    private readonly Dictionary<TypeDefinition, string> standIns;

    private readonly bool isWhole;

    private DeviceCode(ModuleDefinition module, bool isWhole)
    {
        this.isWhole = isWhole;
        Module = module;
        List<TypeDefinition> all = [.. module.GetAllTypes()];
        standIns = all.Select(type => (Type: type, DeviceType: StandsFor(type))).Where(pair => pair.DeviceType is not null)
            .ToDictionary(pair => pair.Type, pair => pair.DeviceType!);
        Types = [.. all.Where(type => IsOurs(Outermost(type)) && !standIns.ContainsKey((TypeDefinition)Outermost(type)))];
        Methods = [.. Types.SelectMany(type => type.Methods)];
    }

    /// <summary>The whole assembly.</summary>
    public ModuleDefinition Module { get; }

    /// <summary>The device's types.</summary>
    public IReadOnlyList<TypeDefinition> Types { get; }

    /// <summary>Their methods.</summary>
    public IReadOnlyList<MethodDefinition> Methods { get; }

    /// <summary>Every instruction of theirs.</summary>
    public IEnumerable<(MethodDefinition Method, Instruction Instruction)> Instructions =>
        from method in Methods where method.HasBody from instruction in method.Body.Instructions select (method, instruction);

    /// <summary>Reads the device's part of an assembly.</summary>
    public static DeviceCode Read(byte[] image) => new(ModuleDefinition.ReadModule(new MemoryStream(image)), isWhole: false);

    /// <summary>Reads an assembly that is meant for a device as a whole, whoever wrote it.</summary>
    public static DeviceCode ReadWhole(byte[] image) => new(ModuleDefinition.ReadModule(new MemoryStream(image)), isWhole: true);

    /// <summary>True for a type of HarEdge.Core, wherever it is compiled; Core forbids more than the firmware.</summary>
    public static bool IsCore(TypeReference type) => Outermost(type).Namespace.StartsWith(Namespaces[0], StringComparison.Ordinal);

    /// <summary>True when the device's base libraries must provide the type.</summary>
    public bool IsExternal(TypeReference type)
    {
        var outermost = Outermost(type);
        return outermost.Resolve() is { } known && standIns.ContainsKey(known)
            || (!IsOurs(outermost) && outermost.Namespace.Length > 0);
    }

    /// <summary>The type's full name on the device, nested types after a dot.</summary>
    public string DeviceName(TypeReference type)
    {
        if (type.DeclaringType is not null)
        {
            return DeviceName(type.DeclaringType) + "." + type.Name;
        }

        return type.Resolve() is { } known && standIns.TryGetValue(known, out var name) ? name : type.FullName;
    }

    /// <summary>How findings name a method.</summary>
    public static string PlaceOf(MethodReference method) => method.DeclaringType.FullName + "." + method.Name;

    private static TypeReference Outermost(TypeReference type)
    {
        var at = type;
        while (at.DeclaringType is not null)
        {
            at = at.DeclaringType;
        }

        return at;
    }

    // What the compiler adds (<Module>, initial values of arrays) is in no namespace and has a name no source can have.
    private bool IsOurs(TypeReference outermost) => isWhole
        ? outermost.Scope == Module && !outermost.Name.StartsWith('<')
        : Namespaces.Any(ours => outermost.Namespace == ours || outermost.Namespace.StartsWith(ours + ".", StringComparison.Ordinal));

    private static string? StandsFor(TypeDefinition type) =>
        type.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.Name == StandInAttribute)?.ConstructorArguments[0].Value as string;
}
