using Mono.Cecil;

namespace HarEdge.Trainer.Portability.Subset;

/// <summary>Multi-dimensional arrays compile and fail on the device; arrays of arrays work.</summary>
internal sealed class MultiDimensionalArrayRule : SubsetRule
{
    /// <inheritdoc/>
    public override string Name => "multi-dimensional array";

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(DeviceCode code) =>
        TypeUses.In(code).Where(use => use.Type is ArrayType { Rank: > 1 }).Select(use => At(use.Place, use.Type.FullName));
}
