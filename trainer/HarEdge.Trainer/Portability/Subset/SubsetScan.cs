namespace HarEdge.Trainer.Portability.Subset;

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
        DeviceCode code = DeviceCode.Read(image);
        return [.. Rules.Append(new ExternalMemberRule(externalMembers)).SelectMany(rule => rule.Check(code)).Distinct()];
    }
}

/// <summary>One thing the device's runtime cannot do, or does differently from the desktop.</summary>
internal abstract class SubsetRule
{
    /// <summary>Short name, as findings bear it.</summary>
    public abstract string Name { get; }

    /// <summary>Every offence in the code.</summary>
    public abstract IEnumerable<Finding> Check(DeviceCode code);

    /// <summary>A finding of this rule.</summary>
    protected Finding At(string place, string detail) => new(Name, place, detail);
}
