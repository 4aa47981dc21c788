namespace HarEdge.Trainer.Capture;

/// <summary>Which label holds when, by the clock of the source. Changes are added in order of time.</summary>
internal sealed class LabelTimeline
{
    private readonly List<(double FromMs, string? Label)> changes = [];

    /// <summary>From a time on another label holds.</summary>
    /// <param name="fromMs">Not before the last change.</param>
    /// <param name="label">Null for none.</param>
    public void Change(double fromMs, string? label) => changes.Add((fromMs, label));

    /// <summary>The label at a time; null for none.</summary>
    public string? At(double ms)
    {
        // The last changes are the ones asked for.
        for (var i = changes.Count - 1; i >= 0; i--)
        {
            if (changes[i].FromMs <= ms)
            {
                return changes[i].Label;
            }
        }

        return null;
    }
}
