namespace HarEdge.Trainer.Portability;

/// <summary>Something device code must not do.</summary>
/// <param name="Rule">Short name of the rule: "generics".</param>
/// <param name="Place">Type and member, full name.</param>
/// <param name="Detail">What is there.</param>
internal sealed record Finding(string Rule, string Place, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Place}: {Detail}";
}
