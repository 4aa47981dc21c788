namespace HarEdge.Trainer.Portability.Subset;

/// <summary>Interfaces declare, they do not implement: the device does not find a default body.</summary>
internal sealed class DefaultInterfaceMethodRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "default interface method";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code) =>
        code.Methods.Where(method => method.DeclaringType.IsInterface && method.HasBody).Select(method => At(DeviceCode.PlaceOf(method), "has a body"));
}
