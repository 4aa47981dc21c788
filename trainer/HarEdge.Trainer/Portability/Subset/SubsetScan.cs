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

        IEnumerable<SubsetRule> rules = externalMembers is null ? Rules : Rules.Append(new ExternalMemberRule(externalMembers));
        return [.. rules.SelectMany(rule => rule.Check(code)).Distinct().OrderBy(finding => finding.Place, StringComparer.Ordinal)];
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
