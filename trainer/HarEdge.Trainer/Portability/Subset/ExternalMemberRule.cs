namespace HarEdge.Trainer.Portability.Subset;

/// <summary>Only listed members of the runtime's libraries are used: the desktop has many the device lacks.</summary>
/// <param name="allowed">XML documentation ids.</param>
internal sealed class ExternalMemberRule(IEnumerable<string> allowed) : SubsetRule
{
    private readonly HashSet<string> known = [.. allowed];

    /// <inheritdoc/>
    public override string Name => "external member";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code) =>
        ExternalMembers.Of(code).Where(id => !known.Contains(id)).Select(id => At(code.Module.Name, id));
}
