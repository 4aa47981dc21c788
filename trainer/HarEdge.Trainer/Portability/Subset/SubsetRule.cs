namespace HarEdge.Trainer.Portability.Subset;

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
