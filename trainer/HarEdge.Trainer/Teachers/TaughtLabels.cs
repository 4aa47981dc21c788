namespace HarEdge.Trainer.Teachers;

/// <summary>A teacher trained on everything, and what teachers that never saw the wearer say of each window.</summary>
/// <param name="Teacher">Learned from all rows.</param>
/// <param name="SoftLabels">Rows × classes probabilities, cross-fitted.</param>
/// <param name="FurtherSoftLabels">The same for the further windows; null without any.</param>
internal sealed record TaughtLabels(TrainedTeacher Teacher, float[][] SoftLabels, float[][]? FurtherSoftLabels)
{
    /// <summary>False when the labels come from a finished model that may know the wearers.</summary>
    public bool AreCrossFitted { get; init; } = true;
}
