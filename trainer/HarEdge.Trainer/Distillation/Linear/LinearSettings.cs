namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>How a linear student selects its features and fits its weights.</summary>
internal sealed record LinearSettings
{
    /// <summary>Whether one comparison may send windows to specialists of half of the classes each.</summary>
    public bool UsesGate { get; init; } = true;

    /// <summary>Random halvings of the people on which features are judged; each is used both ways.</summary>
    public int Halvings { get; init; } = 8;

    /// <summary>Windows of a side the selection looks at: neighbors overlap, and beyond a few thousand more cost time and teach it nothing.</summary>
    public int RowsForSelection { get; init; } = 3500;

    /// <summary>Ridge penalty per row while selecting; inputs are standardized.</summary>
    public double SelectionPenalty { get; init; } = 0.01;

    /// <summary>L2 penalty per row of the final fit's logistic regression.</summary>
    public double FitPenalty { get; init; } = 1e-3;

    /// <summary>Share of a linear discriminant in the final weights, 0 (logistic regression alone) to 1; see <see cref="StageWeights"/>.</summary>
    public double DiscriminantShare { get; init; } = 0.5;
}
